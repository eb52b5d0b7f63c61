"""Bodies of requests while they come: together they have a limit, whoever sends them.

Who a body is from is known only once it has come whole. So what has come of all of them is bounded, and where the bound
is met the largest one gives way: requests of an ordinary size go on beside somebody who fills the memory.
"""

from dataclasses import dataclass, field
from typing import Final

MOST_BYTES: Final = 64_000_000


@dataclass(eq=False)
class Body:
    """One body.

    Attributes:
        bytes: what has come of it.
        gave_way: it was dropped; its sender comes again later.
    """

    bytes: bytearray = field(default_factory=bytearray)
    gave_way: bool = False


class Coming:
    """All bodies that are coming to one worker; on the loop's thread alone."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        """Begin with none.

        Args:
            most: bytes of all of them.
        """
        self._most = most
        self._bodies = set[Body]()
        self._held = 0

    @property
    def held(self) -> int:
        """How many bytes are here."""
        return self._held

    def begin(self) -> Body:
        """Return a body that is coming now."""
        body = Body()
        self._bodies.add(body)
        return body

    def add(self, body: Body, piece: bytes) -> None:
        """Take what comes next; the largest of all gives way where there is too much."""
        if body.gave_way:
            return
        body.bytes += piece
        self._held += len(piece)
        while self._held > self._most:
            largest = max(self._bodies, key=lambda one: len(one.bytes))
            self._held -= len(largest.bytes)
            largest.bytes = bytearray()
            largest.gave_way = True

    def end(self, body: Body) -> None:
        """Hold nothing of it any more."""
        self._bodies.discard(body)
        self._held -= len(body.bytes)
