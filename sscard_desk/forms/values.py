"""What each field type takes. Every check names the counts that its sentence needs, never the answer itself."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from sscard_desk.domain.errors.operator import CheckDigitWrong, NumberLengthWrong, NumberMalformed
from sscard_desk.domain.numbers.citizen_id import LENGTH, parse_id_number
from sscard_desk.forms.codes import Certainty
from sscard_desk.forms.conditions import Answers, as_date
from sscard_desk.forms.definition import LONG_TERM, TICKED, FieldDefinition, FieldType
from sscard_desk.forms.document_numbers import NumberCheck, NumberRule, document_numbers
from sscard_desk.forms.findings import Finding, Verdict
from sscard_desk.forms.words import Words

MOBILE_DIGITS: Final = 11
POSTCODE_DIGITS: Final = 6
SHORTEST_ADDRESS: Final = 5
LONGEST_EMAIL: Final = 64
LONGEST_BARCODE: Final = 40

_PHONE: Final = re.compile(r"(?:0\d{2,3}-?)?\d{7,8}(?:-\d{1,6})?|[48]00-?\d{3}-?\d{4}|1[3-9]\d{9}|\d{5}", re.ASCII)
_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+\-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Control, format, surrogate and private-use characters: each computer would draw something else."""
_NAME_MARKS: Final = frozenset("·. '-")
_ANYBODY: Final = NumberRule((), Words("", ""), Certainty.CONFIRMED, NumberCheck.RESIDENT)
_BANK_CODE: Final = re.compile(r"[0-9A-Za-z\-]{2,20}")

Check = Callable[[FieldDefinition, str, Answers], Finding | None]


def check_value(field: FieldDefinition, value: str, answers: Answers) -> Finding | None:
    """Return what is wrong with a filled answer by its type alone, None when nothing is.

    Args:
        field: the field, which is asked.
        value: the answer, trimmed and not empty.
        answers: the others; an id number looks up which document it stands on.
    """
    return _CHECKS[field.type](field, value, answers)


def _wrong(field: FieldDefinition, key: str, **values: object) -> Finding:
    return Finding(field.id, Verdict.WRONG, f"forms.{key}", values)


def _digits(field: FieldDefinition, value: str, need: int, key: str) -> Finding | None:
    if not re.fullmatch(r"\d+", value, re.ASCII):
        return _wrong(field, f"{key}_other", need=need)
    have = len(value)
    if have != need:
        return _wrong(
            field, f"{key}_short" if have < need else f"{key}_long", have=have, need=need, by=abs(need - have)
        )
    return None


def _mobile(field: FieldDefinition, value: str, _: Answers) -> Finding | None:
    return _digits(field, value, MOBILE_DIGITS, "mobile") or (
        None if re.match("1[3-9]", value) else _wrong(field, "mobile_start")
    )


def _postcode(field: FieldDefinition, value: str, _: Answers) -> Finding | None:
    return _digits(field, value, POSTCODE_DIGITS, "postcode")


def _phone(field: FieldDefinition, value: str, _: Answers) -> Finding | None:
    return None if _PHONE.fullmatch(value) else _wrong(field, "phone")


def _email(field: FieldDefinition, value: str, _: Answers) -> Finding | None:
    if len(value) > LONGEST_EMAIL:
        return _wrong(field, "too_long", have=len(value), most=LONGEST_EMAIL, by=len(value) - LONGEST_EMAIL)
    return None if _EMAIL.fullmatch(value) else _wrong(field, "email")


def _text(field: FieldDefinition, value: str, _: Answers) -> Finding | None:
    if any(unicodedata.category(c) in _UNPRINTABLE for c in value):
        return _wrong(field, "control")
    if len(value) > field.most:
        return _wrong(field, "too_long", have=len(value), most=field.most, by=len(value) - field.most)
    return None


def _address(field: FieldDefinition, value: str, answers: Answers) -> Finding | None:
    if len(value) < SHORTEST_ADDRESS:
        return _wrong(field, "address_short")
    return _text(field, value, answers)


def _name(field: FieldDefinition, value: str, answers: Answers) -> Finding | None:
    strange = next((c for c in value if not _of_a_name(c)), "")
    if strange and unicodedata.category(strange) not in _UNPRINTABLE:
        return _wrong(field, "name_character", character=strange)
    return _text(field, value, answers)


