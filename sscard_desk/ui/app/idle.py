"""Knows when nobody touches the window: after a minute it is quiet, after some minutes it is locked."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

QUIET_MS: Final = 60_000
_AWAKE: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})


class IdleWatch(QObject):
    """Locks after some minutes without a key or a click.

    It looks at what reaches the window that has the keyboard, not at every event of every widget: that would take a
    fifth of the time in which a page is shown.

    Args:
        app: whose windows are looked at.
        minutes: how long.
        idle: called once when the time is up.
        quiet: called once when nobody touched it for a minute.
    """

    def __init__(
        self, app: QApplication, minutes: int, idle: Callable[[], None], quiet: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__()
        self._watched: QWindow | None = None
        self._clock = self._made(minutes * 60_000, idle)
        self._quiet = self._made(QUIET_MS, quiet)
        self._following = app.focusWindowChanged.connect(self._follow)
        self._follow(app.focusWindow())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _AWAKE:
            self._begin()
        return False

    def stop(self) -> None:
        """Look no longer."""
        self._clock.stop()
        self._quiet.stop()
        QObject.disconnect(self._following)  # by its handle: by name, what has gone already is a warning
        self._leave()

    def _follow(self, window: QWindow | None) -> None:
        self._leave()
        self._watched = window
        if window is not None:
            window.installEventFilter(self)
        self._begin()

    def _made(self, milliseconds: int, call: Callable[[], None]) -> QTimer:
        clock = QTimer(self)
        clock.setSingleShot(True)
        clock.setInterval(milliseconds)
        clock.timeout.connect(call)
        return clock

    def _begin(self) -> None:
        self._clock.start()
        self._quiet.start()

    def _leave(self) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = None
