"""The list of devices at the left of the doctor page."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sscard_desk.ui import icons
from sscard_desk.ui.doctor.state import DoctorState, Patient
from sscard_desk.ui.fonts import SEMIBOLD, Role, font
from sscard_desk.ui.language import text
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.paint import rule, words
from sscard_desk.ui.widgets.state_mark import colour, paint_mark
from sscard_desk.ui.words import say

_WIDTH, _BAR = 400, 95
_RIGHT = Qt.AlignmentFlag.AlignRight


class PatientRow(QAbstractButton):
    """One device: icon, name, note, state, and the last hour as a bar."""

    def __init__(self, patient: Patient) -> None:
        super().__init__()
        self._patient = patient
        self.setObjectName(f"patient_{patient.key}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setProperty("ring", "inside")
        self.setProperty("ring_radius", 4)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(measure.LIST_ROW + 1)
        self.setMinimumHeight(40)
        self._say()

    def show_patient(self, patient: Patient) -> None:
        """Show another state."""
        self._patient = patient
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, measure.LIST_ROW + 1)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            (self.focusPreviousChild if event.key() == Qt.Key.Key_Up else self.focusNextChild)()
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect, patient = QPainter(self), tokens(), QRectF(self.rect()), self._patient
        if self.isChecked():
            painter.fillRect(rect, QColor(table.accent_tint))
        rule(painter, 0, self.width(), self.height() - 1)
        middle = rect.height() / 2
        icons.paint(painter, QRectF(16, middle - 12, 24, 24), patient.icon, table.ink2)
        low = rect.height() < 52
        top = (2, 20) if low else (8, 32)
        words(painter, QRectF(52, top[0], 200, 22), text(patient.name), font(Role.BODY, SEMIBOLD), table.ink)
        note = QRectF(52, top[1], rect.width() - 52 - _BAR - 24, 20)
        painter.setFont(font(Role.LABEL))
        said = painter.fontMetrics().elidedText(text(patient.note), Qt.TextElideMode.ElideMiddle, int(note.width()))
        words(painter, note, said, font(Role.LABEL), table.ink2)
        usual = patient.mark in {Mark.OK, Mark.OFF, Mark.TODO}
        ink, word = table.ink2 if usual else colour(patient.mark), text(patient.word)
        place = QRectF(rect.width() - 14 - 160, top[0], 160, 22)
        words(painter, place, word, font(Role.BODY), ink, _RIGHT)
        painter.setFont(font(Role.BODY))
        width = painter.fontMetrics().horizontalAdvance(word)
        paint_mark(painter, QRectF(place.right() - width - 22, top[0] + 3, 16, 16), patient.mark)
        self._paint_hour(painter, QRectF(rect.width() - 14 - _BAR, top[1] + 7, _BAR, 6))

    def _paint_hour(self, painter: QPainter, bar: QRectF) -> None:
        table, left = tokens(), bar.left()
        painter.fillRect(bar, QColor(table.line))
        for stretch in self._patient.hour:
            width = bar.width() * stretch.share
            part = QRectF(left, bar.top(), width, bar.height())
            if stretch.mark not in {Mark.OK, Mark.OFF, Mark.TODO}:  # what was not well is taller, so that grey shows it
                part.adjust(0, -3, 0, 3)
            ink = table.line if stretch.mark in {Mark.OFF, Mark.TODO} else colour(stretch.mark)
            painter.fillRect(part, QColor(ink))
            left += width

    def _say(self) -> None:
        self.setAccessibleName(f"{text(self._patient.name)} {text(self._patient.word)}")
        self.setToolTip(text(self._patient.note))
        self.update()


class PatientList(QWidget):
    """All devices, and the button that looks at all of them again."""

    chosen = Signal(str)
    all_again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("patients")
        self.setMinimumWidth(320)
        self.setMaximumWidth(_WIDTH)
        self._rows: dict[str, PatientRow] = {}
        head = QHBoxLayout()
        head.setContentsMargins(20, 12, 16, 8)
        head.addWidget(Label(say("doctor.title"), Role.AREA))
        head.addStretch(1)
        head.addWidget(Label(say("doctor.last_hour"), Role.NOTE, "ink2"))
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 1, 1, 0)
        self._list.setSpacing(0)
        self._again = Button(say("doctor.all_again"), key="Shift+F5", icon="refresh", name="all_again")
        self._again.clicked.connect(self.all_again)
        self._when = Label("", Role.LABEL, "ink2", name="examined_at")
        foot = QWidget()
        foot.setFixedHeight(measure.ACTION_BAR)
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(self._again)
        row.addStretch(1)
        row.addWidget(self._when)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._list)
        column.addStretch(1)
        column.addWidget(foot)
        self._foot = foot

    def show_state(self, state: DoctorState) -> None:
        """Show all devices."""
        for patient in state.patients:
            if patient.key not in self._rows:
                row = PatientRow(patient)
                row.clicked.connect(lambda _=False, key=patient.key: self.chosen.emit(key))
                self._rows[patient.key] = row
                self._list.addWidget(row)
            self._rows[patient.key].show_patient(patient)
            self._rows[patient.key].setChecked(patient.key == state.chosen)
        self._again.setEnabled(not state.examining)
        when = f"{state.examined_at:%H:%M:%S}" if state.examined_at else ""
        self._when.set_words(say("doctor.examined", time=when) if when else say("doctor.examining"))

    def focus_chosen(self) -> None:
        """Put the focus on the chosen device."""
        for row in self._rows.values():
            if row.isChecked():
                row.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), QColor(table.line))
        rule(painter, 0, self.width(), self._list.geometry().top())
        rule(painter, 0, self.width(), self._foot.y())
