"""Who the applicant is, and that their application was begun."""

from dataclasses import dataclass, field
from typing import ClassVar

from sscard_desk.domain.events.base import Event
from sscard_desk.domain.ids import AccountId, BlobId, PersonKey


@dataclass(frozen=True)
class Difference:
    """One field that differs between two sources, and which value was taken.

    Attributes:
        field: name of the field in the registration form.
        old: the value before.
        new: the value taken over, or offered and declined.
        taken: whether `new` was taken.
        source: where `new` comes from: `id_card`, `applicant`, `register`.
    """

    field: str
    old: str
    new: str
    taken: bool
    source: str


@dataclass(frozen=True)
class Opened(Event):
    """An application was begun for a person who stands at the counter."""

    kind: ClassVar[str] = "application.opened"
    number: str
    id_number: str
    name: str
    document_kind: str
    evidence: str
    """How the identity was shown, an `Evidence` word: `chip`, `typed`, `scanned`, `electronic`, `register`."""
    answers: dict[str, str]
    """The form's values known from the start, by field name."""
    person: PersonKey | None = None
    origin: str = "walk_in"
    exception: str = ""
    """Why a second open application was allowed, if it was."""
    exempted_by: AccountId | None = None
    """The supervisor who allowed it."""
    evidence_source: str = ""
    """What was shown: an id of `resources/cases/evidence.toml`, for example `temporary_id_card`."""
    editions: dict[str, str] = field(default_factory=dict)
    """The edition of each signed form that this application keeps to its end, by the form's name."""


@dataclass(frozen=True)
class IdentityDecided(Event):
    """The differences between card and register were decided one by one."""

    kind: ClassVar[str] = "identity.decided"
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class ScanConfirmed:
    """One field of a scanned document as the clerk confirmed it.

    Attributes:
        field: name of the form's field.
        verdict: what the proposal was held against, a `ScanVerdict` word.
        changed: whether the clerk put it right.
    """

    field: str
    verdict: str
    changed: bool


@dataclass(frozen=True)
class IdentityScanned(Event):
    """Identity was taken from the scan of a document: what was compared, by whom it is said, and the scan itself."""

    kind: ClassVar[str] = "identity.scanned"
    scans: tuple[BlobId, ...]
    """The files as they were scanned; the name of each is its SHA-256."""
    fields: tuple[ScanConfirmed, ...]
    person: str
    """How the portrait was compared: `camera` beside a picture of the person, `seen` beside the person alone."""
