"""Where the portrait comes from, and what was consented to."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from sscard_desk.domain.events.base import Event
from sscard_desk.domain.ids import AccountId, BlobId
from sscard_desk.domain.photo_source import Provenance


@dataclass(frozen=True)
class PhotoAttached(Event):
    """A portrait that meets the rules was chosen."""

    kind: ClassVar[str] = "photo.attached"
    photo: BlobId
    source: str
    """`camera`, `file`, `scanner`, `studio`, `chip`, `register`."""
    size: int
    measures: dict[str, float] = field(default_factory=dict)
    alterations: tuple[str, ...] = ()
    original: BlobId | None = None
    provenance: Provenance | None = None
    """What is on record of where it came from; None on entries from before it was kept."""


@dataclass(frozen=True)
class PhotoConsented(Event):
    """The applicant, or who signs for a child, consented to one source of the portrait (单独同意).

    `kind_of_signature` and `seal` are as on `Signed`; `digest` is the SHA-256 of the words that were shown.
    """

    kind: ClassVar[str] = "photo.consented"
    source: str
    """`chip` or `register`."""
    edition: str
    language: str
    digest: str
    at: datetime
    party: str
    kind_of_signature: str
    evidence: BlobId | None
    witness: AccountId | None = None
    seal: bytes = b""


@dataclass(frozen=True)
class ChipPhotoKept(Event):
    """The picture in the id card's chip was kept as it was read (1,024 bytes of WLT), under a consent."""

    kind: ClassVar[str] = "photo.chip_kept"
    original: BlobId


@dataclass(frozen=True)
class PhotoConsentRevoked(Event):
    """A consent was taken back: the portrait from that source goes, and what was signed with it."""

    kind: ClassVar[str] = "photo.consent_revoked"
    source: str
    reason: str


@dataclass(frozen=True)
class PhotoExempted(Event):
    """Data asks for no photo in this case."""

    kind: ClassVar[str] = "photo.exempted"
    reason: str
