"""What was typed, as it is kept: stray blanks gone, full-width digits narrowed where only digits are meant."""

import re
import unicodedata
from typing import Final

from sscard_desk.domain.numbers.shown import normalised
from sscard_desk.forms.definition import FieldDefinition, FieldType

_DIGITS: Final = frozenset({FieldType.MOBILE, FieldType.POSTCODE})
_DATES: Final = frozenset({FieldType.DATE, FieldType.DATE_OR_LONG})
_NARROW: Final = (
    _DIGITS
    | _DATES
    | {FieldType.PHONE, FieldType.EMAIL, FieldType.CODE, FieldType.REGION, FieldType.BANK, FieldType.OUTLET}
)
_MIDDLE_DOTS: Final = re.compile("[\u2022\u2027\u30fb\uff0e\uff65]")
"""Dots that input methods give in place of the `·` (U+00B7) of minority names."""
_INNER_BLANKS: Final = re.compile(r"(?<![!-\u00b6\u00b8-\u024f])\s+|\s+(?![!-\u00b6\u00b8-\u024f])")
"""Blanks beside a Chinese character or the dot: lists pad short names with them (张　三); Latin names keep theirs."""
_COMPACT_DATE: Final = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?", re.ASCII)


def tidy(field: FieldDefinition, typed: str) -> str:
    """Return the answer to keep for what was typed into a field.

    Names and addresses keep their characters: Unicode normal forms would replace rare ones (CJK compatibility
    ideographs), which are different characters in the register.
    """
    narrow = field.type in _NARROW
    text = " ".join((unicodedata.normalize("NFKC", typed) if narrow else typed).split())
    if field.type is FieldType.ID_NUMBER:
        return normalised(text)
    if field.type is FieldType.NAME:
        return _INNER_BLANKS.sub("", _MIDDLE_DOTS.sub("·", text))
    if field.type in _DIGITS:
        return re.sub(r"(?<=\d)[\s\-]+(?=\d)", "", text)
    if field.type in _DATES and (found := _COMPACT_DATE.fullmatch(text)):
        return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}"
    return text
