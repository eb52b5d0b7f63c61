"""How each field of the form is to be shown: value, error, what stood there before."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sscard_desk.domain.steps import Step
from sscard_desk.ui.form.answers import FormAnswers
from sscard_desk.ui.form.shape import FieldShape, shown_value
from sscard_desk.ui.serving.dossier import Dossier
from sscard_desk.ui.serving.finding_words import say_finding
from sscard_desk.ui.states import FieldState, OldValue
from sscard_desk.ui.words import Words, say

_FROM_ADDRESS = "mailing_address"


def field_states(
    answers: FormAnswers, dossier: Dossier, fields: Iterable[FieldShape], errors: set[str], *, locked: bool
) -> Mapping[str, FieldState]:
    """Return the state of every field on the screen.

    Args:
        answers: what stands in the form.
        dossier: the application, for who changed what before.
        fields: the fields on the screen.
        errors: those that may show what is wrong with them.
        locked: whether nothing can be changed.
    """
    return MappingProxyType({each.id: _state(answers, dossier, each, errors, locked=locked) for each in fields})


def _state(answers: FormAnswers, dossier: Dossier, field: FieldShape, errors: set[str], *, locked: bool) -> FieldState:
    value = answers.value(field.id)
    if field.locked or locked:
        return FieldState(value=value, locked=True)
    finding = answers.finding(field.id) if field.id in errors else None
    return FieldState(
        value=value,
        error=say_finding(finding) if finding is not None else None,
        old=_old(answers, dossier, field.id),
    )


def _old(answers: FormAnswers, dossier: Dossier, field_id: str) -> OldValue | None:
    base = answers.base.get(field_id, "")
    if field_id in answers.typed:
        if answers.typed[field_id] == base:
            return None
        if answers.application.step is Step.FORM_ISSUED:  # keyed from the paper that the applicant corrected
            words = shown_value(answers.definition, field_id, answers.base) if base else say("returned.empty")
            return OldValue(base, say("returned.by_applicant"), words)
        return OldValue(base, say("form_page.typed_now")) if base else None
    if field_id != _FROM_ADDRESS or answers.application.answers.get(field_id):
        return None
    taken = next((d for d in answers.application.differences if d.field == "address" and d.taken), None)
    return OldValue(taken.old, _by(dossier)) if taken is not None else None


def _by(dossier: Dossier) -> Words:
    line = next((each for each in dossier.history if each.kind == "identity.decided"), None)
    if line is None:
        return say("form_page.by_card")
    return say("form_page.by_card_who", who=dossier.name_of(line.actor), when=line.at.astimezone())
