"""How long the window's thread was ever blocked: a heartbeat on that thread, and the gaps between its beats."""

from time import monotonic
from typing import Final

from PySide6.QtCore import QAbstractEventDispatcher, QObject, Qt, QTimer

BEAT_MS: Final = 10


class StallWatch(QObject):
    """Measures the longest block. Costs a timer of 10 ms; pause it while pictures are taken.

    A beat that comes later than its 10 ms was held up by whatever ran on the thread before it; the delay is the block,
    to within one beat. A block ends with a turn of the event loop, where keys and clicks have their chance: two short
    pieces of work with a turn between them are two blocks.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = ""
        self._longest: dict[str, float] = {}
        self._expected = 0.0
        self._clock = QTimer(self)
        self._clock.setTimerType(Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._beat)
        loop = QAbstractEventDispatcher.instance()
        if loop is not None:
            loop.awake.connect(self._turn)

    @property
    def longest_ms(self) -> float:
        """The longest block so far, in milliseconds."""
        return max(self._longest.values(), default=0.0) * 1000

    @property
    def by_place(self) -> dict[str, float]:
        """The longest block at each place, in milliseconds, in the order in which the places were first entered."""
        return {place: seconds * 1000 for place, seconds in self._longest.items()}

    def enter(self, place: str) -> None:
        """Say where the window is from now on; a block on the border counts for both places."""
        if self._clock.isActive():
            self._note()
        self._place = place

    def start(self) -> None:
        """Begin, or go on after a pause."""
        self._expected = monotonic() + BEAT_MS / 1000
        self._clock.start(BEAT_MS)

    def pause(self) -> None:
        """Stop looking, for work on the window's thread that is not the window's own, such as taking pictures."""
        if self._clock.isActive():
            self._note()
        self._clock.stop()

    def _beat(self) -> None:
        self._note()
        self._expected = monotonic() + BEAT_MS / 1000

    def _turn(self) -> None:
        """The event loop begins another turn; a beat that is due already waits for its end."""
        if self._clock.isActive() and monotonic() > self._expected:
            self._note()
            self._expected = monotonic()

    def _note(self) -> None:
        self._longest[self._place] = max(self._longest.get(self._place, 0.0), monotonic() - self._expected)
