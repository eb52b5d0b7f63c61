"""How much goes into one push: half after a time-out, growing back with every answer."""

from dataclasses import dataclass
from typing import Final

from sscard_desk.wire.messages import MAX_ENTRIES, MAX_PUSH_BYTES

SMALLEST: Final = 8


@dataclass
class Pace:
    """The size of the next batch; lives as long as the agent."""

    entries: int = MAX_ENTRIES

    @property
    def max_bytes(self) -> int:
        """How many bytes go with so many entries."""
        return MAX_PUSH_BYTES * self.entries // MAX_ENTRIES

    def halve(self) -> None:
        """No answer came in time: try less."""
        self.entries = max(SMALLEST, self.entries // 2)

    def grow(self) -> None:
        """An answer came: try more."""
        self.entries = min(MAX_ENTRIES, self.entries * 2)
