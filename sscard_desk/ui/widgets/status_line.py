"""The line at the foot: each device in shape, name and word; unsent entries; days left offline; F1."""

from enum import IntEnum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from sscard_desk.ui.fonts import MEDIUM, SEMIBOLD, Role, font, text_width
from sscard_desk.ui.language import text
from sscard_desk.ui.states import DeviceWord, Mark, StatusState
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.ending import end_widget
from sscard_desk.ui.widgets.keycap import Keycap
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.paint import words
from sscard_desk.ui.widgets.state_mark import colour, paint_mark
from sscard_desk.ui.words import say

_MARK = 14.0
_GAP, _GROUP_GAP = 6, 12
_FEW_DAYS, _WARN_DAYS = 2, 7


UNSENT = "unsent"
"""What the word of the line is called among the devices: it leads to what waits to be sent."""


class Detail(IntEnum):
    """How much of each device there is room for."""

    ALL = 0
    WORDS_THAT_DIFFER = 1  # every name, and the words that are not the usual ones
    DEVICES_THAT_DIFFER = 2  # name and word of what is not well, the mark of everything else


class DeviceButton(QAbstractButton):
    """One device; pressing it opens the doctor page there. Only words that differ from normal are coloured."""

    def __init__(self, device: DeviceWord) -> None:
        super().__init__()
        self._device, self._detail = device, Detail.ALL
        self.setObjectName(f"status_{device.key}")
        self.setProperty("ring", "inside")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._say()

    def show_device(self, device: DeviceWord) -> None:
        """Show another state; the same one costs nothing."""
        if device != self._device:
            self._device = device
            self._say()

    def set_detail(self, detail: Detail) -> None:
        """Say more or less; the tooltip and screen readers always have all of it."""
        if detail is not self._detail:
            self._detail = detail
            self._say()

    def sizeHint(self) -> QSize:
        return QSize(round(self._name_width() + self._word_width() + _MARK + 16), measure.STATUS_LINE - 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect = QPainter(self), tokens(), QRectF(self.rect())
        paint_mark(painter, QRectF(2, (rect.height() - _MARK) / 2, _MARK, _MARK), self._device.mark)
        left = _MARK + 8
        if self._detail is not Detail.DEVICES_THAT_DIFFER or not self._usual():
            words(painter, rect.adjusted(left, 0, 0, 0), text(self._device.name), font(Role.LABEL), table.ink2)
        left += self._name_width()
        ink = table.ink if self._usual() else colour(self._device.mark)
        words(painter, rect.adjusted(left, 0, 0, 0), self._word(), font(Role.LABEL, MEDIUM), ink)

    def _usual(self) -> bool:
        return self._device.mark in {Mark.OK, Mark.OFF, Mark.TODO}

    def _word(self) -> str:
        return "" if self._detail is not Detail.ALL and self._usual() else text(self._device.word)

    def _name_width(self) -> float:
        if self._detail is Detail.DEVICES_THAT_DIFFER and self._usual():
            return 0
        return text_width(text(self._device.name), Role.LABEL) + 6

    def _word_width(self) -> float:
        return text_width(self._word(), Role.LABEL, MEDIUM)

    def _say(self) -> None:
        said = f"{text(self._device.name)} {text(self._device.word)}"
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.updateGeometry()
        self.update()


class StatusLine(QWidget):
    """40 high, over the whole width."""

    device_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status_line")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFixedHeight(measure.STATUS_LINE)
        self._state: StatusState | None = None
        self._devices: dict[str, DeviceButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(18, 1, 16, 0)
        self._row.setSpacing(_GAP)
        self._note = Label("", Role.LABEL, "ink2")
        self._unsent = DeviceButton(_unsent(0))
        self._unsent.clicked.connect(lambda: self.device_chosen.emit(UNSENT))
        self._days_name, self._days = Label(say("shell.offline"), Role.LABEL, "ink2"), Label("", Role.LABEL)
        self._days.setObjectName("offline_days")
        self._days.setFont(font(Role.LABEL, SEMIBOLD))
        self._row.addStretch(1)
        key = Keycap("F1")
        keys = Label(say("shell.keys"), Role.LABEL, "ink2")
        self._right = (self._note, self._unsent, self._days_name, self._days, key, keys)
        for widget in self._right:
            if widget in {self._days_name, key}:
                self._row.addSpacing(_GROUP_GAP)
            self._row.addWidget(widget)

    def show_state(self, state: StatusState) -> None:
        """Show all devices and how much has not been sent."""
        if state == self._state:
            return
        self._state = state
        if tuple(self._devices) != tuple(device.key for device in state.devices):
            self._build(state.devices)
        for device in state.devices:
            self._devices[device.key].show_device(device)
        self._note.set_words(state.note)
        self._unsent.show_device(_unsent(state.unsent))
        shown = state.offline_days is not None
        self._days_name.setVisible(shown)
        self._days.setVisible(shown)
        if state.offline_days is not None:
            self._days.set_words(say("shell.days", n=state.offline_days))
            few = state.offline_days < _WARN_DAYS
            self._days.set_ink("err" if state.offline_days < _FEW_DAYS else "warn" if few else "ink")
        self.fit()

    def fit(self) -> None:
        """Give each device as much room as there is."""
        devices = tuple(self._devices.values())
        taken = sum(widget.sizeHint().width() for widget in self._right if not widget.isHidden())
        gaps = 2 * _GROUP_GAP + _GAP * (self._row.count() - len(devices))
        room = self.width() - taken - gaps - 34
        for detail in Detail:
            for button in devices:
                button.set_detail(detail)
            if sum(button.sizeHint().width() + _GAP for button in devices) <= room:
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            QTimer.singleShot(0, self, self.fit)

    def first(self) -> QWidget | None:
        """Return the first device, for F6."""
        return next(iter(self._devices.values()), None)

    def device(self, key: str) -> DeviceButton:
        """Return the button of one device."""
        return self._devices[key]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        painter.fillRect(self.rect(), QColor(table.surface))
        painter.fillRect(QRectF(0, 0, self.width(), 1), QColor(table.line))

    def _build(self, devices: tuple[DeviceWord, ...]) -> None:
        for button in self._devices.values():
            end_widget(button)
        self._devices = {device.key: DeviceButton(device) for device in devices}
        for at, (key, button) in enumerate(self._devices.items()):
            self._row.insertWidget(at, button)
            button.clicked.connect(lambda _=False, chosen=key: self.device_chosen.emit(chosen))


def _unsent(count: int) -> DeviceWord:
    return DeviceWord(UNSENT, say("shell.unsent"), Mark.TODO if count else Mark.OK, str(count))
