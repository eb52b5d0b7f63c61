"""Pushes of one desk in the order in which they came, where two of them are under way at a worker.

On a quick line a desk sends a batch before the one before it is answered (ADR 54). Each draws its turn once it has come
whole, and waits with what it unpacked and read until the one before it has committed; so they are read and their
receipts are sealed side by side, and none is answered `gap` for having been faster. At another worker one may still
overtake another: it is answered so and comes again. Who is no desk of that name ends as soon as its signature is looked
at: nobody holds up a desk by using its name, and whoever came after it waits for the push before it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock
from typing import Final

PATIENCE_SECONDS: Final = 5.0
"""After so long a push goes on without its turn."""


class Turn:
    """The turn of one push."""

    def __init__(self, before: "Turn | None") -> None:
        self.before = before
        """Who came before it; None once it waits for that one."""
        self.ended = Event()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait until the push before is done; this one is done when the block ends, its answer not yet made."""
        before, self.before = self.before, None
        until = time.monotonic() + PATIENCE_SECONDS
        while before is not None:
            before.ended.wait(max(0.0, until - time.monotonic()))
            before = before.before  # that of one that ended without its turn
        try:
            yield
        finally:
            self.ended.set()

    def under_way(self) -> "Turn | None":
        """Return this turn, the one before it where it ended without its own, or None where all of them ended."""
        turn: Turn | None = self
        while turn is not None and turn.ended.is_set():
            turn = turn.before
        return turn


class Turns:
    """The last turn of every desk that has a push under way."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last: dict[str, Turn] = {}

    @contextmanager
    def under_way(self, desk: str) -> Iterator[Turn]:
        """Draw the turn of a push that has come from a desk; the next one goes on when the block ends."""
        with self._lock:
            turn = self._last[desk] = Turn(self._last.get(desk))
        try:
            yield turn
        finally:
            turn.ended.set()
            with self._lock:
                if self._last.get(desk) is turn:
                    before = turn.under_way()
                    if before is None:
                        del self._last[desk]
                    else:
                        self._last[desk] = before
