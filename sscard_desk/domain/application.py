"""An application as the sum of what happened to it: `apply` folds one event after another."""

from dataclasses import dataclass, field, replace
from datetime import date

from sscard_desk.domain import events
from sscard_desk.domain.errors.operator import OwnApplication, SignatureVoid, StepNotAllowed
from sscard_desk.domain.events import Difference, Event, Material
from sscard_desk.domain.ids import AccountId, ApplicationId, BlobId, PersonKey
from sscard_desk.domain.photo_source import Consent, Provenance, needs_consent
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
    approval: Signature | None = None
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
    version: int = 0
    """How many events were folded; the centre's `base_version` counts the same."""

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


PHOTO_RECEIPT = "photo_receipt"
"""What the place for a photo receipt is called among a form's cut-outs."""

CONSENT_REVOKED = "consent_revoked"
"""Why signatures fell when a consent was taken back."""

REQUIRED_PARTIES = ("applicant", "clerk")
"""Who signs where the case says nothing else."""

OUTSTANDING = frozenset({"missing", "promised"})
"""States of a material that has not come."""


def open_application(application: ApplicationId, event: events.Opened, actor: AccountId) -> Application:
    """Return the application that begins with this event."""
    return Application(
        id=application,
        number=event.number,
        step=Step.OPENED,
        id_number=event.id_number,
        name=event.name,
        document_kind=event.document_kind,
        evidence=event.evidence,
        opened_by=actor,
        origin=event.origin,
        person=event.person,
        answers=dict(event.answers),
        evidence_source=event.evidence_source,
        second_exception=event.exception,
        second_exempted_by=event.exempted_by,
        editions=dict(event.editions),
        version=1,
    )


def apply(before: Application, event: Event, actor: AccountId) -> Application:
    """Return the application after one more event.

    Args:
        before: where it stood.
        event: what happened.
        actor: the account that did it.

    Raises:
        StepNotAllowed: the act does not lead on from this step.
        OwnApplication: an approval by who took the application in.
        SignatureVoid: a signature or approval of other content than the present one.
    """
    if before.step not in FROM.get(event.kind, frozenset()):
        raise StepNotAllowed(act=event.kind, step=before.step.value)
    return replace(_fold(before, event, actor), version=before.version + 1)


def _fold(before: Application, event: Event, actor: AccountId) -> Application:  # noqa: C901, PLR0911, PLR0912 - one arm per event
    match event:
        case events.IdentityDecided(differences):
            decided = {d.field: d.new if d.taken else d.old for d in differences}
            return replace(before, differences=differences, answers=before.answers | decided)
        case events.BankConfirmed():
            step = Step.BANK_CONFIRMED if before.step is Step.OPENED else _form_again(before)
            return replace(
                before,
                step=step,
                bank=event.bank,
                bank_name=event.bank_name,
                outlet=event.outlet,
                outlet_name=event.outlet_name,
            )
        case events.PhotoAttached() | events.PhotoExempted():
            return _photo_settled(before, event)
        case events.PhotoConsented() | events.ChipPhotoKept() | events.PhotoConsentRevoked():
            return _photo_consent(before, event)
        case events.FormIssued():
            return replace(
                before,
                step=Step.FORM_ISSUED,
                edition=event.edition,
                serial=event.serial,
                copies=event.copy,
                answers=dict(event.answers),
                digest=event.digest,
                paper=event.paper,
                due=event.due,
                counted=event.counted,
                parties=event.parties,
                signatures=(),
            )
        case events.FormReturned():
            return replace(
                before,
                step=Step.FORM_RETURNED,
                photo_receipt=_pasted(event) or before.photo_receipt,
                answers=dict(event.answers),
                digest=event.digest,
                paper=before.paper if event.digest == before.digest else None,
                parties=event.parties,
                signatures=(),
            )
        case events.MaterialsChecked():
            _need(before, event, met=before.photo_settled)
            return replace(
                before,
                step=Step.MATERIALS_CHECKED,
                materials=event.materials,
                materials_exception=event.exception,
                materials_exempted_by=event.exempted_by,
                void_reason="",
            )
        case events.MaterialBrought():
            return _brought(before, event)
        case events.DocumentKept():
            return _kept(before, event)
        case events.DocumentTakenBack():
            return _taken_back(before, event)
        case events.Signed():
            return _signed(before, event, actor)
        case events.SignaturesVoided():
            _need(before, event, met=before.card is None)
            return replace(before, step=Step.FORM_RETURNED, signatures=(), approval=None, void_reason=event.reason)
        case events.Approved():
            return _approved(before, event, actor)
        case events.SentBack():
            _need(before, event, met=before.card is None)
            step = Step.FORM_RETURNED if event.to == "form_returned" else Step.MATERIALS_CHECKED
            return replace(before, step=step, signatures=(), sent_back_reason=event.reason)
        case events.ApprovalDeferred():
            return replace(before, step=Step.APPROVAL_DEFERRED)
        case _:
            return _fold_card(before, event)


