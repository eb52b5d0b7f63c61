"""The card page: steps with their times at the left, every item as planned and as read back at the right."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.card.state import CardPhase, CardState, ItemLine
from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.parts.ahead import style_ahead
from sscard_desk.ui.parts.leave_form import LeaveForm
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.placeholder import Empty
from sscard_desk.ui.widgets.progress import ProgressSteps
from sscard_desk.ui.widgets.table import Cell, Column, DataTable
from sscard_desk.ui.words import Words, say

_TICK_MS = 100
_ROW = 33


class CardView(StepPage):
    """The card page.

    Signals:
        stop: stop where stopping is safe.
        again: read the card back, or try again.
        spoil: give this card up.
        face: print the card's face.
        tick: every tenth of a second while the work runs.
    """

    stop = Signal()
    again = Signal()
    spoil = Signal()
    face = Signal()
    tick = Signal()

    def __init__(self) -> None:
        self._columns = QHBoxLayout()
        super().__init__(say("card.title"), name="card_page")
        self._phase = CardPhase.READY
        self._items: tuple[ItemLine, ...] = ()
        self._elapsed = Label("", Role.LABEL, "ink2", name="elapsed")
        self.head_right.addWidget(self._elapsed)
        self._notice = Banner(Mark.WARN, "", name="card_notice")
        self._table = DataTable(
            (
                Column(say("card.column_item"), 8),
                Column(say("card.column_tag"), 1, 48),
                Column(say("card.column_planned"), 7),
                Column(say("card.column_read"), 7),
                Column(say("card.column_result"), 2, 92),
            ),
            name="items",
            row_height=_ROW,
            shows_choice=False,
        )
        self._none = Empty("cards", say("card.no_items_title"), say("card.no_items"), name="no_items")
        self._spoil = Button(say("card.spoil"), Kind.DANGER, name="spoil")
        self._spoil.clicked.connect(self.spoil)
        self.foot.extra.addWidget(self._spoil)
        self._face = Button(say("card_face.open"), icon="printer", name="open_face")
        self._face.clicked.connect(self.face)
        self.head_right.addWidget(self._face)
        self.leave = LeaveForm(name="hand_over")
        self.leave.entered.connect(self.go_on)
        self.foot.extra.addWidget(self.leave.ask)
        self.body.addWidget(self.leave)
        self._columns.setSpacing(measure.GAP)
        self._columns.addWidget(self._left(), 4)
        self._columns.addWidget(self._right(), 9)
        self.body.addLayout(self._columns, 1)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.tick)
        QTimer.singleShot(0, self, lambda: style_ahead(self._table))

    def show_state(self, state: CardState) -> None:
        """Show the page."""
        stock: Words = say("card.stock", number=state.stock) if state.stock else ""
        self.set_head(say("card.title"), stock, state.chips)
        self._elapsed.set_words(state.elapsed)
        self._steps.show_steps(state.steps, state.share)
        note: Words = state.notice_note
        if state.code and note:
            note = say("missing.advice", advice=note, code=state.code)
        self._notice.show_state(state.notice_mark, state.notice, note)
        if state.items != self._items:  # most reports only move the times on
            self._items = state.items
            self._table.show_rows([self._cells(line) for line in state.items])
            self._table.setMinimumHeight(self._table.fixed_height() if state.items else 0)
        self._table.setVisible(bool(state.items))
        self._none.setVisible(not state.items)
        self._stop.setVisible(state.can_stop)
        self._spoil.setVisible(state.can_spoil)
        self._face.setVisible(state.phase is CardPhase.WRITTEN)
        wanted = self.leave.show_state(state.leave, busy=state.busy)
        self.show_action(state.action)
        if wanted is not None:
            self.want_focus(wanted)
        elif state.phase is not self._phase or self._wanted is None:
            self._phase = state.phase
            (self._clock.start if state.ticking else self._clock.stop)(*((_TICK_MS,) if state.ticking else ()))
            last = self.foot.primary if state.action.enabled or not state.leave.offered else self.leave.ask
            self.want_focus(self._stop if state.can_stop else last)
        self.settle_focus()

    def on_key(self, act: Act) -> bool:
        if act is Act.AGAIN and self._phase in {CardPhase.UNKNOWN, CardPhase.FAILED, CardPhase.STOPPED}:
            self.again.emit()
            return True
        if act is Act.BACK and self._stop.isVisible():
            self.stop.emit()
            return True
        return super().on_key(act)

    def fit(self, *, compact: bool) -> None:
        super().fit(compact=compact)
        way = QBoxLayout.Direction.TopToBottom if compact else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)

    def _left(self) -> QWidget:
        card = Card(name="steps_card")
        self._steps = ProgressSteps(name="card_steps")
        self._stop = Button(say("card.stop"), key="Esc", name="stop")
        self._stop.clicked.connect(self.stop)
        card.column.addWidget(Label(say("card.steps"), Role.LABEL, weight=SEMIBOLD))
        card.column.addWidget(self._steps)
        card.column.addStretch(1)
        card.column.addWidget(self._stop)
        return card

    def _right(self) -> QWidget:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(measure.GRID)
        card = Card(margin=8, name="items_card")
        card.column.addWidget(self._table, 1)
        card.column.addWidget(self._none, 1)
        column.addWidget(self._notice)
        column.addWidget(card, 1)
        return place

    @staticmethod
    def _cells(line: ItemLine) -> tuple[Cell, ...]:
        here = line.mark is Mark.BUSY
        planned: Words = line.planned or say("card.empty")
        read: Words = (line.read_back or say("card.empty")) if line.mark is Mark.OK else line.read_back or "—"
        return (
            Cell(line.name, note=line.file, strong=here),
            Cell(line.tag, quiet=True),
            Cell(planned),
            Cell(read, quiet=line.mark is not Mark.OK),
            Cell(line.result, line.mark, quiet=True),
        )
