"""Locks the window when nobody touches it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

_AWAKE: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})


class IdleWatch(QObject):
    """Locks after some minutes without a key or a click.

    It looks at what reaches the window that has the keyboard, not at every event of every widget: that would take a
    fifth of the time in which a page is shown.

    Args:
        app: whose windows are looked at.
        minutes: how long.
        idle: called once when the time is up.
    """

    def __init__(self, app: QApplication, minutes: int, idle: Callable[[], None]) -> None:
        super().__init__()
        self._app = app
        self._watched: QWindow | None = None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(minutes * 60_000)
        self._clock.timeout.connect(idle)
        app.focusWindowChanged.connect(self._follow)
        self._follow(app.focusWindow())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _AWAKE:
            self._clock.start()
        return False

    def stop(self) -> None:
        """Look no longer."""
        self._clock.stop()
        self._app.focusWindowChanged.disconnect(self._follow)
        self._leave()

    def _follow(self, window: QWindow | None) -> None:
        self._leave()
        self._watched = window
        if window is not None:
            window.installEventFilter(self)
        self._clock.start()

    def _leave(self) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = None
