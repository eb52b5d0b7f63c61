"""The bank page: the list at the left, the confirmation form as it will be printed at the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.bank.bank_row import BankRow
from sscard_desk.ui.bank.state import BankState
from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.keys import Act
from sscard_desk.ui.parts.document_view import DocumentView
from sscard_desk.ui.parts.locked_bar import LockedBar
from sscard_desk.ui.parts.reprint_bar import ReprintBar
from sscard_desk.ui.parts.sheet_view import SheetView
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.ending import end_widget
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import say


class BankView(StepPage):
    """The bank page.

    Signals:
        chosen: the code of a bank.
        digit: the number of a bank in the list.
        change: open signed content again.
        without_paper: confirm without waiting for the paper.
        again: print the confirmed form once more.
        preview: look at the paper, page by page.
        preview_closed: back to the page.
    """

    chosen = Signal(str)
    digit = Signal(int)
    change = Signal()
    without_paper = Signal()
    again = Signal()
    preview = Signal()
    preview_closed = Signal()

    def __init__(self) -> None:
        super().__init__(say("bank.title"), name="bank_page")
        self.set_head(say("bank.title"), say("bank.note"))
        self._rows: list[BankRow] = []
        self._shown: tuple[str, ...] = ()
        self._locked = LockedBar()
        self._locked.change.connect(self.change)
        self._trouble = Banner(BankState().trouble_mark, "", name="bank_trouble")
        self._trouble.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(measure.GRID)
        self._skip = Button("", name="without_paper")
        self._skip.clicked.connect(self.without_paper)
        self._skip.hide()
        self.foot.extra.addWidget(self._skip)
        self._again = Button(say("printing.again"), icon="printer", name="print_again")
        self._again.clicked.connect(self.again)
        self._again.hide()
        self.head_right.addWidget(self._again)
        self.reprint = ReprintBar()
        columns = QHBoxLayout()
        columns.setSpacing(measure.GAP)
        columns.addWidget(self._left(), 1)
        columns.addWidget(self._right(), 1)
        self.body.addWidget(self._locked)
        self.body.addWidget(self.reprint)
        self._document = DocumentView(self)
        self._document.closed.connect(self.preview_closed)
        self.body.addLayout(columns, 1)

    def show_state(self, state: BankState) -> None:
        """Show the page."""
        codes = tuple(bank.code for bank in state.banks)
        if codes != self._shown:
            self._rebuild(state)
        for row in self._rows:
            row.setChecked(row.code == state.chosen)
            row.setEnabled(not state.busy and not state.locked)
        self._sheet.show_page(state.page)
        self._page_note.set_words(state.page_note or say("bank.preview_note"))
        self._locked.show_reason(state.locked, can_unlock=state.can_unlock)
        self._trouble.setVisible(bool(state.trouble))
        self._trouble.show_state(state.trouble_mark, state.trouble, state.trouble_note)
        self._skip.set_words(state.without_paper)
        self._skip.setVisible(bool(state.without_paper))
        self._again.setVisible(state.again)
        self._document.show_pages(state.pages)
        asked = self.reprint.show_ask(state.ask)
        self.show_action(state.action)
        if state.ask is not None:
            self._wanted = self.reprint.reason
            self.want_focus(self.reprint.reason) if asked else self.settle_focus()
            return
        self._wanted = next((row for row in self._rows if row.isChecked()), self._rows[0] if self._rows else None)
        self.settle_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.reprint.holds_focus():
            super().keyPressEvent(event)
            return
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            number = key - Qt.Key.Key_0
            self.digit.emit(number)
            if number <= len(self._rows):
                self._rows[number - 1].setFocus(Qt.FocusReason.TabFocusReason)
            return
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key))
        if step is not None and self._rows:
            at = next((at for at, row in enumerate(self._rows) if row.hasFocus()), 0)
            row = self._rows[(at + step) % len(self._rows)]
            row.setFocus(Qt.FocusReason.TabFocusReason)
            self.chosen.emit(row.code)
            return
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            here = next((row for row in self._rows if row.hasFocus()), None)
            if here is not None:
                self.chosen.emit(here.code)
                return
        super().keyPressEvent(event)

    def _left(self) -> QWidget:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(measure.GRID)
        head = QHBoxLayout()
        head.addWidget(Label(say("bank.list"), Role.LABEL, "ink2", weight=SEMIBOLD))
        head.addStretch(1)
        head.addWidget(Label(say("bank.list_how"), Role.LABEL, "ink2"))
        column.addLayout(head)
        column.addLayout(self._list)
        column.addStretch(1)
        return place

    def _right(self) -> QWidget:
        card = Card(ground="sunken", name="preview_card")
        head = QHBoxLayout()
        head.addWidget(Label(say("bank.preview"), Role.LABEL, weight=SEMIBOLD))
        head.addStretch(1)
        self._page_note = Label("", Role.LABEL, "ink2", name="page_note")
        head.addWidget(self._page_note)
        self._sheet = SheetView(name="confirmation_sheet")
        card.column.addLayout(head)
        card.column.addWidget(self._trouble)
        card.column.addWidget(self._sheet, 1)
        return card

    def on_key(self, act: Act) -> bool:
        if act is Act.PREVIEW:
            self.preview.emit()
            return True
        return super().on_key(act)

    def _rebuild(self, state: BankState) -> None:
        for row in self._rows:
            end_widget(row)
        self._shown = tuple(bank.code for bank in state.banks)
        self._rows = [BankRow(number, bank) for number, bank in enumerate(state.banks, start=1)]
        for row in self._rows:
            row.clicked.connect(lambda _=False, code=row.code: self.chosen.emit(code))
            self._list.addWidget(row)
