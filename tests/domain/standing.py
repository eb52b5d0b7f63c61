"""Applications that stand at each step, and an event of every kind that could be tried on them."""

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sscard_desk.domain import events
from sscard_desk.domain.application import Application, CardRun, Signature
from sscard_desk.domain.conflicts.outcomes import Settlement
from sscard_desk.domain.events import Event
from sscard_desk.domain.ids import AccountId, ApplicationId, BlobId
from sscard_desk.domain.photo_source import Consent
from sscard_desk.domain.steps import Step
from tests.machines.counter import citizen_number

CLERK, SUPERVISOR = AccountId("c1" * 16), AccountId("5b" * 16)
DIGEST = "d2"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass(frozen=True)
class At:
    """The card of an application."""

    code: str = "33" * 16
    card_number: str = "B22451259"

    @property
    def intended(self) -> events.CardIntended:
        return events.CardIntended(
            self.code, self.card_number, "training", DIGEST, ("08",), date(2026, 3, 2), date(2036, 3, 1)
        )


AT = At()
_ORDER = list(Step)


def standing_at(step: Step, *, number: str = "", running: int = 1, at: At = AT) -> Application:
    """An application at a step, with everything that led there."""
    reached = _ORDER.index(step)
    consent = Consent("chip", "1", "zh_CN", "p1", NOW, "applicant", "strokes")
    plain = Application(
        id=ApplicationId(secrets.token_hex(16)),
        number=number or f"P01D01-25-{secrets.randbelow(10**9):09d}",
        step=step,
        id_number=citizen_number(running),
        name="训练",
        document_kind="citizen",
        evidence="typed",
        opened_by=CLERK,
        origin="walk_in",
        answers={"phone": "13900000000"},
        photo_exempt="under 7",
        photo_consents=(consent,),
        materials=(events.Material("household_register", "promised", date(2026, 4, 1)),),
        version=5,
    )
    if reached < _ORDER.index(Step.FORM_ISSUED):
        return plain
    formed = replace(plain, bank="95588", digest=DIGEST, edition="1", serial="S")
    if reached < _ORDER.index(Step.SIGNED):
        return formed
    signatures = tuple(Signature(party, "strokes", DIGEST, None, CLERK) for party in formed.parties)
    signed = replace(formed, signatures=signatures)
    if step in {Step.SIGNED, Step.APPROVAL_DEFERRED}:
        return signed
    approval = Signature("supervisor", "password", DIGEST, None, SUPERVISOR, b"seal")
    approved = replace(signed, approval=approval)
    if step in {Step.CARD_WRITTEN, Step.HANDED_OVER}:
        run = CardRun(
            at.code, at.card_number, "training", DIGEST, date(2026, 3, 2), date(2036, 3, 1), state="written", apdus=40
        )
        return replace(approved, card=run)
    return approved


def events_at(application: Application, at: At = AT) -> tuple[Event, ...]:
    """One event of every kind that moves an application, made to fit it as far as its step lets."""
    blob = BlobId("ab" * 32)
    return (
        events.IdentityDecided((events.Difference("address", "旧", "新", taken=True, source="id_card"),)),
        events.IdentityScanned((blob,), (), "seen"),
        events.BankConfirmed("95588", "示例银行", "", "1", "S"),
        events.PhotoAttached(blob, "camera", 20_000),
        events.PhotoExempted("age"),
        events.PhotoConsented("chip", "1", "zh_CN", "p1", NOW, "applicant", "strokes", None),
        events.ChipPhotoKept(blob),
        events.PhotoConsentRevoked("chip", "asked"),
        events.FormIssued("1", "S", 1, {}, DIGEST, date(2026, 3, 30)),
        events.FormReturned({}, (), DIGEST),
        events.MaterialsChecked(application.materials),
        events.MaterialBrought("household_register", "original_seen"),
        events.DocumentKept("household_register", "pages", blob, 2, 180_000),
        events.Signed("applicant", "strokes", DIGEST, None),
        events.SignaturesVoided("changed"),
        events.Approved(DIGEST, b"seal"),
        events.SentBack("blurred", "form_returned"),
        events.ApprovalDeferred("alone"),
        at.intended,
        events.CardWritten(at.code, DIGEST, 40, ("08",)),
        events.CardSpoiled(at.code, "torn out"),
        events.HandedOver(),
        events.SentToProduction("factory"),
        events.CardReceived(at.card_number + "X", ""),
        events.Withdrawn("asked"),
        events.Refused("no residence"),
        events.Expired("limit"),
        events.Transferred("P-02", "另一个服务站"),
        events.ConflictSettled((), Settlement.DROPPED),
    )
