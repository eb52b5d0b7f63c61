"""What the form page says of itself: chips beside the title, and what is missing for the side panel."""

from collections.abc import Set as AbstractSet
from typing import Final

from sscard_desk.forms.findings import Finding, Verdict
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.form.answers import FormAnswers
from sscard_desk.ui.form.state import Phase
from sscard_desk.ui.states import ChipState, Mark, PanelLine
from sscard_desk.ui.words import Both, Words, say

_MOST: Final = 4


def chips_of(phase: Phase, wrong: int, filled: int, total: int) -> tuple[ChipState, ...]:
    """Return the facts beside the title."""
    chips: list[ChipState] = []
    if wrong:
        chips.append(ChipState(say("form_page.errors", count=wrong), Mark.ERR, name="errors"))
    if phase is Phase.OUT:
        chips.append(ChipState(say("form_page.out"), Mark.BUSY, name="phase"))
    elif phase is Phase.BACK:
        chips.append(ChipState(say("form_page.back"), Mark.OK, name="phase"))
    elif phase is Phase.LOCKED:
        chips.append(ChipState(say("form_page.locked"), Mark.OK, name="phase"))
    chips.append(ChipState(say("form_page.filled", filled=filled, total=total), name="filled"))
    return tuple(chips)


def panel_lines(
    phase: Phase, answers: FormAnswers, blocking: tuple[Finding, ...], errors: AbstractSet[str]
) -> tuple[PanelLine, ...]:
    """Return what is missing or wrong, errors first, and last what follows then."""
    lines: list[PanelLine] = []
    for finding in blocking:
        shown = finding.field in errors and finding.verdict is Verdict.WRONG
        words = say("form_page.wrong" if shown else "form_page.missing", field=label_of(answers, finding))
        how: Words = say("form_page.how") if not lines else ""
        lines.append(PanelLine(words, Mark.ERR if shown else Mark.TODO, note=how, target=finding.field))
    lines.sort(key=lambda line: line.mark is not Mark.ERR)
    last = {Phase.FILL: "missing.todo.form", Phase.OUT: "missing.form_out"}.get(phase)
    if last is not None:
        lines = [*lines[: _MOST - 1], PanelLine(say(last), target=Station.FORM.value)]
    return tuple(lines[:_MOST])


def label_of(answers: FormAnswers, finding: Finding) -> Words:
    """Return the name of the field that a finding is about."""
    if not answers.definition.has(finding.field):
        return finding.field
    words = answers.definition.field(finding.field).words
    return Both(words.zh, words.en)
