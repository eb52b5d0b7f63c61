"""What a clerk decides where the centre did not take an entry, and what is asked of the register."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.events.base import Event
from sscard_desk.domain.events.identity import Difference
from sscard_desk.domain.ids import AccountId, PersonKey


@dataclass(frozen=True)
class ConflictSettled(Event):
    """Somebody decided what becomes of own entries that the centre did not take; subject is theirs.

    What the entries say stays in the journal and at the centre. `outcome` is a `Settlement` word of `domain.conflicts`.
    """

    kind: ClassVar[str] = "conflict.settled"
    entries: tuple[str, ...]
    """The entry ids that this one mends."""
    outcome: str
    reason: str = ""
    taken: tuple[str, ...] = ()
    """Names of the fields in which this desk's own value was taken."""
    exception: str = ""
    """Why a second open application was allowed, if it was."""
    exempted_by: AccountId | None = None
    """The supervisor who allowed it."""
    number: str = ""
    """The application's new number, where it got one."""


@dataclass(frozen=True)
class CorrectionRequested(Event):
    """Document or applicant say otherwise than the register, which is asked to correct itself.

    In each difference `old` is the register's value, `new` what is said, `source` who says it.
    """

    kind: ClassVar[str] = "correction.requested"
    differences: tuple[Difference, ...]
    person: PersonKey | None = None
