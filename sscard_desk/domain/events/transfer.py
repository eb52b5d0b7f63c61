"""An application that goes to another service point. Subject is the application."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.events.base import Event


@dataclass(frozen=True)
class TransferAsked(Event):
    """A service point asks for an application of another one, because its applicant stands here."""

    kind: ClassVar[str] = "transfer.asked"
    number: str
    to_point: str
    reason: str


@dataclass(frozen=True)
class Transferred(Event):
    """The application belongs to another service point from here on."""

    kind: ClassVar[str] = "application.transferred"
    to_point: str
    to_name: str = ""
    reason: str = ""


@dataclass(frozen=True)
class TransferDeclined(Event):
    """The service point that has the application keeps it."""

    kind: ClassVar[str] = "transfer.declined"
    to_point: str
    reason: str
