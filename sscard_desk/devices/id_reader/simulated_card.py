"""The 256 bytes that a card's text takes, written as a maker of cards would: field after field, each padded.

Built apart from `text.py` on purpose, in the order of domain reference B.3 and with lengths in place of offsets, so
that a slip in one of the two shows when they meet.
"""

from datetime import date
from typing import Final

from sscard_desk.domain.id_card import IdCard, IdCardKind

_TEXT_BYTES: Final = 256
LATIN_UNITS: Final = 35
"""The foreign card of 2023 splits the English name behind so many characters."""


def encode_text(card: IdCard) -> bytes:
    """Return the text of a card of any of the four kinds.

    Raises:
        ValueError: a value is longer than its field.
    """
    match card.kind:
        case IdCardKind.CITIZEN:
            fields = [*_personal(card), ("", 36)]
        case IdCardKind.HMT_RESIDENT:
            fields = [*_personal(card), (card.pass_number, 18), (card.issue_count, 4), ("", 6), ("J", 2), ("", 6)]
        case IdCardKind.FOREIGN_2017:
            fields = [
                (card.name_latin, 120),
                (card.sex, 2),
                (card.number, 30),
                (card.nationality, 6),
                (card.name, 30),
                *_days(card),
                (_day(card.birth), 16),
                ("", 4),
                (card.authority, 8),
                ("I", 2),
                ("", 6),
            ]
        case IdCardKind.FOREIGN_2023:
            fields = [
                (card.name, 30),
                (card.sex, 2),
                (card.issue_count, 4),
                (_day(card.birth), 16),
                (card.name_latin[:LATIN_UNITS], 70),
                (card.number, 36),
                ("", 30),
                *_days(card),
                (card.name_latin[LATIN_UNITS:], 22),
                (card.nationality, 6),
                ("Y", 2),
                ("", 6),
            ]
    text = b"".join(_padded(value, length) for value, length in fields)
    if len(text) != _TEXT_BYTES:
        raise ValueError(f"the fields of a {card.kind.value} card take {len(text)} bytes")
    return text


def _personal(card: IdCard) -> list[tuple[str, int]]:
    return [
        (card.name, 30),
        (card.sex, 2),
        (card.ethnic, 4),
        (_day(card.birth), 16),
        (card.address, 70),
        (card.number, 36),
        (card.authority, 30),
        *_days(card),
    ]


def _days(card: IdCard) -> list[tuple[str, int]]:
    return [(_day(card.valid_from), 16), ("长期" if card.valid_to is None else _day(card.valid_to), 16)]


def _day(day: date) -> str:
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


def _padded(value: str, length: int) -> bytes:
    raw = value.encode("utf-16-le")
    if len(raw) > length:
        raise ValueError(f"{len(raw)} bytes do not fit into a field of {length}")
    return raw + b" \0" * ((length - len(raw)) // 2)
