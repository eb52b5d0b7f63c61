"""Takes a scanner's burst out of whatever field has the focus and leaves that field as it was."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from sscard_desk.ui.burst import Burst

PRIVATE = "private"
"""Property of a window whose keys are never listened to: a PIN is typed there."""
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class ScannerKeys(QObject):
    """Watches the focused widget. `scanned` tells the code; the Enter that closed it reaches nobody."""

    scanned = Signal(str)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.listening = True  # the window says where a burst has somewhere to go
        self._watched: QWidget | None = None
        self._burst = Burst()
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not self.listening:
            return False
        if not event.timestamp():  # made by a program, not by a keyboard: it has no rhythm
            return False
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.key() in _ENTER and not held:
            code = self._burst.enter(event.timestamp())
            if code:
                self._put_back()
                self.scanned.emit(code)
            return bool(code)
        if event.text().isprintable() and event.text() and not held:
            self._burst.character(event.text(), event.timestamp(), self._held())
        elif event.key() not in {Qt.Key.Key_Shift, Qt.Key.Key_CapsLock}:
            self._burst.forget()
        return False

    def _held(self) -> str:
        if isinstance(self._watched, QLineEdit):
            return self._watched.text()
        return self._watched.toPlainText() if isinstance(self._watched, QPlainTextEdit) else ""

    def _put_back(self) -> None:
        if isinstance(self._watched, QLineEdit):
            self._watched.setText(self._burst.before)
            self._watched.textEdited.emit(self._burst.before)
        elif isinstance(self._watched, QPlainTextEdit):
            self._watched.setPlainText(self._burst.before)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        if new is not None and new.window().property(PRIVATE):
            new = None  # whoever types there types for nobody else
        self._watched = new
        self._burst.forget()
        if new is not None:
            new.installEventFilter(self)
