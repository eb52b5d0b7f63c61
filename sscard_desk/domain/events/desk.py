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
    """What entries of one subject said was erased here; their headers stay. Names entries, nobody.

    Attributes:
        entries: own entries, by seq; none where the desk only had what other desks wrote.
        reason: a word of `domain.erasure.Why`.
        rule: what it was erased by: so many days, or the time of the centre's order.
        foreign: how many entries of other desks were erased.
        blobs: how many pictures and scans.
    """

    kind: ClassVar[str] = "payload.erased"
    entries: tuple[int, ...]
    reason: str
    rule: str = ""
    foreign: int = 0
    blobs: int = 0


@dataclass(frozen=True)
class DateSet(Event):
    """A supervisor said which day it is, because this computer's clock was wrong; subject is the account.

    Attributes:
        day: the day that it is, ISO 8601.
        shift_ms: what is added to this clock from here on, milliseconds; 0 takes an earlier one back.
        reason: in words, without personal data.
    """

    kind: ClassVar[str] = "date.set"
    day: str
    shift_ms: int
    reason: str


@dataclass(frozen=True)
class ErasureAsked(Event):
    """A person asked at the counter that what is kept of an application be erased; the centre decides.

    Attributes:
        by: who asked: `applicant`, `guardian` or `agent`.
        reason: in the person's words, as the clerk noted them.
    """

    kind: ClassVar[str] = "erasure.asked"
    by: str
    reason: str
