"""What happened at the desk itself."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.events.base import Event


@dataclass(frozen=True)
class SessionNoted(Event):
    """Somebody signed in, locked, unlocked or signed out; subject is the account."""

    kind: ClassVar[str] = "session.noted"
    act: str


@dataclass(frozen=True)
class PayloadErased(Event):
    """What own entries said was erased under a retention rule; their headers stay. Names entries, nobody."""

    kind: ClassVar[str] = "payload.erased"
    entries: tuple[int, ...]
    reason: str
