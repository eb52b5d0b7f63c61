"""The stock page: the balance, the movements of the shift, and five acts by keyboard."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.ids import Role
from sscard_desk.forms.stock_rules import stock_rules
from sscard_desk.ports.stock import SpoiledElsewhere, StockBook
from sscard_desk.ui.serving.leave import Unlock
from sscard_desk.ui.serving.print_words import trouble_words
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.states import ActionState, FieldState, Mark, ToastState
from sscard_desk.ui.stock import telling
from sscard_desk.ui.stock.state import FIELDS, StockAct, StockState
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases import stock
from sscard_desk.usecases.delivery_list import read_delivery
from sscard_desk.usecases.print_lists import staff_names

PASSWORD: Final = "password"  # noqa: S105 - the name of a field
_NEEDED: Final = {
    StockAct.RECEIVE: ("first", "last"),
    StockAct.SPOIL: ("number", "reason"),
    StockAct.CONFIRM: ("number", "account", PASSWORD),
    StockAct.RETURN: ("number", "words"),
    StockAct.COUNT: ("free", "spoiled"),
}
_Read = tuple[StockBook, tuple[SpoiledElsewhere, ...], dict[str, str]]


class View(Protocol):
    """What shows the page."""

    def show_state(self, state: StockState) -> None:
        """Show it."""


class StockPresenter:
    """The stock page."""

    def __init__(self, serving: Serving, unlock: Unlock) -> None:
        """Make it.

        Args:
            serving: the counter at work.
            unlock: account and password of whoever has seen a spoiled card to a session of their own.
        """
        self._serving, self._unlock = serving, unlock
        self._views: list[View] = []
        self._typed: dict[str, str] = {}
        self._read: _Read | None = None
        self._error: DeskError | None = None
        self.state = StockState(reasons=telling.reasons())

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self.state)

    # -- the area's calls

    def opened(self) -> None:
        """The page came into view."""
        self._refresh()
        self.look()

    def closed(self) -> None:
        """Another page comes into view: no password and nothing half typed stays behind."""
        self._forget()
        self._error = None

    def stop(self) -> bool:
        """Esc: drop what was typed; return whether there was anything."""
        had = bool(self._typed) or self._error is not None
        self._forget()
        self._error = None
        self._refresh()
        return had

    def go_on(self) -> None:
        """Ctrl+Enter: do it."""
        if self.state.action.enabled and not self.state.busy:
            self._do()

    # -- the clerk's words

    def look(self) -> None:
        """F5: read the book again."""
        store = self._serving.counter.store

        def read() -> _Read:
            return store.stock_book(), tuple(store.spoiled_elsewhere()), dict(staff_names(store))

        self._serving.run(STORE, read, self._came, self._failed)

    def choose(self, act: str) -> None:
        """Another act."""
        if StockAct(act) is not self.state.act:
            self._forget()
            self._error = None
            self.state = replace(self.state, act=StockAct(act))
            self._refresh()

    def typed(self, name: str, text: str) -> None:
        """A key in a field."""
        self._typed[name] = text
        self._refresh()

    def take_file(self, path: str) -> None:
        """F7: receive a maker's list."""
        counter, delivery = self._serving.counter, self._typed.get("delivery", "").strip()

        def work() -> Words:
            blanks = read_delivery(counter.tables, Path(path))
            stock.receive(counter.store, counter.session, blanks, "file", delivery)
            return say("stock.done.receive", count=len(blanks))

        self._run(work)

    # -- inner

    def _do(self) -> None:
        counter, act = self._serving.counter, self.state.act
        store, session = counter.store, counter.session
        said = {name: text.strip() for name, text in self._typed.items() if name != PASSWORD}
        number, words = said.get("number", ""), said.get("words", "")
        unlock, password = self._unlock, self._typed.get(PASSWORD, "")

        def work() -> Words:
            match act:
                case StockAct.RECEIVE:
                    done = stock.receive_range(store, session, said["first"], said["last"], said.get("delivery", ""))
                    if done.missing:
                        return say("stock.done.receive_some", count=len(done.taken), missing=len(done.missing))
                    return say("stock.done.receive", count=len(done.taken))
                case StockAct.SPOIL:
                    stock.spoil(store, session, number, said["reason"], words)
                case StockAct.CONFIRM:
                    stock.confirm(store, unlock(said["account"], password), number)
                case StockAct.RETURN:
                    stock.give_back(store, session, number.replace("，", " ").replace(",", " ").split(), words)
                case StockAct.COUNT:
                    stock.count(store, session, free=int(said["free"]), spoiled=int(said["spoiled"]), reason=words)
            return say(f"stock.done.{act.value}", number=number)

        self._run(work)

    def _run(self, work: Callable[[], Words]) -> None:
        self._error = None
        self.state = replace(self.state, busy=True)
        self._refresh()
        self._serving.run(STORE, work, self._done, self._failed)

    def _done(self, said: Words) -> None:
        self._forget()
        self.state = replace(self.state, busy=False)
        self._serving.notify(ToastState(said, mark=Mark.OK))
        self.look()

    def _failed(self, error: DeskError) -> None:
        self._error = error
        self._typed.pop(PASSWORD, None)
        self.state = replace(self.state, busy=False, clear_password=self.state.clear_password + 1)
        self._refresh()

    def _came(self, read: _Read) -> None:
        self._read = read
        self._refresh()

    def _forget(self) -> None:
        self._typed = {}
        self.state = replace(self.state, clear_password=self.state.clear_password + 1)

    def _lacks(self) -> Words:
        """Return what is still to be typed, empty when it can be done."""
        for name in _NEEDED[self.state.act]:
            if not self._typed.get(name, "").strip():
                return say("stock.need", field=say(f"stock.field.{name}"))
        reason = stock_rules().reason(self._typed.get("reason", ""))
        if self.state.act is StockAct.SPOIL and reason and reason.asks_words and not self._typed.get("words"):
            return say("stock.need", field=say("stock.field.words"))
        counts = [self._typed.get(name, "0").strip() for name in ("free", "spoiled")]
        if self.state.act is StockAct.COUNT and not all(each.isdecimal() for each in counts):
            return say("stock.need_number")
        return ""

    def _refresh(self) -> None:
        book, elsewhere, names = self._read or (None, (), {})
        mark, title, note = telling.notice(book) if book else (Mark.BUSY, say("stock.reading"), "")
        if self._error is not None:
            title, note, mark = trouble_words(self._error)
        waits = self.state.act is StockAct.CONFIRM
        rows = telling.waiting(book.unconfirmed, elsewhere, names) if book and waits else ()
        if book and not waits:
            rows = telling.moves(book.shift.moves, names)
        lacks = self._lacks()
        allowed = self._serving.counter.session.role is not Role.ADMINISTRATOR
        blocked: Words = lacks if allowed else say("stock.not_administrator")
        self.state = replace(
            self.state,
            chips=telling.chips(book) if book else (),
            figures=telling.figures(book) if book else (),
            fields={name: FieldState(self._typed.get(name, "")) for name in FIELDS[self.state.act] if name != PASSWORD},
            notice_mark=mark,
            notice=title,
            notice_note=note,
            listed=say("stock.waiting" if waits else "stock.moves", count=len(rows)),
            rows=rows,
            action=ActionState(
                say(f"stock.do.{self.state.act.value}"),
                enabled=not blocked and not self.state.busy,
                reason=blocked,
                reason_mark=Mark.TODO if blocked else None,
            ),
        )
        for view in self._views:
            view.show_state(self.state)
