"""Knows whether an input method composes (its pre-edit text is not empty) in whatever has the focus."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class Composing(QObject):
    """Watches the focused widget only: an event filter on the whole application would slow every event down."""

    changed = Signal(bool)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._watched: QWidget | None = None
        self._composing = False
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    @property
    def composing(self) -> bool:
        """Whether keys belong to the input method now."""
        return self._composing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._set(composing=bool(event.preeditString()))
        return False

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = new
        self._set(composing=False)
        if new is not None:
            new.installEventFilter(self)

    def _set(self, *, composing: bool) -> None:
        if composing != self._composing:
            self._composing = composing
            self.changed.emit(composing)
