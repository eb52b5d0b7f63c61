"""The page of a card that is read: what to know about it at the left, what stands on it at the right."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.card_read.state import CardReadState, CardRow
from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.parts.ahead import style_ahead
from sscard_desk.ui.parts.cards_page import CARDS_READ, CardsPage
from sscard_desk.ui.parts.step_page import roomy
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.panel_rows import PanelRow
from sscard_desk.ui.widgets.placeholder import Empty
from sscard_desk.ui.widgets.table import Cell, Column, DataTable
from sscard_desk.ui.words import Words, say

_ROW = 33


class CardReadView(CardsPage):
    """The page of a card that is read.

    Signals:
        again: read once more.
        reason_typed: a key in the reason.
    """

    again = Signal()
    reason_typed = Signal(str)

    def __init__(self) -> None:
        self._columns = QHBoxLayout()
        super().__init__(CARDS_READ, say("card_read.title"), name="card_read_page", scrolls=True)
        self._notice = Banner(Mark.TODO, "", name="card_read_notice")
        self._rows: tuple[CardRow, ...] = ()
        self._table = DataTable(
            (
                Column(say("card.column_item"), 5),
                Column(say("card_read.column_file"), 2, 96),
                Column(say("card.column_tag"), 1, 48),
                Column(say("card_read.column_value"), 9),
            ),
            name="card_rows",
            row_height=_ROW,
            shows_choice=False,
        )
        self._none = Empty("cards", say("card_read.nothing_title"), say("card_read.nothing"), name="no_card")
        self._lines: list[PanelRow] = []
        self._columns.setSpacing(measure.GAP)
        self._columns.addWidget(self._left(), 4)
        self._columns.addWidget(self._right(), 9)
        self.body.addWidget(self._notice)
        self.body.addLayout(self._columns, 1)
        QTimer.singleShot(0, self, lambda: style_ahead(self._table))

    def show_state(self, state: CardReadState) -> None:
        """Show the page."""
        self.set_head(say("card_read.title"), state.reader, state.chips)
        note: Words = state.notice_note
        if state.code and note:
            note = say("missing.advice", advice=note, code=state.code)
        self._notice.show_state(state.notice_mark, state.notice, note)
        while len(self._lines) < len(state.lines):
            row = PanelRow(state.lines[len(self._lines)])
            self._lines.append(row)
            self._facts.column.insertWidget(len(self._lines), row)
        for at, row in enumerate(self._lines):
            row.setVisible(at < len(state.lines))
            if at < len(state.lines):
                row.show_line(state.lines[at])
        self._facts.setVisible(bool(state.lines))
        self._side.setVisible(bool(state.lines) or state.asks_reason)
        self._why.setVisible(state.asks_reason)
        self.reason.show_state(state.reason)
        if state.rows != self._rows:
            self._rows = state.rows
            self._table.show_rows([_cells(row) for row in state.rows])
            self._table.setMinimumHeight(self._table.fixed_height() if state.rows else 0)
        self._table.setVisible(bool(state.rows))
        self._none.setVisible(not state.rows)
        self.show_action(state.action)
        last = self.foot.primary if state.action.enabled else self.foot.back_button
        self.want_focus(self.reason.editor if state.asks_reason and not state.reason.value else last)
        self.settle_focus()

    def on_key(self, act: Act) -> bool:
        if act is Act.AGAIN:
            self.again.emit()
            return True
        return super().on_key(act)

    def fit(self, *, compact: bool) -> None:
        super().fit(compact=compact)
        way = QBoxLayout.Direction.TopToBottom if compact else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)
        self._columns.setStretch(0, 0 if compact else 4)

    def _left(self) -> QWidget:
        place = self._side = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        self._facts = Card(name="card_facts")
        self._facts.column.addWidget(Label(say("card_read.facts"), Role.LABEL, weight=SEMIBOLD))
        self._why = Card(name="card_reason_card")
        self.reason = Field(say("card_read.reason"), name="read_reason", above=True, required=True)
        self.reason.edited.connect(self.reason_typed)
        self.reason.entered.connect(self.foot.primary.setFocus)
        roomy(self.reason)
        self._why.column.addWidget(self.reason)
        column.addWidget(self._why)
        column.addWidget(self._facts)
        column.addStretch(1)
        return place

    def _right(self) -> QWidget:
        card = Card(margin=8, name="card_rows_card")
        card.column.addWidget(self._table, 1)
        card.column.addWidget(self._none, 1)
        return card


def _cells(row: CardRow) -> tuple[Cell, ...]:
    return (
        Cell(row.name, strong=row.tag in {"07", "09"}),
        Cell(row.file, quiet=True),
        Cell(row.tag, quiet=True),
        Cell(row.value, row.mark, quiet=row.mark is Mark.OFF),
    )
