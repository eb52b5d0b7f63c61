"""Whether all rules were met for long enough to shoot by itself. No Qt."""

from collections.abc import Callable
from time import monotonic
from typing import Final

HOLD_S: Final = 0.5


class Steady:
    """Counts how long it has been good.

    Args:
        now: seconds of a clock that never goes back.
    """

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._since: float | None = None

    def seen(self, *, good: bool) -> bool:
        """Note one frame; return whether it has been good for half a second without a break."""
        if not good:
            self._since = None
            return False
        now = self._now()
        if self._since is None:
            self._since = now
        return now - self._since >= HOLD_S

    def forget(self) -> None:
        """Begin anew, after a shot."""
        self._since = None
