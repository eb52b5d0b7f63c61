"""What every entry of the journal is."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Event:
    """One act, as the journal keeps it."""

    kind: ClassVar[str]
    schema: ClassVar[int] = 1
