"""What is kept how long, and what persons asked to be erased, as the window asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sscard_desk.domain.erasure import Erasure, ErasureRequest


@dataclass(frozen=True)
class Standing:
    """What stands at this desk.

    Attributes:
        desk_days: so many days after it ended and the centre received it, an application is forgotten here.
        backup_days: so long after an erasure a backup may still hold the data.
        requests: what persons asked for, oldest first.
        erasures: what is to be, or was, erased here, oldest first.
        unsent: by subject: how many entries of a waiting erasure the centre has not received.
        numbers: by subject: the application's number, where it is still known.
    """

    desk_days: int
    backup_days: int
    requests: Sequence[ErasureRequest]
    erasures: Sequence[Erasure]
    unsent: dict[str, int]
    numbers: dict[str, str]


class ErasureBook(Protocol):
    """Reads and asks, in the name of whoever is signed in; never on the window's thread."""

    def standing(self) -> Standing:
        """Return what stands."""

    def ask(self, number: str, by: str, reason: str) -> None:
        """Record that a person asks for erasure; the centre decides.

        Args:
            number: of the application.
            by: `applicant`, `guardian` or `agent`.
            reason: in the person's words.

        Raises:
            ApplicationUnknown: no application has this number here.
            RoleMissing, ReasonMissing: who asks, and why.
        """
