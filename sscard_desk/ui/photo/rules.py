"""Verdicts as lines of the rules list, and the one thing to ask the applicant for."""

from collections.abc import Sequence
from typing import Final

from sscard_desk.domain.portrait import Grade, Verdict
from sscard_desk.ui.photo.state import RuleLine
from sscard_desk.ui.states import Mark
from sscard_desk.ui.words import say

MARKS: Final = {
    Grade.FITS: Mark.OK,
    Grade.WARNS: Mark.WARN,
    Grade.REFUSES: Mark.ERR,
    Grade.UNSEEN: Mark.TODO,
    Grade.ASKS: Mark.TODO,
}
_UNITS: Final = {"px": " px", "deg": "°", "%": " %", "dpi": " dpi", "": ""}


def rule_lines(verdicts: Sequence[Verdict]) -> tuple[RuleLine, ...]:
    """Return the lines in the order of the rules; a broken rule says its limit."""
    return tuple(
        RuleLine(
            name=say(f"photo.rule.{verdict.rule}"),
            value=value_of(verdict),
            mark=MARKS[verdict.grade],
            strong=verdict.grade in {Grade.WARNS, Grade.REFUSES},
        )
        for verdict in verdicts
    )


def value_of(verdict: Verdict) -> str:
    """Return the value with its unit, and the limit it breaks, for example `4.2° > 3°`."""
    if verdict.value is None:
        return "—"
    if verdict.unit == "bytes":
        return f"{verdict.value / 1000:.0f} KB"
    unit = _UNITS.get(verdict.unit, "")
    said = f"{verdict.value:z.{verdict.decimals}f}{unit}"
    if verdict.grade not in {Grade.WARNS, Grade.REFUSES}:
        return said
    if verdict.maximum is not None and verdict.value > verdict.maximum:
        return f"{said} > {verdict.maximum:g}{unit}"
    if verdict.minimum is not None and verdict.value < verdict.minimum:
        return f"{said} < {verdict.minimum:g}{unit}"
    return said


def first_broken(verdicts: Sequence[Verdict]) -> Verdict | None:
    """Return the rule to speak of first: what refuses before what warns."""
    for grade in (Grade.REFUSES, Grade.WARNS):
        found = next((verdict for verdict in verdicts if verdict.grade is grade and verdict.advice), None)
        if found is not None:
            return found
    return None


def count_fits(verdicts: Sequence[Verdict]) -> int:
    """Return how many rules are met."""
    return sum(verdict.grade is Grade.FITS for verdict in verdicts)