def _fold_card(before: Application, event: Event) -> Application:  # noqa: C901, PLR0911 - one arm per event
    match event:
        case events.CardIntended():
            _need(before, event, met=before.card is None)
            run = CardRun(
                event.identification_code,
                event.card_number,
                event.profile,
                event.digest,
                event.issue_date,
                event.valid_until,
            )
            return replace(before, card=run)
        case events.CardWritten():
            run_now = before.card
            if run_now is None or (run_now.identification_code, run_now.digest) != (
                event.identification_code,
                event.digest,
            ):
                raise StepNotAllowed(act=event.kind, step=before.step.value)
            return replace(before, step=Step.CARD_WRITTEN, card=replace(run_now, state="written", apdus=event.apdus))
        case events.CardSpoiled():
            _need(before, event, met=before.card is not None)
            step = Step.APPROVED if before.approval else Step.APPROVAL_DEFERRED
            return replace(before, step=step, card=None, spoiled=(*before.spoiled, event.identification_code))
        case events.HandedOver():
            _need(before, event, met=before.approval is not None)
            return replace(
                before,
                step=Step.HANDED_OVER,
                hand_over_exception=event.exception,
                hand_over_exempted_by=event.exempted_by,
            )
        case events.SentToProduction():
            _need(before, event, met=before.card is None)
            return replace(before, step=Step.SENT_TO_PRODUCTION)
        case events.CardReceived():
            return replace(before, step=Step.CARD_RECEIVED)
        case events.Withdrawn():
            _need(before, event, met=before.card is None)
            return replace(before, step=Step.WITHDRAWN, closed_reason=event.reason)
        case events.Refused():
            _need(before, event, met=before.card is None)
            return replace(before, step=Step.REFUSED, closed_reason=event.reason, closed_code=event.code)
        case events.Expired():
            _need(before, event, met=before.card is None)
            return replace(before, step=Step.EXPIRED, closed_reason=event.reason)
        case _:
            raise StepNotAllowed(act=event.kind, step=before.step.value)


def _form_again(before: Application) -> Step:
    # the digest of a returned form covers bank and portrait: with another one it has to be taken back once more
    return Step.FORM_ISSUED if before.step is Step.FORM_RETURNED else before.step


def _pasted(event: events.FormReturned) -> BlobId | None:
    return next((cut.blob for cut in event.cut_outs if cut.name == PHOTO_RECEIPT), None)


def _photo_settled(before: Application, event: events.PhotoAttached | events.PhotoExempted) -> Application:
    step = _form_again(before)
    if isinstance(event, events.PhotoExempted):
        return replace(before, step=step, photo=None, photo_source="", photo_provenance=None, photo_exempt=event.reason)
    allowed = not needs_consent(event.source) or before.photo_consent(event.source) is not None
    _need(before, event, met=allowed)
    return replace(
        before,
        step=step,
        photo=event.photo,
        photo_source=event.source,
        photo_provenance=event.provenance,
        photo_exempt="",
    )


