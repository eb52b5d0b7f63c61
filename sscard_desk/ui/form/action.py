"""What the action bar of the form page says while nothing is at the printer. No Qt."""

from typing import Final

from sscard_desk.forms.findings import Finding
from sscard_desk.ui.form.answers import FormAnswers
from sscard_desk.ui.form.state import Phase
from sscard_desk.ui.form.summary import label_of
from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.words import Words, say

MOST_NAMED: Final = 2


def waiting(primary: Words, reason: Words, mark: Mark) -> ActionState:
    """Return a button that cannot be pressed, with its reason."""
    return ActionState(primary, enabled=False, reason=reason, reason_mark=mark)


def action_of(
    primary: Words, phase: Phase, answers: FormAnswers, blocking: tuple[Finding, ...], *, busy: bool
) -> ActionState:
    """Return the action bar.

    Args:
        primary: what the button says.
        phase: where the form is.
        answers: what stands in it.
        blocking: what is missing or wrong.
        busy: whether drawing runs.
    """
    if busy:
        return waiting(primary, say("form_page.busy"), Mark.BUSY)
    if phase is Phase.FILL and not answers.application.bank:
        return waiting(primary, say("form_page.no_bank"), Mark.WARN)
    if blocking:
        names = tuple(label_of(answers, finding) for finding in blocking[:MOST_NAMED])
        key = "form_page.reason_more" if len(blocking) > MOST_NAMED else "form_page.reason"
        return waiting(primary, say(key, count=len(blocking), fields=names), Mark.WARN)
    changed = len(answers.changed())
    if phase is Phase.OUT:
        reason = say("form_page.corrected", count=changed) if changed else say("form_page.not_corrected")
        return ActionState(primary, reason=reason, reason_mark=Mark.OK)
    return ActionState(primary, reason=say("form_page.ready"), reason_mark=Mark.OK)
