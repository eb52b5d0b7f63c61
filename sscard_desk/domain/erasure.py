"""Erasing what a desk or the centre knows of one subject: why, and how far it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Why(StrEnum):
    """Why personal data were erased; the value is its word in journal, feed and texts."""

    REQUEST = "request"
    """The person asked for it, and the centre decided so."""
    KEEPING_PERIOD = "keeping-period"
    """The period for which the centre keeps them is over."""
    DESK_DAYS = "desk-days"
    """The desk needs them no more; the centre has them."""

    @property
    def from_centre(self) -> bool:
        """Whether the centre erased them too."""
        return self is not Why.DESK_DAYS


@dataclass(frozen=True)
class Erasure:
    """One subject of which everything personal goes, or went.

    Attributes:
        subject: an application, a list or a batch: a random key or a list's number, nothing personal.
        why: the reason.
        rule: in which days or by which order.
        asked: when this desk heard of it, UTC.
        seq: the own journal entry that explains it, None while it waits.
        done: when it was carried out, None while it waits.
    """

    subject: str
    why: Why
    rule: str
    asked: datetime
    seq: int | None = None
    done: datetime | None = None

    @property
    def waiting(self) -> bool:
        """Whether something of it has not been received by the centre yet."""
        return self.seq is None


class RequestState(StrEnum):
    """How far a person's request is; the value is its word in texts."""

    UNSENT = "unsent"
    """The centre has not received it yet."""
    ASKED = "asked"
    """The centre has it, and nobody has decided."""
    REFUSED = "refused"
    WAITING = "waiting"
    """Granted; something has to be received before it is carried out here."""
    ERASED = "erased"


@dataclass(frozen=True)
class ErasureRequest:
    """A person's request.

    Attributes:
        subject: the application.
        desk: where it was recorded.
        asked: when, UTC.
        state: how far it is.
        words: why it was refused, as the person is told it.
    """

    subject: str
    desk: str
    asked: datetime
    state: RequestState
    words: str = ""
