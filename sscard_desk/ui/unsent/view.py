"""The page of what waits to be sent: how the line is, a list on its way, the items, and what can be done with them."""

from collections.abc import Sequence
from typing import Final, overload

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from sscard_desk.ports.unsent import Part
from sscard_desk.ui.keys import Act
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.unsent.coming_bar import ComingBar
from sscard_desk.ui.unsent.state import UnsentRow, UnsentState
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.line_edit import LineEdit
from sscard_desk.ui.widgets.placeholder import Empty
from sscard_desk.ui.widgets.segments import Segments
from sscard_desk.ui.widgets.table import Cell, Column, DataTable
from sscard_desk.ui.words import say

_NEAR: Final = 50
"""So many rows before the end of what was read the next page is asked for."""
_COLUMNS: Final = (
    Column(say("unsent.column_what"), 4),
    Column(say("unsent.column_number"), 4),
    Column(say("unsent.column_since"), 3),
    Column(say("unsent.column_tries"), width=64, right=True),
    Column(say("unsent.column_error"), 5),
    Column(say("unsent.column_next"), 2),
)


class UnsentView(StepPage):
    """The page.

    Signals:
        part_chosen: which of the items are shown.
        narrowed: what was typed to narrow the list.
        chosen: key of the row that the arrows reached.
        near_end: the end of what was read is near.
        this_again: F5 on a row.
        opened: Enter on a row.
        stick: exchange by a stick.
        hold: let a large list wait, or come on.
    """

    part_chosen = Signal(str)
    narrowed = Signal(str)
    chosen = Signal(str)
    near_end = Signal()
    this_again = Signal()
    opened = Signal()
    stick = Signal()
    hold = Signal()

    def __init__(self) -> None:
        super().__init__(say("unsent.title"), name="unsent_page", scrolls=False)
        self._state, self._showing = UnsentState(), False
        self._notice = Banner(Mark.BUSY, "", name="unsent_line")
        self._coming = ComingBar()
        self._coming.pressed.connect(self.hold)
        self._parts = Segments(tuple((part.value, say(f"unsent.part_{part.value}"), "") for part in Part), name="part")
        self._parts.chosen.connect(self.part_chosen)
        self._filter = LineEdit(name="unsent_filter", placeholder=say("unsent.filter"), icon="search")
        self._filter.setAccessibleName("filter")
        self._filter.edited.connect(self.narrowed)
        self._filter.entered.connect(self._to_list)
        self._table = DataTable(_COLUMNS, name="unsent_rows")
        self._table.setAccessibleName("unsent")
        self._table.chosen.connect(self._reached)
        self._table.opened.connect(lambda _row: self.opened.emit())
        self._table.verticalScrollBar().valueChanged.connect(lambda _at: self._look_ahead())
        self._empty = Empty("check_circle", say("unsent.none"), say("unsent.none_hint"), name="unsent_none")
        self._this = Button(say("unsent.send_this"), key="F5", icon="refresh", name="unsent_this")
        self._this.clicked.connect(self.this_again)
        self._stick = Button(say("stick.open"), key="F8", icon="upload", name="unsent_stick")
        self._stick.clicked.connect(self.stick)
        self.foot.extra.addWidget(self._stick)
        self.foot.extra.addWidget(self._this)
        row = QHBoxLayout()
        row.setSpacing(measure.GAP)
        row.addWidget(self._parts)
        row.addWidget(self._filter, 1)
        self.body.addWidget(self._notice)
        self.body.addWidget(self._coming)
        self.body.addLayout(row)
        self.body.addWidget(self._table, 1)
        self.body.addWidget(self._empty, 1)

    def show_state(self, state: UnsentState) -> None:
        """Show the page."""
        before, self._state, self._showing = self._state, state, True
        counts = state.counts
        note = say("unsent.counted", waiting=counts.waiting, aside=counts.aside, blobs=counts.blobs)
        self.set_head(say("unsent.title"), note if state.read else "")
        self._notice.show_state(state.mark, state.notice, state.note)
        self._coming.show_state(state.coming)
        self._parts.set_chosen(state.part.value)
        self._table.setVisible(bool(state.rows) or not state.read)
        narrowed = bool(state.typed) or state.part is not Part.ALL
        self._empty.setVisible(state.read and not state.rows)
        self._empty.set_words(
            say("unsent.none_such" if narrowed else "unsent.none"),
            say("unsent.none_such_hint" if narrowed else "unsent.none_hint"),
        )
        if state.rows is not before.rows:
            self._table.show_rows(_Cells(state.rows), keep=True)
        if state.chosen_at != self._table.currentIndex().row():
            self._table.choose(state.chosen_at)
        self._this.setVisible(bool(state.this_act))
        self._this.set_words(state.this_act or say("unsent.send_this"))
        self.show_action(state.action)
        self._showing = False
        if state.rows and not before.rows and not self._filter.hasFocus():
            self.want_focus(self._table)
        self.settle_focus()
        self._look_ahead()

    def on_key(self, act: Act) -> bool:
        """F5 this one, Shift+F5 all, F7 the list on its way, F8 the stick, Ctrl+F the filter; Esc empties it first."""
        match act:
            case Act.AGAIN:
                self.this_again.emit()
            case Act.ALL_AGAIN:
                if self.foot.primary.isEnabled():
                    self.foot.primary.click()
            case Act.SHOOT:
                self.hold.emit()
            case Act.TAKE:
                self.stick.emit()
            case Act.FILTER:
                self._filter.setFocus()
            case Act.BACK if self._state.typed:
                self._filter.clear()
                self.narrowed.emit("")
                self._to_list()
            case _:
                return super().on_key(act)
        return True

    def _reached(self, row: int) -> None:
        if not self._showing and 0 <= row < len(self._state.rows):
            self.chosen.emit(self._state.rows[row].key)
            self._look_ahead()

    def _look_ahead(self) -> None:
        if self._showing or not self._state.more:
            return
        bar, rows = self._table.verticalScrollBar(), len(self._state.rows)
        seen = max(bar.value() + bar.pageStep(), self._table.currentIndex().row())
        if seen + _NEAR >= rows:
            self.near_end.emit()

    def _to_list(self) -> None:
        if self._table.isVisible():
            self._table.setFocus()


class _Cells(Sequence[tuple[Cell, ...]]):
    """Makes a row's cells when they are drawn: there may be thousands of rows."""

    def __init__(self, rows: Sequence[UnsentRow]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> tuple[Cell, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[tuple[Cell, ...]]: ...
    def __getitem__(self, at: int | slice) -> tuple[Cell, ...] | Sequence[tuple[Cell, ...]]:
        if isinstance(at, slice):
            return [_cells(row) for row in self._rows[at]]
        return _cells(self._rows[at])


def _cells(row: UnsentRow) -> tuple[Cell, ...]:
    return (
        Cell(row.what, row.mark),
        Cell(row.number or "—", quiet=not row.number),
        Cell(row.since, quiet=True),
        Cell(row.tries, quiet=True),
        Cell(row.error),
        Cell(row.following, quiet=True),
    )