def _of_a_name(character: str) -> bool:
    """Return whether a name may hold it; ideographs newer than this Python's Unicode tables count as letters."""
    letter = unicodedata.category(character)[0] in "LM"
    return letter or character in _NAME_MARKS or 0x20000 <= ord(character) <= 0x3FFFF  # noqa: PLR2004 - planes 2, 3


def _id_number(field: FieldDefinition, value: str, answers: Answers) -> Finding | None:
    """Judge a number by what its paper bears; without a paper it is a resident's (GB 11643-1999)."""
    kind = answers.get(field.document_field, "").strip() if field.document_field else ""
    rule = document_numbers().rule(kind) if kind else _ANYBODY
    proved = rule.check is NumberCheck.RESIDENT and (not rule.patterns or len(value) == LENGTH)
    if not proved:
        if rule.fits(value):
            return None
        verdict = Verdict.WRONG if rule.blocks else Verdict.WARNING
        return Finding(field.id, verdict, "forms.paper_number", {"shape": rule.words})
    return _resident_number(field, value, rule)


def _resident_number(field: FieldDefinition, value: str, rule: NumberRule) -> Finding | None:
    try:
        number = parse_id_number(value)
    except NumberLengthWrong as error:
        key = "number_short" if error.have < error.need else "number_long"
        return _wrong(field, key, have=error.have, need=error.need, by=abs(error.need - error.have))
    except NumberMalformed as error:
        return _wrong(field, f"number_{error.part}")
    except CheckDigitWrong as error:
        return _wrong(field, "check_digit", expected=error.expected)
    if rule.bears and number.kind not in rule.bears:
        return _wrong(field, "number_of_another", shape=rule.words)
    return Finding(field.id, Verdict.WARNING, "forms.check_digit_odd") if number.warnings else None


def _code(field: FieldDefinition, value: str, _: Answers) -> Finding | None:
    return None if field.codes.knows(value) else _wrong(field, "unknown_code")


def _bank(field: FieldDefinition, value: str, _: Answers) -> Finding | None:
    return None if _BANK_CODE.fullmatch(value) else _wrong(field, "unknown_code")


def _outlet(field: FieldDefinition, value: str, answers: Answers) -> Finding | None:
    if field.bank_field and not answers.get(field.bank_field, "").strip():
        return _wrong(field, "outlet_without_bank")
    return _bank(field, value, answers)


def _date(field: FieldDefinition, value: str, _: Answers) -> Finding | None:
    return None if as_date(value) else _wrong(field, "date")


def _date_or_long(field: FieldDefinition, value: str, _: Answers) -> Finding | None:
    return None if value == LONG_TERM or as_date(value) else _wrong(field, "date_or_long")


def _tick(field: FieldDefinition, value: str, _: Answers) -> Finding | None:
    return None if value == TICKED else _wrong(field, "not_ticked")


def _barcode(field: FieldDefinition, value: str, _: Answers) -> Finding | None:
    """Code 128 takes printable ASCII; a longer text than this fits no line of a form."""
    plain = value.isascii() and value.isprintable() and len(value) <= LONGEST_BARCODE
    return None if plain else _wrong(field, "barcode", most=LONGEST_BARCODE)


def _nothing(_field: FieldDefinition, _value: str, _: Answers) -> Finding | None:
    return None


_CHECKS: Final[dict[FieldType, Check]] = {
    FieldType.TEXT: _text,
    FieldType.NAME: _name,
    FieldType.ID_NUMBER: _id_number,
    FieldType.MOBILE: _mobile,
    FieldType.PHONE: _phone,
    FieldType.POSTCODE: _postcode,
    FieldType.EMAIL: _email,
    FieldType.ADDRESS: _address,
    FieldType.CODE: _code,
    FieldType.DATE: _date,
    FieldType.DATE_OR_LONG: _date_or_long,
    FieldType.REGION: _code,
    FieldType.BANK: _bank,
    FieldType.OUTLET: _outlet,
    FieldType.TICK: _tick,
    FieldType.PHOTO: _nothing,
    FieldType.SIGNATURE: _nothing,
    FieldType.BARCODE: _barcode,
}
