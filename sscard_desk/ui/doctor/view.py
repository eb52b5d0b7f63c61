"""The doctor page: all devices at the left, the chosen one at the right."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from sscard_desk.ui.doctor.finding import FindingPart
from sscard_desk.ui.doctor.patients import PatientList
from sscard_desk.ui.doctor.state import DoctorState
from sscard_desk.ui.keys import Act
from sscard_desk.ui.page import Page
from sscard_desk.ui.states import ActionState
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.words import say


class DoctorPage(Page):
    """Devices and centre.

    Signals:
        device_chosen: another device is to be shown.
        again: look at the chosen device once more.
        all_again: look at all devices once more.
        try_printer: print the ruler sheet.
        scanner_chosen: the key of another scanner.
        carry: exchange with the centre by a stick.
        set_date: let a supervisor set the business date.
    """

    device_chosen = Signal(str)
    again = Signal()
    all_again = Signal()
    try_printer = Signal()
    scanner_chosen = Signal(str)
    carry = Signal()
    set_date = Signal()

    def __init__(self) -> None:
        super().__init__(say("doctor.title"), name="doctor_page")
        self._patients, self._finding = PatientList(), FindingPart()
        self.columns.insertWidget(0, self._patients, 1)
        self.columns.setStretch(1, 2)
        self.hide_head()
        self.body.addWidget(self._finding, 1)
        self.foot.show_state(ActionState())
        self._try = Button(say("printing.sheet.print"), icon="printer", name="try_printer")
        self._try.clicked.connect(self.try_printer)
        self._try.hide()
        self.foot.extra.addWidget(self._try)
        self._carry = Button(say("stick.open"), icon="upload", key="F8", name="open_stick")
        self._carry.clicked.connect(self.carry)
        self._carry.hide()
        self.foot.extra.addWidget(self._carry)
        self._date = Button(say("date.open"), icon="clock", key="Ctrl+T", name="open_desk_date")
        self._date.clicked.connect(self.set_date)
        self._date.hide()
        self.foot.extra.addWidget(self._date)
        self._patients.chosen.connect(self.device_chosen)
        self._patients.all_again.connect(self.all_again)
        self._finding.again.connect(self.again)
        self._finding.scanners.chosen.connect(self.scanner_chosen)

    def show_state(self, state: DoctorState) -> None:
        """Show the page."""
        self._patients.show_state(state)
        self._finding.show_state(state)
        self._carry.setVisible(state.can_carry)
        self._date.setVisible(state.can_date)
        self._try.setVisible(state.can_try)
        self._try.setEnabled(not state.trying)
        self._try.set_words(say("printing.sheet.printing" if state.trying else "printing.sheet.print"))

    def on_key(self, act: Act) -> bool:
        """F5 looks at the chosen device again, Shift+F5 at all; F8 beside the centre exchanges by a stick."""
        if act is Act.AGAIN:
            self.again.emit()
        elif act is Act.ALL_AGAIN:
            self.all_again.emit()
        elif act is Act.TAKE and self._carry.isVisible():
            self.carry.emit()
        else:
            return super().on_key(act)
        return True

    def focus_first(self) -> None:
        """The chosen device has the focus: arrows walk the list."""
        self._patients.focus_chosen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        margins = self.body.contentsMargins()
        self.body.setContentsMargins(margins.left(), 20, margins.left(), margins.bottom())
