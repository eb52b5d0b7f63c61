"""How an application ends without a card."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sscard_desk.domain.events.base import Event


@dataclass(frozen=True)
class Withdrawn(Event):
    """The applicant does not go on."""

    kind: ClassVar[str] = "application.withdrawn"
    reason: str = ""


@dataclass(frozen=True)
class Refused(Event):
    """The service point does not accept the application."""

    kind: ClassVar[str] = "application.refused"
    reason: str
    code: str = ""
    """The reason's id in `resources/cases/closing.toml`, if one of these was chosen."""
    missing: tuple[str, ...] = ()
    """Names of the materials that were missing then, for the notice of refusal."""


@dataclass(frozen=True)
class Expired(Event):
    """Somebody closed the application because its time limit had passed."""

    kind: ClassVar[str] = "application.expired"
    reason: str
    due: date | None = None
    """The day that had passed."""
