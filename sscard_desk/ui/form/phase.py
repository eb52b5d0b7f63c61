"""Where a form is, and which of its fields stand on the screen. No Qt."""

from sscard_desk.domain.application import Application
from sscard_desk.domain.steps import Step
from sscard_desk.ui.form.answers import FormAnswers
from sscard_desk.ui.form.shape import shape_of
from sscard_desk.ui.form.state import Phase


def phase_of(application: Application | None) -> Phase:
    """Return where the form of an application is."""
    if application is None or application.step in {Step.OPENED, Step.BANK_CONFIRMED}:
        return Phase.FILL
    if application.step is Step.FORM_ISSUED:
        return Phase.OUT
    return Phase.BACK if application.step is Step.FORM_RETURNED else Phase.LOCKED


def typed_fields(answers: FormAnswers) -> tuple[str, ...]:
    """Return the fields on the screen that can be typed into, in their order."""
    shaped = shape_of(answers.definition, answers.all(), answers.listed)
    return tuple(each.id for section in shaped for each in section.fields if not each.locked)


def open_fields(answers: FormAnswers) -> list[str]:
    """Return those that are missing or wrong, in the order of the findings."""
    there = typed_fields(answers)
    return [finding.field for finding in answers.findings().blocking if finding.field in there]
