"""An application as the sum of what happened to it; `domain.folding` folds one event after another into it."""

from dataclasses import dataclass, field
from datetime import date

from sscard_desk.domain.events import Difference, Material
from sscard_desk.domain.ids import AccountId, ApplicationId, BlobId, PersonKey
from sscard_desk.domain.photo_source import Consent, Provenance
from sscard_desk.domain.steps import FROM, Step


@dataclass(frozen=True)
class Signature:
    """One party's signature; it is valid while its digest is the application's."""

    party: str
    kind_of_signature: str
    digest: str
    evidence: BlobId | None
    by: AccountId
    seal: bytes = b""
    witness: AccountId | None = None
    content: str = ""
    """What it is of (`seals.shown_of`; of an approval `content_of`); empty on one of before, as are the two below."""
    nonce: str = ""
    content_seal: bytes = b""


@dataclass(frozen=True)
class KeptDocument:
    """A material that was scanned for the file."""

    material: str
    shape: str
    document: BlobId
    pages: int
    size: int
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class CardRun:
    """The card that this application writes or has written."""

    identification_code: str
    card_number: str
    profile: str
    digest: str
    issue_date: date
    valid_until: date
    state: str = "intended"
    """`intended`: nobody may be told anything before the card was read back; `written`: proved by reading back."""
    apdus: int = 0
    """How many commands the try took that ended well."""
    reset: str = ""
    """Historical bytes of its answer to reset, in hex."""


@dataclass(frozen=True)
class Application:
    """Where one application stands, and everything that was decided for it."""

    id: ApplicationId
    number: str
    step: Step
    id_number: str
    name: str
    document_kind: str
    evidence: str
    opened_by: AccountId
    origin: str
    person: PersonKey | None = None
    answers: dict[str, str] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    bank: str = ""
    bank_name: str = ""
    outlet: str = ""
    outlet_name: str = ""
    photo: BlobId | None = None
    photo_source: str = ""
    photo_provenance: Provenance | None = None
    photo_consents: tuple[Consent, ...] = ()
    """The consents to sources of the portrait that stand; one that was revoked is not among them."""
    chip_photo: BlobId | None = None
    """The WLT of the id card's chip, kept under a consent and not necessarily decoded yet."""
    photo_receipt: BlobId | None = None
    """The photo receipt that was pasted on the form, cut out of its scan."""
    photo_exempt: str = ""
    editions: dict[str, str] = field(default_factory=dict)
    """The edition of each signed form, as they held when the application began; empty for older journals."""
    edition: str = ""
    serial: str = ""
    copies: int = 0
    due: date | None = None
    counted: str = ""
    digest: str = ""
    materials: tuple[Material, ...] = ()
    documents: tuple[KeptDocument, ...] = ()
    """What was scanned, oldest first; what was taken back is not among it."""
    signatures: tuple[Signature, ...] = ()
    void_reason: str = ""
    sent_back_reason: str = ""
    signature_marks: dict[str, str] = field(default_factory=dict)
    """What each seal under a signature is known by (`seals.mark_of`), and what it was first of (`seals.shown_of`)."""
    approval: Signature | None = None
    approval_marks: tuple[str, ...] = ()
    """What the seals of all approvals are known by (`seals.mark_of`), fallen ones included."""
    card: CardRun | None = None
    spoiled: tuple[str, ...] = ()
    evidence_source: str = ""
    paper: BlobId | None = None
    """The kept registration form that says what stands in `digest`; None where nothing was drawn of it yet."""
    parties: tuple[str, ...] = ("applicant", "clerk")
    """Who has to sign in this case; told by the form as it was issued or taken back."""
    second_exception: str = ""
    """Why a supervisor allowed a second open application, if one did."""
    second_exempted_by: AccountId | None = None
    materials_exception: str = ""
    """Why a supervisor allowed materials to be missing, if one did."""
    materials_exempted_by: AccountId | None = None
    hand_over_exception: str = ""
    """Why a supervisor allowed the card to be handed over although something promised had not come, if one did."""
    hand_over_exempted_by: AccountId | None = None
    closed_reason: str = ""
    """Why it was withdrawn, refused or closed as expired."""
    closed_code: str = ""
    register_says: dict[str, str] = field(default_factory=dict)
    """What the register says in identity fields where document or applicant say otherwise; that stands on the card."""
    point: str = ""
    """The service point that it was transferred to; empty while it is where it was opened."""
    point_name: str = ""
    version: int = 0
    """How many events were folded, decisions about conflicts aside; an entry's `base_version` is this number at the
    centre, as far as the desk had seen it."""

    def __repr__(self) -> str:
        return f"Application(number={self.number!r}, step={self.step.value})"

    @property
    def photo_settled(self) -> bool:
        """Whether there is a portrait, or data asks for none."""
        return self.photo is not None or bool(self.photo_exempt)

    def photo_consent(self, source: str) -> Consent | None:
        """Return the consent to a source of the portrait that stands, or None."""
        return next((consent for consent in self.photo_consents if consent.source == source), None)

    @property
    def consent_revocable(self) -> bool:
        """Whether a consent can still be taken back: not once a card was begun, nor in production, nor at the end."""
        return self.step in FROM["photo.consent_revoked"] and self.card is None and not self.spoiled

    def valid_signatures(self) -> tuple[Signature, ...]:
        """Return the signatures that are bound to what the application says now."""
        return tuple(s for s in self.signatures if s.digest == self.digest)

    def signed_by(self, party: str) -> bool:
        """Return whether this party's signature stands and is valid."""
        return any(s.party == party for s in self.valid_signatures())

    def clerk_is(self, account: AccountId) -> bool:
        """Return whether this account's is the clerk's signature that stands."""
        return any(s.party == "clerk" and s.by == account for s in self.valid_signatures())

    def worked_on_by(self, account: AccountId) -> bool:
        """Return whether this account took it in or signed it as its clerk, and so cannot sign it off."""
        return self.opened_by == account or self.clerk_is(account)


PHOTO_RECEIPT = "photo_receipt"
"""What the place for a photo receipt is called among a form's cut-outs."""

CONSENT_REVOKED = "consent_revoked"
"""Why signatures fell when a consent was taken back."""

REQUIRED_PARTIES = ("applicant", "clerk")
"""Who signs where the case says nothing else."""

OUTSTANDING = frozenset({"missing", "promised"})
"""States of a material that has not come."""
