"""What the id card says beside what the register says, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from sscard_desk.domain.id_card import IdCard
from sscard_desk.domain.person import Person

NO_END: Final = "长期"
"""How an id card says that it has no last day; the same word stands in the form's answers."""

CHIP_NAME: Final = 30
"""Bytes in UTF-16 that the chip has room for (domain reference B.3); a longer name is cut there."""

SAME_DOTS: Final = str.maketrans({"\u2022": "·", "\u2027": "·", "\u30fb": "·", "\uff65": "·"})
"""The dots between the parts of a minority name: U+2022, U+2027 and U+30FB mean U+00B7, which the form keeps."""


class Verdict(Enum):
    """How two sources agree on one field."""

    SAME = "same"
    DIFFERENT = "different"
    CARD_ONLY = "card_only"
    REGISTER_ONLY = "register_only"


@dataclass(frozen=True)
class Compared:
    """One field in both sources, as text."""

    field: str
    card: str
    register: str
    verdict: Verdict


COMPARED: Final = (
    "name",
    "id_number",
    "sex",
    "ethnic",
    "birth",
    "address",
    "valid_from",
    "valid_to",
    "authority",
)


def card_answers(card: IdCard) -> dict[str, str]:
    """Return an id card's fields as form answers; dates as ISO 8601, an open end as 长期."""
    return {
        "name": (card.name or card.name_latin).translate(SAME_DOTS),
        "id_number": card.number,
        "sex": card.sex,
        "ethnic": card.ethnic,
        "nationality": card.nationality,
        "birth": card.birth.isoformat(),
        "address": card.address,
        "valid_from": card.valid_from.isoformat(),
        "valid_to": _until(card.valid_to),
        "authority": card.authority,
    }


def person_answers(person: Person) -> dict[str, str]:
    """Return a register row's fields as form answers."""
    return {
        "name": person.name.translate(SAME_DOTS),
        "id_number": person.id_number,
        "sex": person.sex,
        "ethnic": person.ethnic,
        "birth": person.birth.isoformat(),
        "address": person.address,
        "valid_from": person.valid_from.isoformat(),
        "valid_to": _until(person.valid_to),
        "authority": person.authority,
        "mobile": person.phone,
        "region": person.region,
    }


def whole_name(card: IdCard, person: Person) -> str:
    """Return the name on the card, or the register's where the card's ends only because the chip is full."""
    cut = len(card.name.encode("utf-16-le")) >= CHIP_NAME
    registered, read = person.name.translate(SAME_DOTS), (card.name or card.name_latin).translate(SAME_DOTS)
    return registered if cut and registered.startswith(card.name.translate(SAME_DOTS)) else read


def compare(card: IdCard, person: Person) -> tuple[Compared, ...]:
    """Return every field that either source has, in the order of the screen."""
    return compare_answers(card_answers(card) | {"name": whole_name(card, person)}, person_answers(person))


def compare_answers(shown: Mapping[str, str], register: Mapping[str, str]) -> tuple[Compared, ...]:
    """Return every field that a document or the register has, in the order of the screen.

    Args:
        shown: form answers from the document; what it does not say is left out.
        register: form answers from the register.
    """
    rows = ((f, shown.get(f, ""), register.get(f, "")) for f in COMPARED)
    return tuple(Compared(f, new, old, _verdict(new, old)) for f, new, old in rows if new or old)


def _verdict(card: str, register: str) -> Verdict:
    if not register:
        return Verdict.CARD_ONLY
    if not card:
        return Verdict.REGISTER_ONLY
    same = card.translate(SAME_DOTS).strip() == register.translate(SAME_DOTS).strip()
    return Verdict.SAME if same else Verdict.DIFFERENT


def _until(day: date | None) -> str:
    return day.isoformat() if day else NO_END
