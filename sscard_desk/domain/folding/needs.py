"""What an event needs of the application that it happens to."""

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import StepNotAllowed
from sscard_desk.domain.events import Event
from sscard_desk.domain.steps import Step


def need(before: Application, event: Event, *, met: bool) -> None:
    """Refuse an event whose need is not met.

    Raises:
        StepNotAllowed: it is not.
    """
    if not met:
        raise StepNotAllowed(act=event.kind, step=before.step.value)


def form_again(before: Application) -> Step:
    """Return the step after bank or portrait changed.

    The digest of a returned form covers both: with another one it has to be taken back once more.
    """
    return Step.FORM_ISSUED if before.step is Step.FORM_RETURNED else before.step
