"""How an application becomes what it is: `apply` folds one event after another."""

from dataclasses import replace
from typing import Final

from sscard_desk.domain import events
from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import StepNotAllowed
from sscard_desk.domain.events import Event
from sscard_desk.domain.folding.card import fold_card
from sscard_desk.domain.folding.conflict import corrected, settled, transferred
from sscard_desk.domain.folding.materials import brought, kept, taken_back
from sscard_desk.domain.folding.needs import form_again, need
from sscard_desk.domain.folding.photo import pasted_receipt, photo_consent, photo_settled
from sscard_desk.domain.folding.sign_off import approved, signed
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.domain.register import ON_CARD
from sscard_desk.domain.steps import FROM, Step


def open_application(application: ApplicationId, event: events.Opened, actor: AccountId) -> Application:
    """Return the application that begins with this event.

    It is copied from a blank one: setting fifty fields of a frozen value one by one took a sixth of the centre's time
    for a push.
    """
    begun = object.__new__(Application)
    vars(begun).update(
        _BLANK,
        id=application,
        number=event.number,
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
        register_says={},
        signature_marks={},
        version=1,
    )
    return begun


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
    after = _fold(before, event, actor)
    # a decision about entries is heard where they were written: it counts nowhere, so that all desks count the same
    return after if isinstance(event, events.ConflictSettled) else replace(after, version=before.version + 1)


def _fold(before: Application, event: Event, actor: AccountId) -> Application:  # noqa: C901, PLR0911, PLR0912 - one arm per event
    match event:
        case events.IdentityDecided(differences):
            decided = {d.field: d.new if d.taken else d.old for d in differences}
            register = {d.field: d.old for d in differences if d.field in ON_CARD and d.old}
            return replace(
                before,
                differences=differences,
                answers=before.answers | decided,
                register_says=before.register_says | register,
            )
        case events.IdentityScanned():
            return before  # evidence beside the answers; nothing of where the application stands changes by it
        case events.BankConfirmed():
            step = Step.BANK_CONFIRMED if before.step is Step.OPENED else form_again(before)
            return replace(
                before,
                step=step,
                bank=event.bank,
                bank_name=event.bank_name,
                outlet=event.outlet,
                outlet_name=event.outlet_name,
            )
        case events.PhotoAttached() | events.PhotoExempted():
            return photo_settled(before, event)
        case events.PhotoConsented() | events.ChipPhotoKept() | events.PhotoConsentRevoked():
            return photo_consent(before, event)
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
                photo_receipt=pasted_receipt(event) or before.photo_receipt,
                answers=dict(event.answers),
                digest=event.digest,
                paper=before.paper if event.digest == before.digest else None,
                parties=event.parties,
                signatures=(),
                register_says=corrected(before, event),
            )
        case events.MaterialsChecked():
            need(before, event, met=before.photo_settled)
            return replace(
                before,
                step=Step.MATERIALS_CHECKED,
                materials=event.materials,
                materials_exception=event.exception,
                materials_exempted_by=event.exempted_by,
                void_reason="",
            )
        case events.MaterialBrought():
            return brought(before, event)
        case events.DocumentKept():
            return kept(before, event)
        case events.DocumentTakenBack():
            return taken_back(before, event)
        case events.Signed():
            return signed(before, event, actor)
        case events.SignaturesVoided():
            need(before, event, met=before.card is None)
            return replace(before, step=Step.FORM_RETURNED, signatures=(), approval=None, void_reason=event.reason)
        case events.Approved():
            return approved(before, event, actor)
        case events.SentBack():
            need(before, event, met=before.card is None)
            step = Step.FORM_RETURNED if event.to == "form_returned" else Step.MATERIALS_CHECKED
            return replace(before, step=step, signatures=(), sent_back_reason=event.reason)
        case events.ApprovalDeferred():
            return replace(before, step=Step.APPROVAL_DEFERRED)
        case events.ConflictSettled():
            return settled(before, event)
        case events.Transferred():
            return transferred(before, event)
        case _:
            return fold_card(before, event)


_BLANK: Final = vars(
    Application(
        id=ApplicationId(""),
        number="",
        step=Step.OPENED,
        id_number="",
        name="",
        document_kind="",
        evidence="",
        opened_by=AccountId(""),
        origin="",
    )
)
