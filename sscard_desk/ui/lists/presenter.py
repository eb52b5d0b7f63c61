"""The lists of a period: seen, looked at as they will be printed, and printed with a record."""

from dataclasses import replace
from datetime import date
from typing import Final, Protocol

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.prints import PrintRecord
from sscard_desk.forms.conditions import as_date
from sscard_desk.ui.lists.rows import ListAsk
from sscard_desk.ui.lists.state import HANDOVER, KINDS, ListRow, ListsState
from sscard_desk.ui.serving.print_words import state_words, trouble_words
from sscard_desk.ui.serving.prints import PrintChange
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.serving.sheet import Sheet, draw_sheet
from sscard_desk.ui.states import ActionState, FieldState, Mark, Option
from sscard_desk.ui.words import say
from sscard_desk.usecases.confirm_bank import banks
from sscard_desk.usecases.papers import MadePaper
from sscard_desk.usecases.print_lists import order_list

PAPER: Final = "paper"


class View(Protocol):
    """What shows the page of lists."""

    def show_state(self, state: ListsState) -> None:
        """Show it."""


class ListsPresenter:
    """The page of lists."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._state = ListsState()
        self._views: list[View] = []
        self._shown = False
        self._asked: ListAsk | None = None
        self._made: tuple[ListAsk, MadePaper, Sheet] | None = None
        self._looking = False
        self._record: PrintRecord | None = None
        self._error: DeskError | None = None
        serving.prints.listen(self._print_changed)

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    def opened(self) -> None:
        """The page came into view: today's list."""
        self._shown, counter = True, self._serving.counter
        if not self._state.first.value:
            today = FieldState(counter.today().isoformat())
            self._state = replace(self._state, first=today, last=today)
        store = counter.store

        def read() -> tuple[Option, ...]:
            return tuple(Option(bank.code, bank.name) for bank in banks(store))

        def found(options: tuple[Option, ...]) -> None:
            chosen = self._state.bank or (options[0].code if options else "")
            self._state = replace(self._state, banks=options, bank=chosen)
            self._read()

        self._serving.run(STORE, read, found)
        self._refresh()

    def closed(self) -> None:
        """Another area comes into view: no list of persons stays behind; what is at the printer goes on."""
        self._shown, self._made, self._asked, self._looking, self._error = False, None, None, False, None
        self._state = replace(self._state, rows=(), pages=())

    def stop(self) -> bool:
        """Esc: close the document, or cancel the print; return whether there was either."""
        if self._looking:
            self._looking = False
            self._refresh()
            return True
        under_way = self._under_way()
        if under_way is not None:
            self._serving.prints.take_back(under_way)
        return under_way is not None

    def go_on(self) -> None:
        """Ctrl+Enter: print the list."""
        if self._state.action.enabled:
            self._draw(then_print=True)

    # -- the clerk's words

    def choose(self, kind: str) -> None:
        """Another list."""
        if kind in KINDS and kind != self._state.kind:
            self._state = replace(self._state, kind=kind, rows=())
            self._read()

    def first_typed(self, text: str) -> None:
        """A key in the first day."""
        self._state = replace(self._state, first=_day(text))
        self._read()

    def last_typed(self, text: str) -> None:
        """A key in the last day."""
        self._state = replace(self._state, last=_day(text))
        self._read()

    def choose_bank(self, code: str) -> None:
        """Whose list."""
        self._state = replace(self._state, bank=code)
        self._read()

    def contents_typed(self, text: str) -> None:
        """A key in what is handed over."""
        self._state = replace(self._state, contents=text)
        self._refresh()

    def look(self) -> None:
        """Ctrl+P: the list as it will be printed."""
        if self._state.action.enabled:
            self._looking = True
            self._draw(then_print=False)

    # -- inner

    def _ask(self) -> ListAsk | None:
        state = self._state
        first, last = as_date(state.first.value), as_date(state.last.value)
        if first is None or last is None or last < first:
            return None
        bank = state.bank if state.kind == HANDOVER else ""
        return ListAsk(state.kind, first, last, bank, state.contents.strip() if bank else "")

    def _read(self) -> None:
        """Read what stands on the list; days that are half typed wait."""
        self._error, ask = None, self._ask()
        self._asked = ask
        if ask is None:
            self._state = replace(self._state, rows=(), busy=False)
            self._refresh()
            return
        store = self._serving.counter.store

        def found(rows: tuple[ListRow, ...]) -> None:
            if self._asked == ask and self._shown:
                self._state = replace(self._state, rows=rows, busy=False)
                self._refresh()

        self._state = replace(self._state, busy=True)
        self._refresh()
        self._serving.run(STORE, lambda: ask.rows(store), found, self._failed)

    def _draw(self, *, then_print: bool) -> None:
        ask, counter = self._ask(), self._serving.counter
        if ask is None:
            return
        if self._made is not None and self._made[0] == ask:
            self._drawn(self._made, then_print=then_print)
            return
        press = counter.press()

        def draw() -> tuple[ListAsk, MadePaper, Sheet]:
            made = ask.make(press)
            return ask, made, draw_sheet(counter.paper, lambda: made.pdf)

        self._state = replace(self._state, busy=True)
        self._refresh()
        self._serving.run(PAPER, draw, lambda made: self._drawn(made, then_print=then_print), self._failed)

    def _drawn(self, made: tuple[ListAsk, MadePaper, Sheet], *, then_print: bool) -> None:
        if not self._shown:
            return
        self._state = replace(self._state, busy=False)
        self._made = made
        if then_print:
            self._print(made[1], made[2])
        self._refresh()

    def _print(self, made: MadePaper, sheet: Sheet) -> None:
        counter = self._serving.counter
        printer = counter.devices.printer.name
        self._made, self._looking = None, False  # the next list has a number of its own

        def order() -> PrintRecord:
            return order_list(counter.store, counter.session, printer, made, len(sheet.pages))

        def ordered(record: PrintRecord) -> None:
            self._record = record
            self._serving.prints.follow(record)

        self._serving.run(STORE, order, ordered, self._failed)

    def _under_way(self) -> PrintRecord | None:
        record = self._record
        return self._serving.prints.now(record.application, record.form) if record is not None else None

    def _print_changed(self, change: PrintChange) -> bool:
        if self._record is None or change.record.id != self._record.id or not self._shown:
            return False
        self._error = change.trouble
        self._refresh()
        return True

    def _failed(self, error: DeskError) -> None:
        self._error, self._looking = error, False
        self._state = replace(self._state, busy=False)
        self._refresh()

    def _refresh(self) -> None:
        trouble, note, mark = trouble_words(self._error) if self._error is not None else ("", "", Mark.WARN)
        count = len(self._state.rows)
        self._state = replace(
            self._state,
            counted=say(f"lists.counted_{self._state.kind}", count=count) if self._ask() is not None else "",
            pages=self._made[2].pages if self._looking and self._made is not None else (),
            trouble=trouble,
            trouble_note=note,
            trouble_mark=mark,
            action=self._action(),
        )
        for view in self._views:
            view.show_state(self._state)

    def _action(self) -> ActionState:
        primary, under_way, ask = say("lists.print"), self._under_way(), self._ask()
        if under_way is not None:
            words, mark = state_words(under_way)
            return ActionState(primary, enabled=False, reason=words, reason_mark=mark)
        if ask is None:
            return ActionState(primary, enabled=False, reason=say("lists.need_days"), reason_mark=Mark.WARN)
        if self._state.busy:
            return ActionState(primary, enabled=False, reason=say("lists.reading"), reason_mark=Mark.BUSY)
        if self._state.kind == HANDOVER and not self._state.rows:
            return ActionState(primary, enabled=False, reason=say("lists.no_cards"), reason_mark=Mark.TODO)
        return ActionState(primary, reason=say("lists.numbered"), reason_mark=Mark.OK)


def _day(text: str) -> FieldState:
    """Return the field; a day that cannot be is said once it is whole."""
    whole = len(text.strip()) >= len(date.min.isoformat())
    wrong = whole and as_date(text) is None
    return FieldState(text, error=say("lists.day_wrong") if wrong else None)
