"""The card, the way to it, and the end of an application."""

from dataclasses import replace

from sscard_desk.domain import events
from sscard_desk.domain.application import Application, CardRun
from sscard_desk.domain.errors.operator import StepNotAllowed
from sscard_desk.domain.events import Event
from sscard_desk.domain.folding.needs import need
from sscard_desk.domain.steps import Step


def fold_card(before: Application, event: Event) -> Application:  # noqa: C901, PLR0911 - one arm per event
    """Fold an event about the card, its way to the holder, or the end."""
    match event:
        case events.CardIntended():
            need(before, event, met=before.card is None)
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
            card = replace(run_now, state="written", apdus=event.apdus, reset=event.reset)
            return replace(before, step=Step.CARD_WRITTEN, card=card)
        case events.CardSpoiled():
            need(before, event, met=before.card is not None)
            step = Step.APPROVED if before.approval else Step.APPROVAL_DEFERRED
            return replace(before, step=step, card=None, spoiled=(*before.spoiled, event.identification_code))
        case events.HandedOver():
            need(before, event, met=before.approval is not None)
            return replace(
                before,
                step=Step.HANDED_OVER,
                hand_over_exception=event.exception,
                hand_over_exempted_by=event.exempted_by,
            )
        case events.SentToProduction():
            need(before, event, met=before.card is None)
            return replace(before, step=Step.SENT_TO_PRODUCTION)
        case events.CardReceived():
            return replace(before, step=Step.CARD_RECEIVED)
        case events.Withdrawn():
            need(before, event, met=before.card is None)
            return replace(before, step=Step.WITHDRAWN, closed_reason=event.reason)
        case events.Refused():
            need(before, event, met=before.card is None)
            return replace(before, step=Step.REFUSED, closed_reason=event.reason, closed_code=event.code)
        case events.Expired():
            need(before, event, met=before.card is None)
            return replace(before, step=Step.EXPIRED, closed_reason=event.reason)
        case _:
            raise StepNotAllowed(act=event.kind, step=before.step.value)
