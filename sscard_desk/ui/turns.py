"""One thing in each turn of the event loop, so that the window never stands still for the sum of them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Turns(QObject):
    """Does what it was asked for, one thing a turn, in the order of asking.

    Between two turns the window lays out, paints and takes keys. What is asked again under the same name before its
    turn came is done once, in its newest form.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: dict[str, Callable[[], None]] = {}
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._next)

    def ask(self, name: str, work: Callable[[], None]) -> None:
        """Do something in a turn of its own."""
        self._waiting[name] = work
        self._clock.start(0)

    def awaits(self, name: str) -> bool:
        """Whether something of this name has not had its turn yet."""
        return name in self._waiting

    def finish(self) -> None:
        """Do all of it now, for pictures and for whoever cannot wait."""
        while self._waiting:
            self._next()

    def _next(self) -> None:
        work = self._waiting.pop(next(iter(self._waiting)))
        if not self._waiting:
            self._clock.stop()
        work()
