"""How much goes over the line at once: begins small, doubles with every answer, and fits what the line carries.

A batch is made to take a few seconds. A line of 32 kbit/s then moves some thirty entries at a time, and one that drops
every twenty seconds gets each of them through before it drops.
"""

from dataclasses import dataclass
from typing import Final

from sscard_desk.wire.messages import MAX_BLOB_BYTES, MAX_BLOBS, MAX_ENTRIES, MAX_PAGE, MAX_PUSH_BYTES

FIRST: Final = 64
SMALLEST: Final = 8
SMALLEST_BYTES: Final = 4_096
SECONDS: Final = 5.0
"""What a batch is made to take."""
ITEM_BYTES: Final = 600
"""About what one item of a feed takes on the line."""
MOST_ABREAST: Final = 2
"""Requests under way at once, at most."""
VERY_QUICK: Final = 2_000_000
"""A line that carries so many bytes a second takes less for a batch than the centre does."""
QUICK: Final = 100_000
"""A line that carries so many bytes a second is idle for a good part of the time that one request is answered in."""
MOST_NAMES: Final = 500
_NAME_BYTES: Final = 66
_NAMES_SHARE: Final = 20
"""Asking for names takes a twentieth of what a batch is made to take."""
_SHORTEST: Final = 0.001


@dataclass
class Pace:
    """The size of the next batch; lives as long as the agent.

    Attributes:
        entries: the most entries of a batch.
        bytes_a_second: what the last answered batch went through with, as it lay on the line; None before the first.
        packing: how many bytes of entries the last batch had for each on the line.
        seconds: what a batch is made to take.
    """

    entries: int = FIRST
    bytes_a_second: float | None = None
    packing: float = 1.0
    seconds: float = SECONDS

    @property
    def max_bytes(self) -> int:
        """How many bytes of entries go at once."""
        return min(MAX_PUSH_BYTES * self.entries // MAX_ENTRIES, self._carried(MAX_PUSH_BYTES, self.packing))

    @property
    def blob_bytes(self) -> int:
        """How many bytes of pictures go at once."""
        return self._carried(MAX_BLOB_BYTES)

    @property
    def names(self) -> int:
        """How many blobs are asked for at once."""
        return max(MAX_BLOBS, self._carried(MOST_NAMES * _NAME_BYTES * _NAMES_SHARE) // _NAMES_SHARE // _NAME_BYTES)

    @property
    def abreast(self) -> int:
        """How many requests with pictures are under way at once: one until the line is known to be quick."""
        return MOST_ABREAST if (self.bytes_a_second or 0.0) >= QUICK else 1

    @property
    def pushes(self) -> int:
        """How many batches of the journal are under way at once."""
        return MOST_ABREAST if (self.bytes_a_second or 0.0) >= VERY_QUICK else 1

    @property
    def page(self) -> int:
        """How many items of a feed are asked for at once."""
        return max(SMALLEST, min(MAX_PAGE, self._carried(MAX_PAGE * ITEM_BYTES) // ITEM_BYTES))

    def halve(self) -> None:
        """No answer came in time: try less."""
        self.entries = max(SMALLEST, self.entries // 2)
        if self.bytes_a_second is not None:
            self.bytes_a_second /= 2

    def grow(self) -> None:
        """An answer came: try more."""
        self.entries = min(MAX_ENTRIES, self.entries * 2)

    def carried(self, size: int, seconds: float) -> None:
        """Note how long the line took for something.

        A small batch tells more of the way than of the line, so it only ever raises what is known.

        Args:
            size: bytes on the line.
            seconds: until its answer had come.
        """
        rate = size / max(seconds, _SHORTEST)
        known = self.bytes_a_second
        if known is None or rate > known or seconds > self.seconds / 2:
            self.bytes_a_second = rate

    def _carried(self, most: int, packing: float = 1.0) -> int:
        if self.bytes_a_second is None:
            return most
        return max(SMALLEST_BYTES, min(most, int(self.bytes_a_second * packing * self.seconds)))
