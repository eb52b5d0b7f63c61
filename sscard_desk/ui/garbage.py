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

LOOK_MS: Final = 500
"""How often the counts are looked at; a look that finds nothing to do costs a microsecond."""
_YOUNG: Final = (0, 1)


class Garbage(QObject):
    """Collects on the thread that made it, until `close`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.look)
        self._clock.start(LOOK_MS)

    def look(self) -> None:
        """Collect what is young, as often as Python itself would."""
        due = [age for age in _YOUNG if gc.get_count()[age] > gc.get_threshold()[age]]
        if due:
            gc.collect(max(due))

    @staticmethod
    def look_at_all() -> None:
        """Collect what is old too; nobody works at the window now."""
        gc.collect()

    def close(self) -> None:
        """Give collecting back to Python, once no lane runs any more."""
        self._clock.stop()
        if self._was_enabled:
            gc.enable()
