"""Locks the window when nobody touches it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

_AWAKE: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})


class IdleWatch(QObject):
    """Locks after some minutes without a key or a click.

    Args:
        app: whose events are looked at.
        minutes: how long.
        idle: called once when the time is up.
    """

    def __init__(self, app: QApplication, minutes: int, idle: Callable[[], None]) -> None:
        super().__init__()
        self._app = app
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(minutes * 60_000)
        self._clock.timeout.connect(idle)
        self._clock.start()
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _AWAKE:
            self._clock.start()
        return False

    def stop(self) -> None:
        """Look no longer."""
        self._clock.stop()
        self._app.removeEventFilter(self)
