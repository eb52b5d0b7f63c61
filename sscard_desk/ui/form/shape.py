"""The screen form as its definition makes it: sections, fields, widths, choices. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from sscard_desk.domain.errors.operator import UnknownCode
from sscard_desk.domain.numbers.shown import grouped
from sscard_desk.forms.banks import BankList
from sscard_desk.forms.codes import NO_CODES, CodeTable
from sscard_desk.forms.conditions import is_visible
from sscard_desk.forms.definition import CODED, GIVEN_ELSEWHERE, FieldDefinition, FieldType, FormDefinition, ScreenWidth
from sscard_desk.ui.grouping import mobile_grouped
from sscard_desk.ui.states import Option
from sscard_desk.ui.words import Both, Words, say


@dataclass(frozen=True)
class FieldShape:
    """One field on the screen.

    Attributes:
        id: the field.
        label: its name.
        full: whether it takes the whole line.
        required: whether it has to be filled.
        locked: whether it is only shown.
        codes: code table of a choice, `NO_CODES` for typed fields.
        tick: whether it is a box to tick.
        hint: what stands in it while it is empty.
        mobile: whether it takes a mobile number, shown in 3-4-4.
    """

    id: str
    label: Words
    full: bool
    required: bool
    locked: bool
    codes: CodeTable = NO_CODES
    tick: bool = False
    hint: Words = ""
    mobile: bool = False


@dataclass(frozen=True)
class SectionShape:
    """One section on the screen."""

    id: str
    title: Words
    note: Words
    fields: tuple[FieldShape, ...]


def shape_of(
    definition: FormDefinition, answers: Mapping[str, str], listed: BankList | None = None
) -> tuple[SectionShape, ...]:
    """Return what is asked on the screen now; sections without a field on the screen are left out.

    Args:
        definition: the form.
        answers: as they stand.
        listed: the centre's banks and outlets, which a field of that type chooses from.
    """
    shaped = (
        SectionShape(
            section.id,
            Both(section.words.zh, section.words.en),
            Both(section.note.zh, section.note.en) if section.note else "",
            tuple(
                _field(definition, field, answers, listed)
                for field in definition.in_section(section.id)
                if field.screen is not ScreenWidth.NONE
                and field.type not in GIVEN_ELSEWHERE
                and is_visible(field, answers)
            ),
        )
        for section in definition.sections
    )
    return tuple(section for section in shaped if section.fields)


def with_proposals(shape: tuple[SectionShape, ...], proposed: Mapping[str, str]) -> tuple[SectionShape, ...]:
    """Return the screen form whose empty fields say what is proposed for them, and which key takes it."""
    if not proposed:
        return shape
    return tuple(
        replace(section, fields=tuple(_with_proposal(field, proposed.get(field.id, "")) for field in section.fields))
        for section in shape
    )


def _with_proposal(field: FieldShape, value: str) -> FieldShape:
    return replace(field, hint=say("form_page.proposed", value=value)) if value else field


def _field(
    definition: FormDefinition, field: FieldDefinition, answers: Mapping[str, str], listed: BankList | None
) -> FieldShape:
    label = Both(field.words.zh, field.words.en)
    if field.beside:
        other = definition.field(field.beside).words
        label = Both(f"{label.zh} / {other.zh}", f"{label.en} / {other.en}")
    return FieldShape(
        id=field.id,
        label=label,
        full=field.screen is ScreenWidth.FULL,
        required=field.required and not field.locked,
        locked=field.locked,
        codes=_codes(field, answers, listed),
        tick=field.type is FieldType.TICK,
        hint=Both(field.hint.zh, field.hint.en) if field.hint else "",
        mobile=field.type is FieldType.MOBILE,
    )


def _codes(field: FieldDefinition, answers: Mapping[str, str], listed: BankList | None) -> CodeTable:
    if field.type in CODED:
        return field.codes
    return listed.choices(field, answers) if listed is not None and not field.locked else NO_CODES


def tick_words(field: FieldDefinition, code: str) -> Both:
    """Return what a tick in a box stands for, in words."""
    if field.table:
        row = field.codes.row(code)
        return Both(row.words.zh, row.words.en)
    return Both(field.words.zh, field.words.en)


@lru_cache(maxsize=128)
def options_of(codes: CodeTable) -> tuple[Option, ...]:
    """Return the choices of a code table, made once."""
    return tuple(Option(row.code, Both(row.words.zh, row.words.en), row.initials) for row in codes.rows)


def shown_value(definition: FormDefinition, field_id: str, answers: Mapping[str, str]) -> Words:
    """Return how a value is shown where it cannot be typed: words for codes, numbers in groups."""
    field = definition.field(field_id)
    own = _shown(field, answers)
    if not field.beside or not answers.get(field.beside):
        return own
    other = _shown(definition.field(field.beside), answers)
    left, right = (each if isinstance(each, Both) else Both(str(each), str(each)) for each in (own, other))
    return Both(f"{left.zh} / {right.zh}", f"{left.en} / {right.en}")


def _shown(field: FieldDefinition, answers: Mapping[str, str]) -> Both | str:
    value = answers.get(field.id, "")
    if field.words_field and answers.get(field.words_field):
        return answers[field.words_field]
    if field.type is FieldType.ID_NUMBER:
        return grouped(value)
    if field.type is FieldType.MOBILE:
        return mobile_grouped(value)
    if field.table and value:
        try:
            row = field.codes.row(value)
        except UnknownCode:
            return value
        return Both(row.words.zh, row.words.en) if row.words.zh else value
    return value or "—"
