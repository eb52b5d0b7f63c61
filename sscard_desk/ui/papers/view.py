"""The page of a case's papers: what can be made and what was printed at the left, the paper itself at the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.papers.state import PaperLine, PapersState
from sscard_desk.ui.parts.document_view import DocumentView
from sscard_desk.ui.parts.reprint_bar import ReprintBar
from sscard_desk.ui.parts.sheet_view import SheetView
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.section import Section
from sscard_desk.ui.widgets.table import Cell, Column, DataTable
from sscard_desk.ui.words import say


class _Printed(DataTable):
    """What was printed; Del marks the sheet as spoiled."""

    spoiled = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.spoiled.emit()
            return
        super().keyPressEvent(event)


class PapersView(StepPage):
    """The page of a case's papers.

    Signals:
        chosen: key of a paper.
        opened: look at the whole document.
        document_closed: back to the list.
        spoil: the printed sheet in view is spoiled.
    """

    chosen = Signal(str)
    opened = Signal()
    document_closed = Signal()
    spoil = Signal()

    def __init__(self) -> None:
        self._card = Card(ground="sunken", name="paper_card")
        super().__init__(say("papers.title"), name="papers_page")
        self._state = PapersState()
        self._open = Button(say("form_page.preview"), key="Ctrl+P", icon="eye", name="open_paper")
        self._open.clicked.connect(self.opened)
        self.head_right.addWidget(self._open)
        self._spoil = Button(say("printing.spoil"), key="Del", icon="trash", name="spoil_paper")
        self._spoil.clicked.connect(self.spoil)
        self.foot.extra.addWidget(self._spoil)
        self._trouble = Banner(Mark.WARN, "", name="paper_trouble")
        self._trouble.hide()
        self.reprint = ReprintBar()
        self.spoiling = ReprintBar("spoil", say("printing.spoil_reason"), say("printing.spoil_stop"))
        columns = QHBoxLayout()
        columns.setSpacing(measure.GAP)
        columns.addWidget(self._left(), 5)
        columns.addWidget(self._right(), 3)
        for bar in (self._trouble, self.reprint, self.spoiling):
            self.body.addWidget(bar)
        self.body.addLayout(columns, 1)
        self._document = DocumentView(self)
        self._document.closed.connect(self.document_closed)
        self.set_head(say("papers.title"), say("papers.head"))

    def show_state(self, state: PapersState) -> None:
        """Show the page."""
        came = [line.key for line in state.offers] != [line.key for line in self._state.offers]
        answered = bool(self._state.ask or self._state.spoiling) and not (state.ask or state.spoiling)
        self._state = state
        self._offers.show_rows([_offer(line, here=line.key == state.chosen) for line in state.offers])
        self._printed.show_rows([_record(line, here=line.key == state.chosen) for line in state.printed])
        for table, lines in ((self._offers, state.offers), (self._printed, state.printed)):
            table.setFixedHeight(len(lines) * table.verticalHeader().defaultSectionSize() + 2)
            self._choose(table, lines)
        self._printed.setVisible(bool(state.printed))
        self._none.setVisible(not state.printed)
        self._trouble.setVisible(bool(state.trouble))
        self._trouble.show_state(state.trouble_mark, state.trouble, state.trouble_note)
        self._sheet.show_page(state.page)
        self._page_note.set_words(state.page_note)
        self._open.setEnabled(state.can_open)
        self._spoil.setVisible(state.can_spoil and state.spoiling is None)
        asked = self.reprint.show_ask(state.ask)
        spoiled = self.spoiling.show_ask(state.spoiling)
        self.show_action(state.action)
        self._document.show_pages(state.pages)
        if asked or spoiled:
            self.want_focus(self.reprint.reason if asked else self.spoiling.reason)
        elif came or answered:
            printed = any(line.key == state.chosen for line in state.printed)
            self.want_focus(self._printed if printed else self._offers)
        self.settle_focus()

    def on_key(self, act: Act) -> bool:
        if act is Act.PREVIEW:
            self.opened.emit()
            return True
        return super().on_key(act)

    def fit(self, *, compact: bool) -> None:
        super().fit(compact=compact)
        self._card.setVisible(not compact)  # Ctrl+P shows the paper where there is no room beside the list

    def _choose(self, table: DataTable, lines: tuple[PaperLine, ...]) -> None:
        """Let the row in view be the current one; the other list has none."""
        row = next((at for at, line in enumerate(lines) if line.key == self._state.chosen), -1)
        if row != table.currentIndex().row():
            table.choose(row)

    def _left(self) -> QWidget:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(measure.GRID)
        self._offers = DataTable((Column("", 4), Column("", 5)), name="paper_offers")
        self._printed = _Printed((Column("", 3), Column("", 4), Column("", 5)), name="printed_papers")
        for table, lines in ((self._offers, "offers"), (self._printed, "printed")):
            table.horizontalHeader().hide()
            table.setAccessibleName(lines)
            table.chosen.connect(lambda row, lines=lines: self._reached(row, lines))
            table.opened.connect(lambda _row: self.opened.emit())
            table.clicked.connect(lambda index, lines=lines: self._reached(index.row(), lines))
        self._printed.spoiled.connect(self.spoil)
        self._none = Label(say("papers.none_printed"), Role.LABEL, "ink2", name="none_printed")
        column.addWidget(Section(say("papers.offers"), say("papers.offers_how"), name="section_offers"))
        column.addWidget(self._offers)
        column.addWidget(Section(say("papers.printed"), say("papers.printed_how"), name="section_printed"))
        column.addWidget(self._none)
        column.addWidget(self._printed)
        column.addStretch(1)
        return place

    def _right(self) -> QWidget:
        head = QHBoxLayout()
        self._page_note = Label("", Role.LABEL, weight=SEMIBOLD, name="paper_note")
        head.addWidget(self._page_note)
        head.addStretch(1)
        self._sheet = SheetView(name="paper_sheet")
        self._card.column.addLayout(head)
        self._card.column.addWidget(self._sheet, 1)
        return self._card

    def _reached(self, row: int, lines: str) -> None:
        listed = self._state.offers if lines == "offers" else self._state.printed
        if row < len(listed):
            self.chosen.emit(listed[row].key)


def _offer(line: PaperLine, *, here: bool) -> tuple[Cell, ...]:
    return Cell(line.words, strong=here, quiet=not line.usable), Cell(line.note, line.mark, quiet=True)


def _record(line: PaperLine, *, here: bool) -> tuple[Cell, ...]:
    return Cell(line.words, strong=here), Cell(line.serial, quiet=True), Cell(line.note, line.mark, quiet=True)
