"""How far a large list has come, and how its load is ended between two pieces."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

TELL_EVERY_S: Final = 0.25


@dataclass(frozen=True)
class Loading:
    """A scope that comes as one file.

    Attributes:
        scope: which one.
        part: `fetch` while it comes over the line, `apply` while it is put in place.
        done: bytes or items so far.
        of: bytes or items in all; 0 where that is not known yet.
    """

    scope: str
    part: Literal["fetch", "apply"]
    done: int
    of: int


class LoadEnded(Exception):
    """The pass was told to end while a large list came; what was there before stays."""


class LoadHeld(Exception):
    """A large list waits for what goes before it; what came of its file is kept, and the next fetch goes on there."""


class LoadWatch:
    """Tells how far a load is, not more than some times a second, and ends it where the pass is to end.

    Args:
        told: is told.
        go_on: whether the pass goes on.
        hold: whether a file that is being fetched waits; one that is being put in place is never held, since that
            begins anew each time.
    """

    def __init__(
        self, told: Callable[[Loading], None], go_on: Callable[[], bool], hold: Callable[[], bool] = lambda: False
    ) -> None:
        self._told, self.go_on, self.hold = told, go_on, hold
        self._last = 0.0

    def fetched(self, scope: str) -> Callable[[int, int], None]:
        """Return what is called with (bytes here, bytes in all); it raises LoadEnded or LoadHeld."""

        def came(done: int, of: int) -> None:
            self._tell(Loading(scope, "fetch", done, of))
            if done != of and self.hold():
                raise LoadHeld

        return came

    def applied(self, scope: str, of: int) -> Callable[[int], None]:
        """Return what is called with the items applied; it raises LoadEnded where the pass is to end."""
        return lambda done: self._tell(Loading(scope, "apply", done, of))

    def _tell(self, at: Loading) -> None:
        if not self.go_on():
            raise LoadEnded
        now = time.monotonic()
        if now - self._last >= TELL_EVERY_S or at.done == at.of:
            self._last = now
            self._told(at)
