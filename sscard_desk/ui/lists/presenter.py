"""The lists of a period: seen, looked at as they will be printed, and printed with a record."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.prints import PrintRecord, list_subject
from sscard_desk.forms.conditions import as_date
from sscard_desk.ui.lists.printed import PAPER, PrintedLists
from sscard_desk.ui.lists.rows import ListAsk
from sscard_desk.ui.lists.state import HANDOVER, KINDS, PRINTED, ListRow, ListsState
from sscard_desk.ui.serving.print_words import state_words, trouble_words
from sscard_desk.ui.serving.prints import PrintChange
from sscard_desk.ui.serving.reprint import Reprint
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.serving.sheet import Sheet, draw_sheet
from sscard_desk.ui.states import ActionState, FieldState, Mark, Option
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases.confirm_bank import banks
from sscard_desk.usecases.papers import MadePaper
from sscard_desk.usecases.print_lists import lists_between, order_list


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
        self.reprint = Reprint(serving, "", self._refresh, self._print_again)
        self.printed = PrintedLists(serving, self._refresh, self._read, self._failed)
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
        self.reprint.stop()
        self.printed.forget()
        self._state = replace(self._state, rows=(), pages=())

    def stop(self) -> bool:
        """Esc: close the document, leave a question, or cancel the print; return whether there was any."""
        if self._looking or self.printed.sheet is not None:
            self._looking = False
            self.printed.close()
            self._refresh()
            return True
        if self.reprint.stop() or self.printed.spoiling.stop():
            return True
        if self.printed.pile.stop():
            self._refresh()
            return True
        under_way = self._under_way()
        if under_way is not None:
            self._serving.prints.take_back(under_way)
        return under_way is not None

    def go_on(self) -> None:
        """Ctrl+Enter: print the list, or answer the question that stands open."""
        if self.printed.spoiling.ask is not None:
            self.printed.spoiling.confirm()
        elif self.reprint.ask is not None:
            self.reprint.confirm()
        elif self._state.action.enabled:
            self._draw(then_print=True)

    # -- the clerk's words

    def choose(self, kind: str) -> None:
        """Another list."""
        if kind in KINDS and kind != self._state.kind:
            self._state = replace(self._state, kind=kind, rows=())
            self.reprint.stop()
            self.printed.forget()
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
        """Ctrl+P: the list as it will be printed, or as it was."""
        if self._state.kind == PRINTED:
            self.printed.look()
        elif self._state.action.enabled:
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
        if ask.kind == PRINTED:
            self._read_printed(ask)
            return

        def found(rows: tuple[ListRow, ...]) -> None:
            if self._asked == ask and self._shown:
                self._state = replace(self._state, rows=rows, busy=False)
                self._refresh()

        self._state = replace(self._state, busy=True)
        self._refresh()
        self._serving.run(STORE, lambda: ask.rows(store), found, self._failed)

    def _read_printed(self, ask: ListAsk) -> None:
        store = self._serving.counter.store

        def found(records: Sequence[PrintRecord]) -> None:
            if self._asked == ask and self._shown:
                self.printed.show(records)
                self._refresh()

        self._serving.run(STORE, lambda: lists_between(store, ask.first, ask.last), found, self._failed)
        self._refresh()

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
        if then_print and made[1].copy > 1:
            self._looking = False
            self.reprint.about(made[1].definition.name, list_subject(made[1].serial.rpartition("-")[0]))
            self.reprint.begin()
        elif then_print:
            self._print(made[1], made[2])
        self._refresh()

    def _print_again(self, reason: str, words: str) -> None:
        if self._made is not None:
            self._print(self._made[1], self._made[2], reason, words)

    def _print(self, made: MadePaper, sheet: Sheet, reason: str = "", words: str = "") -> None:
        counter = self._serving.counter
        printer = counter.devices.printer.name
        self._made, self._looking = None, False  # what is printed next is another copy, or another list

        def order() -> PrintRecord:
            pages = len(sheet.pages)
            return order_list(counter.store, counter.session, printer, made, pages, reason=reason, words=words)

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
        if self._state.kind == PRINTED:
            self._read()
        self._refresh()
        return True

    def _failed(self, error: DeskError) -> None:
        self._error, self._looking = error, False
        self._state = replace(self._state, busy=False)
        self._refresh()

    def _refresh(self) -> None:
        trouble, note, mark = trouble_words(self._error) if self._error is not None else ("", "", Mark.WARN)
        kind, printed = self._state.kind, self.printed
        count = len(printed.lines if kind == PRINTED else self._state.rows)
        kept = printed.sheet.pages if printed.sheet is not None else ()
        action = self._action()
        self._state = replace(
            self._state,
            counted=say(f"lists.counted_{kind}", count=count) if self._ask() is not None else "",
            printed=printed.lines,
            chosen=printed.chosen,
            can_look=printed.can_look if kind == PRINTED else action.enabled,
            scanning=printed.pile.busy,
            can_spoil=printed.can_spoil,
            ask=self.reprint.ask,
            spoiling=printed.spoiling.ask,
            pages=self._made[2].pages if self._looking and self._made is not None else kept,
            trouble=trouble,
            trouble_note=note,
            trouble_mark=mark,
            action=action,
        )
        for view in self._views:
            view.show_state(self._state)

    def _action(self) -> ActionState:
        primary, under_way, ask = say("lists.print"), self._under_way(), self._ask()
        asked = self.printed.spoiling.action() or self.reprint.action()
        if asked is not None:
            return asked
        if under_way is not None:
            words, mark = state_words(under_way)
            return ActionState(primary, enabled=False, reason=words, reason_mark=mark)
        held = self._held(ask)
        if held is not None:
            return ActionState(primary, enabled=False, reason=held[0], reason_mark=held[1])
        return ActionState(primary, reason=say("lists.numbered"), reason_mark=Mark.OK)

    def _held(self, ask: ListAsk | None) -> tuple[Words, Mark] | None:
        """Return why nothing can be printed now, or None."""
        if ask is None:
            return say("lists.need_days"), Mark.WARN
        if ask.kind == PRINTED:
            return say("lists.choose_kind"), Mark.TODO
        if self._state.busy:
            return say("lists.reading"), Mark.BUSY
        return (say("lists.no_cards"), Mark.TODO) if ask.kind == HANDOVER and not self._state.rows else None


def _day(text: str) -> FieldState:
    """Return the field; a day that cannot be is said once it is whole."""
    whole = len(text.strip()) >= len(date.min.isoformat())
    wrong = whole and as_date(text) is None
    return FieldState(text, error=say("lists.day_wrong") if wrong else None)
