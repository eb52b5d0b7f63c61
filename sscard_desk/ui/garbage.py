"""Python's collector of reference cycles, kept on the window's thread.

Python collects on whichever thread happens to allocate. A cycle of widgets that is found on a lane is then destroyed
there, and Qt ends the whole program with a broken memory. So the collector is switched off while there are lanes, and
this clock does its work on the window's own thread.

What has grown old is many objects and little garbage: looking through it takes long enough to be felt, so it waits for
a moment in which nobody works at the window.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

LOOK_MS: Final = 50
"""How often the count is looked at: often, so that each collection has little to look through."""


class Garbage(QObject):
    """Collects on the thread that made it, until `close`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled, self._settled = gc.isenabled(), False
        gc.disable()
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.look)
        self._clock.start(LOOK_MS)

    def look(self) -> None:
        """Collect what is young: a few milliseconds at the most."""
        if gc.get_count()[0] > gc.get_threshold()[0]:
            gc.collect(0)

    @staticmethod
    def look_at_all() -> None:
        """Collect whatever its age; nobody works at the window now."""
        gc.collect()

    def settle(self) -> None:
        """Look no more at what is there now: the program itself, which stays to the end. Done once."""
        if not self._settled:
            self._settled = True
            gc.freeze()

    def close(self) -> None:
        """Give collecting back to Python, once no lane runs any more."""
        self._clock.stop()
        if self._was_enabled:
            gc.enable()
