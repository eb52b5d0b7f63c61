"""The stock page: the balance above, what is done in the middle, the movements of the shift below."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.parts.cards_page import CARDS_STOCK, CardsPage
from sscard_desk.ui.parts.file_choice import ask_table
from sscard_desk.ui.parts.step_page import roomy
from sscard_desk.ui.states import FieldState, Mark
from sscard_desk.ui.stock.state import FIELDS, Figure, MoveRow, StockAct, StockState
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.choice import ChoiceEdit
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.segments import Segments
from sscard_desk.ui.widgets.state_mark import StateMark
from sscard_desk.ui.widgets.table import Cell, Column, DataTable
from sscard_desk.ui.words import say

_NAMES = ("first", "last", "delivery", "number", "reason", "account", "password", "free", "spoiled", "words")
"""Every field of every act, in the order from left to right."""
_FIGURES = 6
_LEAST = 200
"""Height in px below which the table is not pressed together: the page scrolls."""
_PASSWORD = "password"  # noqa: S105 - the name of a field


class StockView(CardsPage):
    """The stock page.

    Signals:
        act_chosen: what is to be done.
        typed: a field's name and its text.
        file_chosen: the path of a maker's list.
        again: read the book again.
    """

    act_chosen = Signal(str)
    typed = Signal(str, str)
    file_chosen = Signal(str)
    again = Signal()

    def __init__(self) -> None:
        super().__init__(CARDS_STOCK, say("stock.title"), name="stock_page", scrolls=True)
        self._act: StockAct | None = None
        self._cleared = -1
        self._notice = Banner(Mark.BUSY, "", name="stock_notice")
        self._acts = Segments(tuple((act.value, say(f"stock.act.{act.value}"), "") for act in StockAct), name="acts")
        self._acts.chosen.connect(self.act_chosen)
        self._file = Button(say("stock.file"), key="F7", icon="file_text", name="stock_file")
        self._file.clicked.connect(self._ask_file)
        self._reason = ChoiceEdit(name="stock_reason")
        self._reason.chosen.connect(lambda code: self.typed.emit("reason", code))
        self.fields = {name: self._field(name) for name in _NAMES}
        self._listed = Label("", Role.LABEL, "ink2", name="stock_listed")
        self.table = DataTable(
            (
                Column(say("stock.column.at"), width=96),
                Column(say("stock.column.card"), 3),
                Column(say("stock.column.moved"), 4),
                Column(say("stock.column.who"), 2),
                Column(say("stock.column.why"), 4),
            ),
            name="stock_moves",
            shows_choice=False,
        )
        self.table.setAccessibleName("stock moves")
        self.table.setMinimumHeight(_LEAST)
        self.body.addWidget(self._balance())
        self.body.addWidget(self._notice)
        self.body.addWidget(self._form())
        self.body.addWidget(self._listed)
        self.body.addWidget(self.table, 1)

    def show_state(self, state: StockState) -> None:
        """Show the page."""
        self.set_head(say("stock.title"), "", state.chips)
        self._notice.show_state(state.notice_mark, state.notice, state.notice_note)
        for at, figure in enumerate(state.figures):
            self._show_figure(at, figure)
        self._acts.set_chosen(state.act.value)
        self._acts.setEnabled(not state.busy)
        self._file.setVisible(state.act is StockAct.RECEIVE)
        self._file.setEnabled(not state.busy)
        if self._act is None:
            self._reason.set_options(state.reasons)
        shown = FIELDS[state.act]
        for name, field in self.fields.items():
            field.setVisible(name in shown)
            if name in state.fields:
                value = state.fields[name]
                field.show_state(FieldState(value.value, error=value.error, enabled=not state.busy))
        if state.clear_password != self._cleared:
            self._cleared = state.clear_password
            self.fields[_PASSWORD].show_state(FieldState(""))
        self._listed.set_words(state.listed)
        self.table.show_rows([_cells(row) for row in state.rows])
        self.show_action(state.action)
        if state.act is not self._act:
            came, self._act = self._act is None, state.act
            if came or not self._acts.isAncestorOf(self.focusWidget()):  # arrows among the acts stay there
                self.want_focus(self.fields[shown[0]].editor)
        self.settle_focus()

    def on_key(self, act: Act) -> bool:
        match act:
            case Act.SHOOT:
                if self._file.isVisible() and self._file.isEnabled():
                    self._ask_file()
            case Act.AGAIN:
                self.again.emit()
            case _:
                return super().on_key(act)
        return True

    def _field(self, name: str) -> Field:
        editor = self._reason if name == "reason" else None
        field = Field(
            say(f"stock.field.{name}"), name=f"stock_{name}", above=True, editor=editor, secret=name == _PASSWORD
        )
        roomy(field)
        field.edited.connect(partial(self.typed.emit, name))
        field.entered.connect(partial(self._enter, name))
        return field

    def _enter(self, name: str) -> None:
        """Enter: the next field of the act, from the last one the button."""
        shown = FIELDS[self._act or StockAct.RECEIVE]
        at = shown.index(name) + 1
        following = self.fields[shown[at]].editor if at < len(shown) else self.foot.primary
        if following.isEnabled():
            following.setFocus()

    def _balance(self) -> QWidget:
        card = Card(margin=12, name="stock_balance")
        row = QHBoxLayout()
        row.setSpacing(measure.GAP)
        self._figures: list[tuple[Label, Label, StateMark]] = []
        for at in range(_FIGURES):
            count, name = Label("", Role.FIGURE, weight=SEMIBOLD), Label("", Role.LABEL, "ink2")
            mark = StateMark(Mark.OK, 16)
            count.setObjectName(f"figure_{at}")
            head, column = QHBoxLayout(), QVBoxLayout()
            head.setSpacing(measure.GRID)
            head.addWidget(count)
            head.addWidget(mark)
            head.addStretch(1)
            column.setSpacing(0)
            column.addLayout(head)
            column.addWidget(name)
            row.addLayout(column, 1)
            mark.hide()
            self._figures.append((count, name, mark))
        card.column.addLayout(row)
        return card

    def _show_figure(self, at: int, figure: Figure) -> None:
        count, name, mark = self._figures[at]
        count.set_words(str(figure.count))
        name.set_words(figure.name)
        mark.setVisible(figure.mark is not None)
        if figure.mark is not None:
            mark.set_mark(figure.mark)

    def _form(self) -> QWidget:
        card = Card(ground="sunken", margin=12, name="stock_form")
        head, row = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._acts)
        head.addStretch(1)
        head.addWidget(self._file)
        row.setSpacing(measure.GAP)
        for field in self.fields.values():
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        card.column.addLayout(head)
        card.column.addLayout(row)
        return card

    def _ask_file(self) -> None:
        path = ask_table(self, say("stock.file"))
        if path:
            self.file_chosen.emit(path)


def _cells(row: MoveRow) -> tuple[Cell, ...]:
    return (
        Cell(row.at, quiet=True),
        Cell(row.card, strong=True),
        Cell(row.moved, row.mark),
        Cell(row.who, quiet=True),
        Cell(row.why),
    )
