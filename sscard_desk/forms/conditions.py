"""Which questions a form asks, decided from the answers alone: no clock, so that desk and centre agree."""

from collections.abc import Mapping
from datetime import date

from sscard_desk.domain.numbers.citizen_id import age_on
from sscard_desk.forms.card_characters import beyond_gbk
from sscard_desk.forms.definition import Condition, FieldDefinition, FormDefinition

Answers = Mapping[str, str]
"""Answers by field id. Dates are `2026-11-23`, codes stand as in their table, a set tick is `yes`."""


def holds(condition: Condition | None, answers: Answers) -> bool:
    """Return whether a condition is met; what cannot be judged yet is not met."""
    if condition is None:
        return True
    if condition.all_of:
        return all(holds(part, answers) for part in condition.all_of)
    if condition.any_of:
        return any(holds(part, answers) for part in condition.any_of)
    if condition.none_of:
        return not any(holds(part, answers) for part in condition.none_of)
    return _compares(condition, answers)


def _compares(condition: Condition, answers: Answers) -> bool:
    answer = answers.get(condition.field, "").strip()
    if condition.filled is not None:
        return bool(answer) is condition.filled
    if condition.beyond_gbk is not None:
        return bool(answer) and bool(beyond_gbk(answer)) is condition.beyond_gbk
    if condition.age_below is not None:
        birth, day = as_date(answer), as_date(answers.get(condition.on, ""))
        return birth is not None and day is not None and age_on(birth, day) < condition.age_below
    return answer in condition.one_of


def is_visible(field: FieldDefinition, answers: Answers) -> bool:
    """Return whether this question is asked."""
    return holds(field.when, answers)


def visible(definition: FormDefinition, answers: Answers) -> tuple[FieldDefinition, ...]:
    """Return the questions that are asked, in their order."""
    return tuple(field for field in definition.fields if is_visible(field, answers))


def as_date(text: str) -> date | None:
    """Return the day written as `2026-11-23`, None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None
