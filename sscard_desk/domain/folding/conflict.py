"""How a conflict ended, and an application that goes to another service point."""

from dataclasses import replace

from sscard_desk.domain import events
from sscard_desk.domain.application import Application
from sscard_desk.domain.conflicts.outcomes import Settlement, outcomes_of_second
from sscard_desk.domain.folding.needs import need
from sscard_desk.domain.register import ON_CARD
from sscard_desk.domain.steps import ENDED, Step


def settled(before: Application, event: events.ConflictSettled) -> Application:
    """Fold what was decided; entries that were dropped are left out where the application is folded anew."""
    match event.outcome:
        case Settlement.WITHDRAWN:
            need(before, event, met=Settlement.WITHDRAWN in outcomes_of_second(before))
            if before.step in ENDED:
                return before  # it was closed here before anybody knew of the other one
            return replace(before, step=Step.WITHDRAWN, closed_reason=event.reason)
        case Settlement.KEPT_BOTH:
            need(before, event, met=bool(event.exception and event.exempted_by))
            return replace(before, second_exception=event.exception, second_exempted_by=event.exempted_by)
        case Settlement.RENUMBERED:
            need(before, event, met=bool(event.number))
            return replace(before, number=event.number)
        case _:
            return before


def transferred(before: Application, event: events.Transferred) -> Application:
    """Give the application to another service point; an approval falls, since a supervisor of that point gives it."""
    need(before, event, met=before.card is None and bool(event.to_point))
    signed = {Step.APPROVED, Step.APPROVAL_DEFERRED}
    step = Step.SIGNED if before.step in signed else before.step
    return replace(before, step=step, approval=None, point=event.to_point, point_name=event.to_name)


def corrected(before: Application, event: events.FormReturned) -> dict[str, str]:
    """Return what the register says where the applicant corrected an identity field on the form."""
    if before.person is None:
        return before.register_says
    said = {each.field: each.old for each in event.changes if each.field in ON_CARD and each.old}
    return said | before.register_says
