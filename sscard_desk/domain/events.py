"""What can happen to an application: one frozen value per journal entry.

`kind` is the word in the journal, `schema` the number of its shape; fields are only ever added, with a default.
Payloads may hold personal data; the header of an entry never does.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Final

from sscard_desk.domain.ids import AccountId, BlobId, PersonKey, PrintId
from sscard_desk.domain.photo_source import Provenance


@dataclass(frozen=True)
class Event:
    """One act, as the journal keeps it."""

    kind: ClassVar[str]
    schema: ClassVar[int] = 1


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


@dataclass(frozen=True)
class Signed(Event):
    """One party signed what was shown; the signature is bound to its digest.

    `kind_of_signature`: `paper` (signed and scanned), `strokes`, `thumb` (with a witness). A stroke is evidence, not a
    certified electronic signature, and neither is a thumb print. `seal` is an account's Ed25519 signature over
    `sealed_bytes`: the clerk's for the clerk, the witness's for a thumb print.
    """

    kind: ClassVar[str] = "application.signed"
    party: str
    """`applicant`, `clerk`, `guardian` or `agent`."""
    kind_of_signature: str
    digest: str
    evidence: BlobId | None
    witness: AccountId | None = None
    seal: bytes = b""
    paper: BlobId | None = None
    """The paper that was shown to who signed; None on entries from before it was kept."""


@dataclass(frozen=True)
class SignaturesVoided(Event):
    """Signed content changed, so every signature fell; the form is open again."""

    kind: ClassVar[str] = "signatures.voided"
    reason: str


@dataclass(frozen=True)
class Approved(Event):
    """A supervisor signed off with an own password."""

    kind: ClassVar[str] = "application.approved"
    digest: str
    seal: bytes


@dataclass(frozen=True)
class SentBack(Event):
    """A supervisor sent the application back to the clerk."""

    kind: ClassVar[str] = "application.sent_back"
    reason: str
    to: str = "materials_checked"


@dataclass(frozen=True)
class ApprovalDeferred(Event):
    """A point with one person goes on; the card stays here until somebody else approved."""

    kind: ClassVar[str] = "approval.deferred"
    reason: str


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


@dataclass(frozen=True)
class CardSpoiled(Event):
    """A card is known not to be usable; the application takes a new blank."""

    kind: ClassVar[str] = "card.spoiled"
    identification_code: str
    reason: str


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


@dataclass(frozen=True)
class PrintOrdered(Event):
    """A paper is to be printed; committed before the printer hears of it. Subject is the application, or the list."""

    kind: ClassVar[str] = "print.ordered"
    print: PrintId
    form: str
    edition: str
    serial: str
    copy: int
    pages: int
    printer: str
    """What the printer is called here; never a person's name."""
    digest: str = ""
    due: date | None = None
    counted: str = ""
    """How the days until then were counted, a word of `domain.due.Counting`."""
    paper: BlobId | None = None
    reason: str = ""
    """Why it is printed again, a code of the table `reprint_reason`; required from the second copy on."""
    words: str = ""
    members: tuple[PrintId, ...] = ()
    """Prints that stand in this document too, such as the forms of a class: what the printer says holds for them."""
    within: PrintId | None = None
    """The print whose document holds this one; it is handed over and followed with it."""


@dataclass(frozen=True)
class PrintMoved(Event):
    """The printer has the job, or the job ended. `state` is a word of `domain.prints.PrintState`."""

    kind: ClassVar[str] = "print.moved"
    print: PrintId
    state: str
    job: str = ""


@dataclass(frozen=True)
class PaperSpoiled(Event):
    """A sheet came out wrong or was torn; it is kept for the register of spoiled paper."""

    kind: ClassVar[str] = "paper.spoiled"
    print: PrintId
    reason: str
    """A code of the table `spoiled_reason`."""
    words: str = ""


@dataclass(frozen=True)
class SessionNoted(Event):
    """Somebody signed in, locked, unlocked or signed out; subject is the account."""

    kind: ClassVar[str] = "session.noted"
    act: str


@dataclass(frozen=True)
class PayloadErased(Event):
    """What own entries said was erased under a retention rule; their headers stay. Names entries, nobody."""

    kind: ClassVar[str] = "payload.erased"
    entries: tuple[int, ...]
    reason: str


KINDS: dict[str, type[Event]] = {
    event.kind: event
    for event in (
        Opened,
        IdentityDecided,
        BankConfirmed,
        PhotoAttached,
        PhotoConsented,
        ChipPhotoKept,
        PhotoConsentRevoked,
        PhotoExempted,
        FormIssued,
        FormReturned,
        MaterialsChecked,
        MaterialBrought,
        DocumentKept,
        DocumentTakenBack,
        Signed,
        SignaturesVoided,
        Approved,
        SentBack,
        ApprovalDeferred,
        CardIntended,
        CardWritten,
        CardSpoiled,
        HandedOver,
        SentToProduction,
        CardReceived,
        Withdrawn,
        Refused,
        Expired,
        PrintOrdered,
        PrintMoved,
        PaperSpoiled,
        SessionNoted,
        PayloadErased,
    )
}
"""Every event by its word in the journal."""

PRINTS: Final = frozenset({PrintOrdered.kind, PrintMoved.kind, PaperSpoiled.kind})
"""What happened to papers: their subject is an application, but where it stands does not change by them."""
