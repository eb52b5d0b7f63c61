"""The page for class lists: the rows in a table, what is wrong with the one in view below it, and how far work is."""

from collections.abc import Sequence
from typing import overload

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from sscard_desk.ui.class_list.again_bar import AgainBar
from sscard_desk.ui.class_list.state import ClassListState, Phase, RowLine, Show
from sscard_desk.ui.class_list.working import Working
from sscard_desk.ui.keys import Act
from sscard_desk.ui.parts.file_choice import ask_place, ask_table
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.placeholder import Empty
from sscard_desk.ui.widgets.segments import Segments
from sscard_desk.ui.widgets.table import Cell, Column, DataTable
from sscard_desk.ui.words import say

_COLUMNS = (
    Column(say("class_page.column.row"), width=72, right=True),
    Column(say("class_page.column.name"), width=152),
    Column(say("class_page.column.number"), width=208),
    Column(say("class_page.column.what")),
)
_SHOWN = 3
"""Sentences below the table; more of them are counted."""


class _Rows(Sequence[Sequence[Cell]]):
    """The lines as cells, made when they are painted."""

    def __init__(self, lines: Sequence[RowLine]) -> None:
        self.lines = lines

    def __len__(self) -> int:
        return len(self.lines)

    @overload
    def __getitem__(self, at: int) -> Sequence[Cell]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Sequence[Cell]]: ...
    def __getitem__(self, at: int | slice) -> Sequence[Cell] | Sequence[Sequence[Cell]]:
        return [_cells(line) for line in self.lines[at]] if isinstance(at, slice) else _cells(self.lines[at])


class ClassListView(StepPage):
    """The page for class lists.

    Signals:
        file_chosen: the path of a list.
        again: check the same file again.
        shown: which rows are listed, empty for the next kind.
        chosen: the row that the arrows reached.
        next_wrong: go to the next row with something wrong.
        rejected: the path where the rows that are wrong are to be saved.
        stopped: stop what runs.
        reason_chosen, reason_typed: why forms are printed again.
    """

    file_chosen = Signal(str)
    again = Signal()
    shown = Signal(str)
    chosen = Signal(int)
    next_wrong = Signal()
    rejected = Signal(str)
    stopped = Signal()
    reason_chosen = Signal(str)
    reason_typed = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("class_page.title"), name="class_list_page", scrolls=False)
        self._state = ClassListState()
        self._turn = -1
        self._empty = Empty(
            "file_text", say("class_page.empty"), say("class_page.empty_hint"), say("class_page.choose"),
            key="F7", name="class_empty",
        )  # fmt: skip
        self._empty.pressed.connect(self._ask_file)
        self._choose = Button(say("class_page.other"), key="F7", icon="folder", name="class_choose")
        self._choose.clicked.connect(self._ask_file)
        self._keep = Button(say("class_page.keep"), icon="download", name="class_keep")
        self._keep.clicked.connect(self._ask_place)
        self._show = Segments(
            tuple((show.value, say(f"class_page.show.{show.value}"), "") for show in Show), name="class_show"
        )
        self._show.chosen.connect(self.shown)
        self._said = Banner(Mark.OK, "", name="class_said")
        self._working = Working()
        self._working.stopped.connect(self.stopped)
        self._again = AgainBar()
        self._again.chosen.connect(self.reason_chosen)
        self._again.typed.connect(self.reason_typed)
        self._again.stopped.connect(self.stopped)
        self.table = DataTable(_COLUMNS, name="class_rows")
        self.table.chosen.connect(self.chosen)
        self._detail = Banner(Mark.ERR, "", name="class_detail")
        self.head_right.addWidget(self._keep)
        self.head_right.addWidget(self._choose)
        self.body.addWidget(self._said)
        self.body.addWidget(self._working)
        self.body.addWidget(self._again)
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack, 1)  # before its pages: it shows the first one at once
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._listing())
        for part in (self._said, self._working, self._again, self._detail):
            part.hide()
        self.want_focus(self._empty.button)

    def show_state(self, state: ClassListState) -> None:
        """Show the page."""
        before, self._state = self._state, state
        self.set_head(say("class_page.title"), state.file, state.chips)
        busy = bool(state.working)
        self._choose.setVisible(state.phase is not Phase.EMPTY)
        self._choose.setEnabled(not busy)
        self._keep.setVisible(state.rejected)
        self._said.setVisible(state.said is not None)
        if state.said is not None:
            self._said.show_state(state.said.mark, state.said.title, state.said.note)
        self._working.show_work(state.working, state.share)
        asked = self._again.show_again(state.again)
        self._stack.setCurrentIndex(0 if state.phase is Phase.EMPTY else 1)
        self._show.set_chosen(state.show.value)
        if state.lines is not before.lines:
            self.table.show_rows(_Rows(state.lines))
            self._none.setVisible(not state.lines and not busy)
        if state.choose_turn != self._turn and state.lines:
            self._turn = state.choose_turn
            self.table.choose(state.chosen)
        self._show_detail(state)
        self.show_action(state.action)
        self._place_focus(state, before, asked=asked)

    def on_key(self, act: Act) -> bool:
        match act:
            case Act.SHOOT:
                if self._choose.isEnabled():
                    self._ask_file()
            case Act.AGAIN:
                self.again.emit()
            case Act.FILTER:
                self.shown.emit("")
            case Act.NEXT_HIT | Act.NEXT_MISSING:
                self.next_wrong.emit()
            case Act.BACK:
                self.stopped.emit()
            case _:
                return super().on_key(act)
        return True

    def _place_focus(self, state: ClassListState, before: ClassListState, *, asked: bool) -> None:
        if asked:
            self.want_focus(self._again.reason)
        elif state.working and not before.working:
            self.want_focus(self._working.stop)
        elif state.phase is Phase.CHECKED and (before.working or state.choose_turn != before.choose_turn):
            self.want_focus(self.table if state.lines else self.foot.primary)
        elif state.phase is Phase.EMPTY:
            self.want_focus(self._empty.button)
        self.settle_focus()

    def _show_detail(self, state: ClassListState) -> None:
        self._detail.setVisible(bool(state.detail))
        if state.detail:
            line = state.lines[state.chosen]
            sentences, more = state.detail[:_SHOWN], len(state.detail) - _SHOWN
            note = say("class_page.more", count=more) if more > 0 else ""
            title = say("class_page.detail", row=line.number, what=sentences)
            self._detail.show_state(Mark.ERR if line.mark is Mark.ERR else Mark.WARN, title, note)

    def _listing(self) -> QWidget:
        place = QWidget()
        column, head = QVBoxLayout(place), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(measure.GRID)
        head.addWidget(self._show)
        head.addStretch(1)
        self._none = Label(say("class_page.none"), ink="ink2", name="class_none")
        self._none.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._none.hide()
        self.table.setAccessibleName("class list")
        column.addLayout(head)
        column.addWidget(self._none)
        column.addWidget(self.table, 1)
        column.addWidget(self._detail)
        return place

    def _ask_file(self) -> None:
        path = ask_table(self, say("class_page.choose"))
        if path:
            self.file_chosen.emit(path)

    def _ask_place(self) -> None:
        path = ask_place(self, say("class_page.keep"), "rejected.xlsx")
        if path:
            self.rejected.emit(path)


def _cells(line: RowLine) -> Sequence[Cell]:
    quiet = line.mark is Mark.OFF
    return (
        Cell(str(line.number), quiet=True),
        Cell(line.name, strong=line.mark is Mark.ERR),
        Cell(line.id_number),
        Cell(line.words, line.mark, quiet=quiet),
    )