def _photo_consent(
    before: Application, event: events.PhotoConsented | events.ChipPhotoKept | events.PhotoConsentRevoked
) -> Application:
    match event:
        case events.PhotoConsented():
            _need(before, event, met=needs_consent(event.source))
            others = tuple(consent for consent in before.photo_consents if consent.source != event.source)
            given = Consent(
                event.source,
                event.edition,
                event.language,
                event.digest,
                event.at,
                event.party,
                event.kind_of_signature,
            )
            return replace(before, photo_consents=(*others, given))
        case events.ChipPhotoKept():
            _need(before, event, met=before.photo_consent("chip") is not None)
            return replace(before, chip_photo=event.original)
        case events.PhotoConsentRevoked():
            stands = before.photo_consent(event.source) is not None
            _need(before, event, met=stands and before.consent_revocable)
            return _without_consent(before, event.source)


def _without_consent(before: Application, source: str) -> Application:
    """Take a consent off, and the portrait with it if it came from there; a form that came back is open again."""
    left = tuple(consent for consent in before.photo_consents if consent.source != source)
    chip = None if source == "chip" else before.chip_photo
    after = replace(before, photo_consents=left, chip_photo=chip)
    if before.photo_source != source:
        return after
    after = replace(after, photo=None, photo_source="", photo_provenance=None)
    if before.step in {Step.OPENED, Step.BANK_CONFIRMED, Step.FORM_ISSUED}:
        return after
    return replace(after, step=Step.FORM_ISSUED, signatures=(), approval=None, void_reason=CONSENT_REVOKED)


def _brought(before: Application, event: events.MaterialBrought) -> Application:
    """Change the state of a material that was missing or promised; nothing else can come later."""
    open_ = {material.name for material in before.materials if material.state in OUTSTANDING}
    _need(before, event, met=event.name in open_)
    now = Material(event.name, event.state, copy=event.copy)
    return replace(before, materials=tuple(now if m.name == event.name else m for m in before.materials))


def _kept(before: Application, event: events.DocumentKept) -> Application:
    """Add a document; the same one a second time is the same document."""
    kept = KeptDocument(event.material, event.shape, event.document, event.pages, event.size, event.doubts)
    others = tuple(each for each in before.documents if each.document != event.document)
    return replace(before, documents=(*others, kept))


def _taken_back(before: Application, event: events.DocumentTakenBack) -> Application:
    """Drop a document; a material that was checked by it alone has to be looked at again."""
    _need(before, event, met=any(each.document == event.document for each in before.documents))
    left = tuple(each for each in before.documents if each.document != event.document)
    materials = tuple(each for each in before.materials if each.copy != event.document)
    step = before.step if len(materials) == len(before.materials) else Step.FORM_RETURNED
    return replace(before, documents=left, materials=materials, step=step)


def _signed(before: Application, event: events.Signed, actor: AccountId) -> Application:
    if event.digest != before.digest:
        raise SignatureVoid(party=event.party)
    signature = Signature(
        event.party, event.kind_of_signature, event.digest, event.evidence, actor, event.seal, event.witness
    )
    others = tuple(s for s in before.signatures if s.party != event.party)
    after = replace(
        before,
        signatures=(*others, signature),
        sent_back_reason="",
        approval=None,
        paper=event.paper or before.paper,
    )
    complete = all(after.signed_by(party) for party in after.parties)
    return replace(after, step=Step.SIGNED if complete else Step.MATERIALS_CHECKED)


def _approved(before: Application, event: events.Approved, actor: AccountId) -> Application:
    if actor == before.opened_by:
        raise OwnApplication
    if event.digest != before.digest or not all(before.signed_by(party) for party in before.parties):
        raise SignatureVoid(party="supervisor")
    approval = Signature("supervisor", "password", event.digest, None, actor, event.seal)
    step = before.step if before.step is Step.CARD_WRITTEN else Step.APPROVED
    return replace(before, step=step, approval=approval)


def _need(before: Application, event: Event, *, met: bool) -> None:
    if not met:
        raise StepNotAllowed(act=event.kind, step=before.step.value)
