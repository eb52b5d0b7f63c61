"""The portrait, the consents to its sources, and the receipt that was pasted on the form."""

from dataclasses import replace

from sscard_desk.domain import events
from sscard_desk.domain.application import CONSENT_REVOKED, PHOTO_RECEIPT, Application
from sscard_desk.domain.folding.needs import form_again, need
from sscard_desk.domain.ids import BlobId
from sscard_desk.domain.photo_source import Consent, needs_consent
from sscard_desk.domain.steps import Step


def pasted_receipt(event: events.FormReturned) -> BlobId | None:
    """Return the receipt that was cut out of a form's scan, or None."""
    return next((cut.blob for cut in event.cut_outs if cut.name == PHOTO_RECEIPT), None)


def photo_settled(before: Application, event: events.PhotoAttached | events.PhotoExempted) -> Application:
    """Keep the portrait, or that none is asked for."""
    step = form_again(before)
    if isinstance(event, events.PhotoExempted):
        return replace(before, step=step, photo=None, photo_source="", photo_provenance=None, photo_exempt=event.reason)
    allowed = not needs_consent(event.source) or before.photo_consent(event.source) is not None
    need(before, event, met=allowed)
    return replace(
        before,
        step=step,
        photo=event.photo,
        photo_source=event.source,
        photo_provenance=event.provenance,
        photo_exempt="",
    )


def photo_consent(
    before: Application, event: events.PhotoConsented | events.ChipPhotoKept | events.PhotoConsentRevoked
) -> Application:
    """Give a consent, keep the chip's picture under it, or take it back."""
    match event:
        case events.PhotoConsented():
            need(before, event, met=needs_consent(event.source))
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
            need(before, event, met=before.photo_consent("chip") is not None)
            return replace(before, chip_photo=event.original)
        case events.PhotoConsentRevoked():
            stands = before.photo_consent(event.source) is not None
            need(before, event, met=stands and before.consent_revocable)
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
