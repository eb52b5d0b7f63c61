"""The page of what the centre did not take: the list, the ways to put a line right, and the comparison."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from sscard_desk.ui.aside.state import MINE, THEIRS, AsideState, SideRow
from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.parts.leave_form import LeaveForm
from sscard_desk.ui.parts.step_page import StepPage, roomy
from sscard_desk.ui.states import FieldState, Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.placeholder import Empty
from sscard_desk.ui.widgets.table import Cell, Column, DataTable
from sscard_desk.ui.words import say

_MOST_LINES = 5
"""Lines of the list that are seen at once; the others are scrolled to."""


class Comparison(DataTable):
    """Field by field; M takes the own value, T the centre's, Space the other one.

    Signals:
        taken: name of the field, and `mine` or `theirs`.
    """

    taken = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(
            (
                Column(say("aside.compare.field"), 2),
                Column(say("aside.compare.base"), 3),
                Column(say("aside.compare.mine"), 3),
                Column(say("aside.compare.theirs"), 3),
            ),
            name="comparison",
        )
        self.setAccessibleName("comparison")
        self._sides: tuple[SideRow, ...] = ()
        self.clicked.connect(lambda index: self._clicked(index.row(), index.column()))

    def show_sides(self, sides: tuple[SideRow, ...]) -> None:
        """Show the fields; the side that is taken is marked and strong."""
        came = len(sides) != len(self._sides)
        self._sides = sides
        self.show_rows([_side_cells(row) for row in sides])
        if sides and (came or not self.currentIndex().isValid()):
            self.choose(0)
        self.setFixedHeight(self.fixed_height() + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        side = {Qt.Key.Key_M: MINE, Qt.Key.Key_T: THEIRS}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Space and 0 <= row < len(self._sides):
            side = THEIRS if self._sides[row].taken == MINE else MINE
        if side is None or event.modifiers() or not 0 <= row < len(self._sides):
            super().keyPressEvent(event)
            return
        self.taken.emit(self._sides[row].field, side)
        if event.key() != Qt.Key.Key_Space and row + 1 < len(self._sides):
            self.choose(row + 1)

    def _clicked(self, row: int, column: int) -> None:
        side = {2: MINE, 3: THEIRS}.get(column)
        if side is not None and row < len(self._sides):
            self.taken.emit(self._sides[row].field, side)


class AsideView(StepPage):
    """The page.

    Signals:
        chosen: key of a line.
        way_chosen: how it is put right.
        side_taken: name of a field, and the side that is taken.
        reason_typed: each key of the reason.
        stopped: Esc.
    """

    chosen = Signal(str)
    way_chosen = Signal(str)
    side_taken = Signal(str, str)
    reason_typed = Signal(str)
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__(say("aside.title"), name="aside_page")
        self._state, self._small = AsideState(), False
        self._empty = Empty("check_circle", say("aside.none"), say("aside.none_hint"), name="aside_none")
        self._rows = DataTable((Column("", 3), Column("", 6), Column("", 4)), name="aside_rows")
        self._rows.horizontalHeader().hide()
        self._rows.setAccessibleName("lines")
        self._rows.chosen.connect(self._reached)
        self._rows.clicked.connect(lambda index: self._reached(index.row()))
        self._why = Label("", Role.BODY, wrap=True, name="aside_why")
        self._how = Label(say("aside.ways"), weight=MEDIUM)
        self._ways = DataTable((Column("", 4), Column("", 7)), name="aside_ways")
        self._ways.horizontalHeader().hide()
        self._ways.setAccessibleName("ways")
        self._ways.opened.connect(self._choose_way)
        self._rows.opened.connect(lambda _row: self._ways.setFocus())
        self._ways.clicked.connect(lambda index: self._choose_way(index.row()))
        self.comparison = Comparison()
        self.comparison.taken.connect(self.side_taken)
        self._hint = Label(say("aside.compare.hint"), Role.LABEL, "ink2", wrap=True, name="aside_hint")
        self.reason = Field(say("aside.reason"), name="aside_reason", above=True, placeholder=say("aside.reason_hint"))
        roomy(self.reason)
        self.reason.edited.connect(self.reason_typed)
        self.leave = LeaveForm(name="aside_leave", title=say("aside.supervisor"), note=say("aside.supervisor_note"))
        self.leave.entered.connect(self.go_on)
        self.body.addWidget(self._empty)
        self.body.addWidget(self._rows)
        self.body.addWidget(self._why)
        self.body.addSpacing(measure.GRID)
        self.body.addWidget(self._how)
        self.body.addWidget(self._ways)
        self.body.addWidget(self.comparison)
        self.body.addWidget(self._hint)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.leave)
        self.body.addStretch(1)
        self.back.connect(self.stopped)
        self.set_head(say("aside.title"), say("aside.note"))
        self.want_focus(self._rows)

    def show_state(self, state: AsideState) -> None:
        """Show the page."""
        way_came = state.way != self._state.way
        sides_came = bool(state.sides) and not self._state.sides
        self._state = state
        self._empty.setVisible(not state.rows)
        self._rows.setVisible(bool(state.rows))
        self._rows.show_rows(
            [
                (Cell(row.title, strong=row.key == state.chosen), Cell(row.words, row.mark), Cell(row.note, quiet=True))
                for row in state.rows
            ]
        )
        at = next((at for at, row in enumerate(state.rows) if row.key == state.chosen), -1)
        if at != self._rows.currentIndex().row():
            self._rows.choose(at)
        self._rows.setFixedHeight(_height(self._rows, min(len(state.rows), _MOST_LINES)))
        self._why.setVisible(bool(state.why))
        self._why.set_words(state.why)
        self._how.setVisible(bool(state.ways))
        self._ways.setVisible(bool(state.ways))
        self._ways.show_rows(
            [
                (
                    Cell(row.words, Mark.OK if row.key == state.way else Mark.TODO, strong=row.key == state.way),
                    Cell(row.note, quiet=True),
                )
                for row in state.ways
            ]
        )
        self._ways.setFixedHeight(_height(self._ways, len(state.ways)))
        self._ways.setEnabled(not state.busy)
        self.comparison.setVisible(bool(state.sides))
        self._hint.setVisible(bool(state.sides))
        self.comparison.show_sides(state.sides)
        self.reason.setVisible(state.asks_reason)
        self.reason.show_state(FieldState(state.reason, enabled=not state.busy))
        self._make_room()
        wanted = self.leave.show_state(state.leave, busy=state.busy)
        self.show_action(state.action)
        if wanted is not None:
            self.want_focus(wanted)
        elif sides_came:
            self.want_focus(self.comparison)
        elif way_came and state.asks_reason and not state.sides:
            self.want_focus(self.reason.editor)
        elif way_came and not state.way:
            self.want_focus(self._rows)
        self.settle_focus()

    def fit(self, *, compact: bool) -> None:
        super().fit(compact=compact)
        self._small = compact
        self._make_room()

    def _make_room(self) -> None:
        """In a small window the list makes room for the way that was chosen; Esc brings it back."""
        self._rows.setVisible(bool(self._state.rows) and not (self._small and self._state.way))

    def _reached(self, row: int) -> None:
        if 0 <= row < len(self._state.rows):
            self.chosen.emit(self._state.rows[row].key)

    def _choose_way(self, row: int) -> None:
        if 0 <= row < len(self._state.ways):
            self.way_chosen.emit(self._state.ways[row].key)


def _height(table: DataTable, rows: int) -> int:
    return rows * table.verticalHeader().defaultSectionSize() + 2


def _side_cells(row: SideRow) -> tuple[Cell, ...]:
    mine, theirs = row.taken == MINE, row.taken == THEIRS
    return (
        Cell(row.label),
        Cell(row.base, quiet=True),
        Cell(row.mine, Mark.OK if mine else Mark.TODO, strong=mine),
        Cell(row.theirs, Mark.OK if theirs else Mark.TODO, strong=theirs),
    )
