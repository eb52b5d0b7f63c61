"""Checks answers: per field what is missing or wrong, as a text key with the counts that the sentence needs."""

from types import MappingProxyType

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.numbers.citizen_id import parse_id_number
from sscard_desk.forms.banks import BankList
from sscard_desk.forms.card_characters import beyond_gbk
from sscard_desk.forms.conditions import Answers, as_date, holds, is_visible, visible
from sscard_desk.forms.definition import (
    CODED,
    GIVEN_ELSEWHERE,
    CheckKind,
    CrossCheck,
    FieldDefinition,
    FieldType,
    FormDefinition,
)
from sscard_desk.forms.findings import Finding, Findings, Verdict
from sscard_desk.forms.values import check_value


def check(definition: FormDefinition, answers: Answers, listed: BankList | None = None) -> Findings:
    """Check all answers of a form.

    Args:
        definition: the form in its edition.
        answers: answers by field id; what is not asked is not looked at.
        listed: the centre's banks and outlets; without them codes of banks are judged by their shape.

    Returns:
        At most one finding for each field, in the form's order; unknown field ids are findings too.
    """
    asked = [field for field in visible(definition, answers) if field.type not in GIVEN_ELSEWHERE]
    found = [finding for field in asked if (finding := check_field(definition, field.id, None, answers, listed))]
    found += [Finding(name, Verdict.WRONG, "forms.unknown_field") for name in answers if not definition.has(name)]
    filled = sum(1 for field in asked if answers.get(field.id, "").strip())
    return Findings(items=tuple(found), filled=filled, total=len(asked))


def check_field(
    definition: FormDefinition, field_id: str, value: str | None, answers: Answers, listed: BankList | None = None
) -> Finding | None:
    """Check one field against its type and against the fields that it is bound to.

    Args:
        definition: the form in its edition.
        field_id: which field.
        value: what stands in it now; None takes it from the answers.
        answers: the other answers.
        listed: the centre's banks and outlets.

    Raises:
        KeyError: the form has no such field.
    """
    field = definition.field(field_id)
    text = answers.get(field_id, "") if value is None else value
    now = MappingProxyType({**answers, field_id: text})
    if not is_visible(field, now) or field.type in GIVEN_ELSEWHERE:
        return None
    if not text.strip():
        return _missing(field)
    own = check_value(field, text.strip(), now) or _rare(definition, field, text)
    if own is None and listed is not None:
        own = listed.finding(field, text.strip(), now)
    if own is not None and own.verdict.blocks:
        return own
    rules = (rule for rule in definition.checks if rule.field == field_id and holds(rule.when, now))
    return next((_finding(rule) for rule in rules if not _kept(rule, now)), own)


def _rare(definition: FormDefinition, field: FieldDefinition, name: str) -> Finding | None:
    """Say which characters no card can hold, and which field takes a description or the pinyin in their place."""
    characters = beyond_gbk(name) if field.rare_field else ""
    if not characters:
        return None
    values = {"characters": characters, "field": definition.field(field.rare_field).words}
    return Finding(field.id, Verdict.WARNING, "forms.name_not_on_card", values)


def _missing(field: FieldDefinition) -> Finding | None:
    if not field.required:
        return None
    chosen = field.type in CODED | {FieldType.BANK, FieldType.OUTLET}
    ticked = field.type is FieldType.TICK
    key = "forms.not_chosen" if chosen else "forms.not_ticked" if ticked else "forms.not_filled"
    return Finding(field.id, Verdict.MISSING, key)


def _finding(rule: CrossCheck) -> Finding:
    verdict = Verdict.WRONG if rule.blocks else Verdict.WARNING
    return Finding(rule.field, verdict, rule.text, words=rule.words)


def _kept(rule: CrossCheck, answers: Answers) -> bool:
    """Return whether a rule holds; a rule whose other field is empty cannot be broken yet."""
    mine, other = answers[rule.field].strip(), answers.get(rule.other, "").strip()
    match rule.kind:
        case CheckKind.ONE_OF:
            return mine in rule.one_of
        case CheckKind.DIFFERS:
            return not other or mine != other
        case CheckKind.ORDERED:
            first, last = as_date(other), as_date(mine)
            return first is None or last is None or first <= last
        case CheckKind.BEGINS_WITH:
            return mine.startswith(other)
        case CheckKind.AGREES_WITH_NUMBER:
            return _agrees(mine, other)


def _agrees(mine: str, number: str) -> bool:
    try:
        parts = parse_id_number(number)
    except DeskError:
        return True  # the number has its own finding
    birth = parts.birth.isoformat() if parts.birth else ""
    return mine in {birth, parts.sex} or (as_date(mine) is None and not parts.sex) or not birth
