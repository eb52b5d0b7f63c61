"""The card: intended, written, spoiled, made elsewhere, handed over."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sscard_desk.domain.events.base import Event
from sscard_desk.domain.ids import AccountId, BlobId


@dataclass(frozen=True)
class CardIntended(Event):
    """Committed before the first record is sent: which blank gets which records."""

    kind: ClassVar[str] = "card.intended"
    identification_code: str
    card_number: str
    profile: str
    digest: str
    items: tuple[str, ...]
    issue_date: date
    valid_until: date


@dataclass(frozen=True)
class CardWritten(Event):
    """Every byte was read back and compared."""

    kind: ClassVar[str] = "card.written"
    identification_code: str
    digest: str
    apdus: int
    items: tuple[str, ...]
    reset: str = ""
    """Historical bytes of the card's answer to reset, in hex."""


@dataclass(frozen=True)
class CardSpoiled(Event):
    """A card is known not to be usable; the application takes a new blank."""

    kind: ClassVar[str] = "card.spoiled"
    identification_code: str
    reason: str


@dataclass(frozen=True)
class PinServed(Event):
    """A card's PIN was worked on for its holder; subject is the card's identification code, and no digit is kept.

    `act`: `verify`, `set`, `change`, `unblock`, `reset`. `outcome`: `begun` before the card is changed, then `done`,
    `wrong`, `refused`, or `unknown` where the answer was lost.
    """

    kind: ClassVar[str] = "card.pin_served"
    act: str
    outcome: str
    reason: str = ""


@dataclass(frozen=True)
class HandedOver(Event):
    """The applicant, or who came for them, has the card."""

    kind: ClassVar[str] = "card.handed_over"
    receiver: str = "applicant"
    evidence: BlobId | None = None
    exception: str = ""
    """Why it was handed over although something promised has not come, if a supervisor allowed that."""
    exempted_by: AccountId | None = None


@dataclass(frozen=True)
class SentToProduction(Event):
    """The card is made elsewhere."""

    kind: ClassVar[str] = "production.sent"
    place: str


@dataclass(frozen=True)
class CardReceived(Event):
    """The card came back from production."""

    kind: ClassVar[str] = "production.received"
    card_number: str
    identification_code: str = ""
    box: str = ""
    """Where it lies in the delivery."""
