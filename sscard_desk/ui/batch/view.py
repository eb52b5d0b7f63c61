"""The batch page: what the room has to do, big; how far it is; everybody below."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.batch.state import BatchPhase, BatchState, PersonLine
from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.parts.cards_page import CARDS_BATCH, CardsPage
from sscard_desk.ui.parts.file_choice import ask_place, ask_table
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.progress import ProgressBar
from sscard_desk.ui.widgets.state_mark import StateMark
from sscard_desk.ui.widgets.table import Cell, Column, DataTable
from sscard_desk.ui.words import say

_BIG_MARK = 40
_LEAST = 160
"""Height in px below which the table is not pressed together: the page scrolls."""


class BatchView(CardsPage):
    """The batch page.

    Signals:
        chosen: the line that the arrows reached.
        file_chosen: the path of a return file.
        place_chosen: the path where the return file of the batch goes.
        again: read the list again.
    """

    chosen = Signal(int)
    file_chosen = Signal(str)
    place_chosen = Signal(str)
    again = Signal()

    def __init__(self) -> None:
        super().__init__(CARDS_BATCH, say("batch.title"), name="batch_page", scrolls=True)
        self._here: tuple[BatchPhase, bool] | None = None
        self._lines: tuple[PersonLine, ...] = ()
        self._import = Button(say("batch.import"), key="F7", icon="upload", name="batch_import")
        self._import.clicked.connect(self._ask_file)
        self._export = Button(say("batch.export"), icon="download", name="batch_export")
        self._export.clicked.connect(self._ask_place)
        self._listed = Label("", Role.LABEL, "ink2", name="batch_listed")
        self.table = DataTable((Column("", 3), Column("", 3), Column("", 6)), name="batch_lines")
        self.table.horizontalHeader().hide()
        self.table.setAccessibleName("batch lines")
        self.table.setMinimumHeight(_LEAST)
        self.table.chosen.connect(self.chosen)
        self.body.addWidget(self._told())
        row = QHBoxLayout()
        row.addWidget(self._listed, 1)
        row.addWidget(self._export)
        row.addWidget(self._import)
        self.body.addLayout(row)
        self.body.addWidget(self.table, 1)

    def show_state(self, state: BatchState) -> None:
        """Show the page."""
        self.set_head(say("batch.title"), "", state.chips)
        self._mark.set_mark(state.big_mark)
        self._big.set_words(state.big)
        self._name.set_words(state.name)
        self._name.setVisible(bool(state.name))
        self._advice.set_words(state.note)
        self._advice.setVisible(bool(state.note))
        self._bar.setVisible(state.share is not None)
        if state.share is not None:
            self._bar.show_share(state.share)
        self._listed.set_words(state.listed)
        choosing = state.phase is BatchPhase.CHOOSING
        self._import.setVisible(choosing)
        self._export.setVisible(state.exportable)
        if state.lines != self._lines:
            self._lines = state.lines
            self.table.show_rows([_cells(line) for line in state.lines])
            if choosing and state.lines:
                self.table.choose(state.chosen)
        self.show_action(state.action)
        here = (state.phase, bool(state.lines))
        if here != self._here:
            self._here = here
            usable = self.foot.primary if state.action.enabled else self.foot.back_button
            self.want_focus(self.table if choosing and state.lines else usable)
        self.settle_focus()

    def on_key(self, act: Act) -> bool:
        match act:
            case Act.SHOOT:
                if self._import.isVisible():
                    self._ask_file()
            case Act.AGAIN:
                self.again.emit()
            case _:
                return super().on_key(act)
        return True

    def _told(self) -> QWidget:
        card = Card(margin=20, name="batch_told")
        self._mark = StateMark(Mark.TODO, _BIG_MARK)
        self._big = Label("", Role.FIGURE, weight=SEMIBOLD, wrap=True, name="batch_big")
        self._name = Label("", Role.QUESTION, weight=SEMIBOLD, name="batch_name")
        self._advice = Label("", Role.BODY, "ink2", wrap=True, name="batch_note")
        self._bar = ProgressBar(name="batch_bar")
        lines, row = QVBoxLayout(), QHBoxLayout()
        lines.setSpacing(measure.GRID)
        for each in (self._big, self._name, self._advice, self._bar):
            lines.addWidget(each)
        row.setSpacing(measure.GAP)
        row.addWidget(self._mark)
        row.addLayout(lines, 1)
        card.column.addLayout(row)
        self._bar.hide()
        return card

    def _ask_file(self) -> None:
        path = ask_table(self, say("batch.import"))
        if path:
            self.file_chosen.emit(path)

    def _ask_place(self) -> None:
        path = ask_place(self, say("batch.export"), "return.xlsx")
        if path:
            self.place_chosen.emit(path)


def _cells(line: PersonLine) -> tuple[Cell, ...]:
    return (
        Cell(line.first, strong=True),
        Cell(line.second, quiet=True),
        Cell(line.words, line.mark, quiet=line.mark in {Mark.OK, Mark.OFF}),
    )
