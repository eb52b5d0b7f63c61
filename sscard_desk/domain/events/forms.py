"""The bank that was chosen, the registration form that went out and came back."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sscard_desk.domain.events.base import Event
from sscard_desk.domain.events.identity import Difference
from sscard_desk.domain.ids import BlobId


@dataclass(frozen=True)
class BankConfirmed(Event):
    """The applicant chose the card-issuing bank on the confirmation form."""

    kind: ClassVar[str] = "bank.confirmed"
    bank: str
    bank_name: str
    outlet: str
    edition: str
    serial: str
    paper: BlobId | None = None
    outlet_name: str = ""


@dataclass(frozen=True)
class FormIssued(Event):
    """The registration form was printed and handed out; the time limit runs.

    The reason of a reprint stands in the print's own record (`PrintOrdered` of the same serial).
    """

    kind: ClassVar[str] = "form.issued"
    edition: str
    serial: str
    copy: int
    answers: dict[str, str]
    digest: str
    due: date | None
    paper: BlobId | None = None
    reprint_reason: str = ""
    counted: str = ""
    """How `due` was counted, a `Counting` word; empty on entries from before it was kept."""
    parties: tuple[str, ...] = ("applicant", "clerk")
    """Who signs in this case; the last one is the clerk."""


@dataclass(frozen=True)
class CutOut:
    """A signature or receipt that was cut out of a scan: `name` is the signature's field, or `photo_receipt`."""

    name: str
    blob: BlobId


@dataclass(frozen=True)
class FormReturned(Event):
    """The form came back; each correction is shown old and new."""

    kind: ClassVar[str] = "form.returned"
    answers: dict[str, str]
    changes: tuple[Difference, ...]
    digest: str
    parties: tuple[str, ...] = ("applicant", "clerk")
    """Who signs in this case, by the answers as they came back."""
    scans: tuple[BlobId, ...] = ()
    """The pages that were scanned, straightened, in their order."""
    cut_outs: tuple[CutOut, ...] = ()
    """What was cut out of them."""
