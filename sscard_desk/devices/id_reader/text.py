"""The 256 bytes of text on an id card, UTF-16LE, as an `IdCard` (domain reference B.3).

Four layouts share the text; the character at byte 248 tells them apart. The layout of the foreigners' card of 2023 has
a single source. Nothing is guessed: a field that breaks its format refuses the card and is named, never shown.
"""

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Final, NamedTuple

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import IdCardUnreadable
from sscard_desk.domain.errors.operator import UnknownCode
from sscard_desk.domain.id_card import IdCard, IdCardKind
from sscard_desk.domain.numbers.citizen_id import parse_id_number

TEXT_BYTES: Final = 256
PHOTO_BYTES: Final = 1024
NO_END: Final = "长期"
SEX_CODES: Final = frozenset("0129")
"""GB/T 2261.1."""
ETHNIC_CODES: Final = frozenset(f"{n:02d}" for n in (*range(1, 57), 97, 98))
"""GB/T 3304."""
_FIRST_HALVES: Final = range(0xD800, 0xDC00)
"""UTF-16 units that need a second one to be a character."""
_PADDING: Final = "\0 \u3000"


class Field(NamedTuple):
    """Where a field lies: offset and length in bytes."""

    offset: int
    length: int


_KIND = Field(248, 2)
_NUMBER = Field(122, 36)
_FROM = Field(188, 16)
_TO = Field(204, 16)
_KIND_BY_FLAG: Final = {
    "I": IdCardKind.FOREIGN_2017,
    "J": IdCardKind.HMT_RESIDENT,
    "Y": IdCardKind.FOREIGN_2023,
}


def parse_text(text: bytes, photo: bytes = b"") -> IdCard:
    """Return what the card says.

    Args:
        text: the 256 bytes as read.
        photo: the 1024 bytes of WLT, kept as they are.

    Raises:
        IdCardUnreadable: a field is not text, not a date, or empty where it must not be.
        UnknownCode: sex or ethnic group does not stand in its table.
    """
    if len(text) != TEXT_BYTES:
        raise IdCardUnreadable(field="length")
    flag = int.from_bytes(text[_KIND.offset : _KIND.offset + _KIND.length], "little")
    kind = _KIND_BY_FLAG.get(chr(flag), IdCardKind.CITIZEN)
    return _LAYOUTS[kind](_Text(text), photo)


class _Text:
    """The text with its fields by name, so that an error can name the field and nothing else."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def text(self, name: str, field: Field, *, needed: bool = False) -> str:
        raw = self._raw[field.offset : field.offset + field.length]
        last_unit = int.from_bytes(raw[-2:], "little")
        if last_unit in _FIRST_HALVES:  # a full field may end in half a rare character
            raw = raw[:-2]
        try:
            text = raw.decode("utf-16-le").strip(_PADDING)
        except UnicodeDecodeError:
            raise IdCardUnreadable(field=name) from None
        # private-use characters stay: old cards spell rare names with them
        if any(unicodedata.category(c) == "Cc" for c in text) or (needed and not text):
            raise IdCardUnreadable(field=name)
        return text

    def day(self, name: str, field: Field) -> date:
        text = self.text(name, field, needed=True)
        if not (text.isascii() and text.isdigit() and len(text) == 8):  # noqa: PLR2004 - YYYYMMDD
            raise IdCardUnreadable(field=name)
        try:
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            raise IdCardUnreadable(field=name) from None

    def last_day(self) -> date | None:
        return None if self.text("valid_to", _TO) == NO_END else self.day("valid_to", _TO)

    def code(self, name: str, field: Field, table: frozenset[str]) -> str:
        text = self.text(name, field, needed=True)
        if text not in table:
            raise UnknownCode(table=name, value=text)
        return text

    def number(self, field: Field = _NUMBER) -> str:
        text = self.text("number", field, needed=True)
        try:
            return parse_id_number(text).text
        except DeskError:
            raise IdCardUnreadable(field="number") from None


def _citizen(text: _Text, photo: bytes) -> IdCard:
    return IdCard(
        kind=IdCardKind.CITIZEN,
        number=text.number(),
        name=text.text("name", Field(0, 30), needed=True),
        sex=text.code("sex", Field(30, 2), SEX_CODES),
        ethnic=text.code("ethnic", Field(32, 4), ETHNIC_CODES),
        birth=text.day("birth", Field(36, 16)),
        address=text.text("address", Field(52, 70)),
        authority=text.text("authority", Field(158, 30)),
        valid_from=text.day("valid_from", _FROM),
        valid_to=text.last_day(),
        photo_wlt=photo,
    )


def _hmt_resident(text: _Text, photo: bytes) -> IdCard:
    return IdCard(
        kind=IdCardKind.HMT_RESIDENT,
        number=text.number(),
        name=text.text("name", Field(0, 30), needed=True),
        sex=text.code("sex", Field(30, 2), SEX_CODES),
        birth=text.day("birth", Field(36, 16)),
        address=text.text("address", Field(52, 70)),
        authority=text.text("authority", Field(158, 30)),
        valid_from=text.day("valid_from", _FROM),
        valid_to=text.last_day(),
        pass_number=text.text("pass_number", Field(220, 18)),
        issue_count=text.text("issue_count", Field(238, 4)),
        photo_wlt=photo,
    )


def _foreign_2017(text: _Text, photo: bytes) -> IdCard:
    return IdCard(
        kind=IdCardKind.FOREIGN_2017,
        number=text.number(Field(122, 30)),
        name=text.text("name", Field(158, 30)),
        name_latin=text.text("name_latin", Field(0, 120), needed=True),
        sex=text.code("sex", Field(120, 2), SEX_CODES),
        nationality=text.text("nationality", Field(152, 6), needed=True),
        birth=text.day("birth", Field(220, 16)),
        authority=text.text("authority", Field(240, 8)),
        valid_from=text.day("valid_from", _FROM),
        valid_to=text.last_day(),
        photo_wlt=photo,
    )


def _foreign_2023(text: _Text, photo: bytes) -> IdCard:
    latin = Field(52, 70), Field(220, 22)
    first, rest = (text.text("name_latin", field) for field in latin)
    full = len(first) == latin[0].length // 2
    return IdCard(
        kind=IdCardKind.FOREIGN_2023,
        number=text.number(),
        name=text.text("name", Field(0, 30)),
        name_latin=first + rest if full else f"{first} {rest}".strip(),
        sex=text.code("sex", Field(30, 2), SEX_CODES),
        nationality=text.text("nationality", Field(242, 6), needed=True),
        birth=text.day("birth", Field(36, 16)),
        authority="",
        valid_from=text.day("valid_from", _FROM),
        valid_to=text.last_day(),
        issue_count=text.text("issue_count", Field(32, 4)),
        photo_wlt=photo,
    )


_LAYOUTS: Final[dict[IdCardKind, Callable[[_Text, bytes], IdCard]]] = {
    IdCardKind.CITIZEN: _citizen,
    IdCardKind.HMT_RESIDENT: _hmt_resident,
    IdCardKind.FOREIGN_2017: _foreign_2017,
    IdCardKind.FOREIGN_2023: _foreign_2023,
}
