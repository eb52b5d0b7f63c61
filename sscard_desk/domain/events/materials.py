"""What was brought, and what of it was scanned."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sscard_desk.domain.events.base import Event
from sscard_desk.domain.ids import AccountId, BlobId


@dataclass(frozen=True)
class Material:
    """One thing to bring and how it was shown: `original_seen`, `copy_kept`, `missing`, `promised`."""

    name: str
    state: str
    promised: date | None = None
    copy: BlobId | None = None
    """The scanned document that is the copy, where one was scanned here."""


@dataclass(frozen=True)
class MaterialsChecked(Event):
    """The clerk held the materials against the checklist of the case."""

    kind: ClassVar[str] = "materials.checked"
    materials: tuple[Material, ...]
    exception: str = ""
    exempted_by: AccountId | None = None


@dataclass(frozen=True)
class MaterialBrought(Event):
    """Something that was missing or promised has come; signatures stand, because no answer changed."""

    kind: ClassVar[str] = "material.brought"
    name: str
    state: str
    copy: BlobId | None = None
    """The scanned document that is the copy, where one was scanned here."""


@dataclass(frozen=True)
class DocumentKept(Event):
    """A material was scanned; the document is kept for the file. Its name in the store is the SHA-256 of the PDF."""

    kind: ClassVar[str] = "document.kept"
    material: str
    shape: str
    """A kind of `resources/cases/documents.toml`."""
    document: BlobId
    pages: int
    size: int
    doubts: tuple[str, ...] = ()
    """Rules of the legibility check that a page does not meet, and that were accepted."""


@dataclass(frozen=True)
class DocumentTakenBack(Event):
    """A scanned document does not count any more: scanned anew, or scanned of the wrong thing."""

    kind: ClassVar[str] = "document.taken_back"
    document: BlobId
    reason: str = ""
