"""A school's class list: choose it, see what is wrong, import the good rows once, print list and forms as one job."""

from dataclasses import replace
from pathlib import Path
from typing import Protocol

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.printing import ReprintReasonMissing
from sscard_desk.ports.devices import Cancel
from sscard_desk.texts import Language
from sscard_desk.ui.class_list.lines import Lines
from sscard_desk.ui.class_list.piles import Piles
from sscard_desk.ui.class_list.progress import Ticker
from sscard_desk.ui.class_list.state import ClassListState, Phase, Said, Show
from sscard_desk.ui.class_list.summary import action_of, chips_of, imported_words, sheets_words
from sscard_desk.ui.serving.ports import Question
from sscard_desk.ui.serving.print_words import trouble_words
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.states import Mark
from sscard_desk.ui.words import say
from sscard_desk.usecases.class_row import RowState
from sscard_desk.usecases.import_class import ClassCheck, Imported, import_class
from sscard_desk.usecases.keep_rejected import keep_rejected
from sscard_desk.usecases.look_at_class import look_at_class

PAPER = "paper"


class View(Protocol):
    """What shows the page for class lists."""

    def show_state(self, state: ClassListState) -> None:
        """Show it."""


class ClassListPresenter:
    """The page for class lists."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._state = ClassListState()
        self._views: list[View] = []
        self._path: Path | None = None
        self._check: ClassCheck | None = None
        self._opened: dict[int, str] = {}
        self._lines: Lines | None = None
        self._cancel: Cancel | None = None
        self._piles = Piles(serving, self._refresh, self._drawing, self._failed)
        self._piles.on_progress(self._progress)

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        self._refresh()

    # -- the area's calls

    def opened(self) -> None:
        """The page came into view: what is under way went on meanwhile."""
        self._refresh()

    def end(self) -> None:
        """The session ends: what runs is stopped; what was opened stays, and the list can be imported again."""
        self._stop_work()
        self._path, self._check, self._lines, self._opened = None, None, None, {}
        self._state = ClassListState()
        self._refresh()

    def stop(self) -> bool:
        """Esc: leave the question, stop the work, or take the job back; return whether there was any."""
        if self._piles.stop():
            return True
        if self._cancel is None:
            return False
        importing = self._state.phase is Phase.IMPORTING
        self._stop_work()
        self._idle(Said(Mark.WARN, say("class_page.stopped"), say("class_page.stopped_note") if importing else ""))
        if importing:  # what was opened stands in the journal: the list is held against it once the last row is
            self._serving.run(STORE, lambda: None, lambda _none: self.look_again())
        return True

    def go_on(self) -> None:
        """Ctrl+Enter: import what is ready, after a question; or print; what the filled button says."""
        check = self._check
        if self._piles.asking:
            self._piles.confirm(self._numbers())
            return
        if check is None or self._cancel is not None or not self._state.action.enabled:
            return
        ready = self._ready()
        if not ready:
            self._piles.draw(self._numbers())
            return
        wrong = len(check.of(RowState.WRONG))
        question = Question(
            title=say("class_page.ask", count=ready),
            consequence=say("class_page.ask_wrong", count=wrong) if wrong else say("class_page.ask_all"),
            safe=say("class_page.ask_safe"),
            act=say("class_page.import", count=ready),
        )
        self._serving.ask(question, self._import)

    # -- the clerk's words

    def take_file(self, path: str) -> None:
        """A file was chosen: look at it."""
        if self._cancel is not None or self._piles.busy:
            return
        self._path, self._opened = Path(path), {}
        self._state = replace(self._state, said=None)  # what was said of the file before
        self.look_again()

    def look_again(self) -> None:
        """F5: check the same file again, after it was mended in the spreadsheet."""
        path = self._path
        if path is None or self._cancel is not None or self._piles.busy:
            return
        counter, cancel = self._serving.counter, Cancel()
        said = self._state.said if self._state.phase is Phase.CHECKED else None
        if self._check is not None and said == sheets_words(self._check):
            said = None  # it is said anew if it still holds
        self._cancel, self._check, self._lines = cancel, None, None
        self._piles.forget()
        self._state = ClassListState(phase=Phase.CHECKING, file=path.name, show=self._state.show, said=said)
        watch = Ticker(self._serving.post, self._progress, cancel)
        self._refresh()
        self._serving.run(
            PAPER, lambda: look_at_class(counter, path, cancel=cancel, watch=watch), self._checked, self._failed, cancel
        )

    def show(self, which: str) -> None:
        """Ctrl+F or the segments: which rows are listed; an empty word goes to the next kind."""
        order = list(Show)
        after = order[(order.index(self._state.show) + 1) % len(order)]
        self._state = replace(self._state, show=Show(which) if which else after, chosen=0)
        self._list()

    def choose(self, at: int) -> None:
        """The arrows reached a row."""
        if self._lines is not None and at != self._state.chosen and at < len(self._lines):
            self._state = replace(self._state, chosen=at)
            self._refresh()

    def next_wrong(self) -> None:
        """Ctrl+E or F3: go to the next row with something wrong."""
        at = self._lines.next_wrong(self._state.chosen) if self._lines is not None else None
        if at is not None:
            self._state = replace(self._state, chosen=at, choose_turn=self._state.choose_turn + 1)
            self._refresh()

    def keep_rejected(self, path: str, language: Language) -> None:
        """Save the rows with something wrong, with the reasons in this language, for the school."""
        check, tables = self._check, self._serving.counter.tables
        if check is None:
            return

        def kept(count: int) -> None:
            self._say(Said(Mark.OK, say("class_page.kept", count=count), Path(path).name))

        self._serving.run(PAPER, lambda: keep_rejected(tables, Path(path), check, language), kept, self._failed)

    def reason_chosen(self, code: str) -> None:
        """Why forms are printed again."""
        self._piles.choose(code)

    def reason_typed(self, words: str) -> None:
        """The same in words."""
        self._piles.type(words)

    # -- inner

    def _import(self) -> None:
        check, counter = self._check, self._serving.counter
        if check is None or self._cancel is not None:
            return
        cancel = self._cancel = Cancel()
        watch = Ticker(self._serving.post, self._progress, cancel)
        self._state = replace(self._state, phase=Phase.IMPORTING, share=0.0, said=None)
        self._piles.forget()
        self._refresh()

        def work() -> Imported:
            return import_class(
                counter.store, counter.session, counter.persons, check,
                today=counter.today(), cancel=cancel, watch=watch,
            )  # fmt: skip

        self._serving.run(STORE, work, self._imported, self._failed, cancel)

    def _imported(self, done: Imported) -> None:
        self._cancel = None
        self._opened |= done.opened
        self._idle(imported_words(done, len(self._check.of(RowState.WRONG)) if self._check else 0))
        self._list()

    def _checked(self, check: ClassCheck) -> None:
        self._cancel, self._check = None, check
        wrong = check.of(RowState.WRONG)
        self._state = replace(self._state, show=Show.WRONG if wrong else Show.ALL, chosen=0)
        self._idle(self._state.said or sheets_words(check))
        self._list()

    def _drawing(self, cancel: Cancel | None) -> None:
        """List and forms are drawn, until they are not any more."""
        self._cancel = cancel
        self._state = replace(self._state, phase=Phase.DRAWING if cancel else Phase.CHECKED, share=0.0)
        self._refresh()

    def _failed(self, error: DeskError) -> None:
        self._cancel = None
        if isinstance(error, ReprintReasonMissing):
            self._idle(None)
            self._piles.ask()
            return
        title, note, mark = trouble_words(error)
        self._idle(Said(mark, title, note))

    def _say(self, said: Said) -> None:
        self._state = replace(self._state, said=said)
        self._refresh()

    def _idle(self, said: Said | None) -> None:
        self._state = replace(self._state, phase=Phase.CHECKED if self._check else Phase.EMPTY, share=0.0, said=said)
        self._refresh()

    def _progress(self, share: float) -> None:
        self._state = replace(self._state, share=share)
        self._refresh()

    def _stop_work(self) -> None:
        if self._cancel is not None:
            self._cancel.set()
            self._cancel = None

    def _list(self) -> None:
        if self._check is not None:
            self._lines = Lines(self._check, self._opened, self._state.show)
            self._state = replace(self._state, choose_turn=self._state.choose_turn + 1)
        self._refresh()

    def _ready(self) -> int:
        if self._check is None:
            return 0
        return sum(row.number not in self._opened for row in self._check.of(RowState.READY))

    def _numbers(self) -> tuple[str, ...]:
        """Return the application numbers of the list, in its order."""
        rows = self._check.rows if self._check is not None else ()
        numbers = (self._opened.get(row.number) or row.in_work for row in rows)
        return tuple(number for number in numbers if number)

    def _refresh(self) -> None:
        lines, chosen = self._lines, self._state.chosen
        state = replace(
            self._state,
            file=self._path.name if self._path is not None else "",
            chips=chips_of(self._check, self._opened),
            lines=lines if lines is not None else (),
            detail=lines[chosen].all_words if lines is not None and chosen < len(lines) else (),
            rejected=self._check is not None and bool(self._check.of(RowState.WRONG)),
            again=self._piles.again,
        )
        state = replace(state, said=self._piles.said or state.said) if state.phase is Phase.CHECKED else state
        self._state = replace(
            state,
            working=say(f"class_page.working.{state.phase.value}") if self._cancel is not None else "",
        )
        self._state = replace(
            self._state, action=action_of(self._state, self._ready(), len(self._numbers()), printing=self._piles.busy)
        )
        for view in self._views:
            view.show_state(self._state)
