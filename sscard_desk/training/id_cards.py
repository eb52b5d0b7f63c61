"""The id card that a synthetic person lays on the simulated reader."""

import hashlib
from dataclasses import replace
from datetime import date
from typing import Final

from sscard_desk.domain.document_kind import DocumentKind
from sscard_desk.domain.id_card import IdCard, IdCardKind
from sscard_desk.domain.person import Person
from sscard_desk.training import names
from sscard_desk.training.persons import DISTRICTS, NATIONALITIES

NAME_UNITS: Final = 15
ADDRESS_UNITS: Final = 35
"""UTF-16 units that the card has room for (domain reference B.3)."""
WLT_BYTES: Final = 1024
RENEWED: Final = date(2024, 5, 12)
"""When those who moved had their cards renewed."""
_LATIN: Final = names.FOREIGN_MALE | names.FOREIGN_FEMALE


def id_card_of(person: Person) -> IdCard:
    """Return the card of a synthetic person, texts cut to what a card holds; nothing can decode its photo."""
    kind = IdCardKind(person.document_kind)
    card = IdCard(
        kind=kind,
        number=person.id_number,
        name=_cut(person.name, NAME_UNITS),
        sex=person.sex,
        birth=person.birth,
        authority=_cut(person.authority, NAME_UNITS),
        valid_from=person.valid_from,
        valid_to=person.valid_to,
        ethnic=person.ethnic,
        address=_cut(person.address, ADDRESS_UNITS),
        photo_wlt=_photo(person),
    )
    match person.document_kind:
        case DocumentKind.HMT_RESIDENT:
            return replace(card, pass_number=f"H{person.phone[-8:]}", issue_count="01")
        case DocumentKind.FOREIGN_2023:
            letters = NATIONALITIES[person.id_number[3:6]]
            latin = _LATIN.get(person.name, "")
            return replace(card, address="", authority="", nationality=letters, name_latin=latin, issue_count="01")
        case _:
            return card


def moved_card_of(person: Person) -> IdCard:
    """Return the card of somebody who moved and renewed it since: address and validity differ from the register."""
    card = id_card_of(person)
    if card.kind is not IdCardKind.CITIZEN:
        return card
    renewed = replace(card, valid_from=RENEWED, valid_to=RENEWED.replace(year=RENEWED.year + 20))
    return replace(renewed, address=f"示例市{DISTRICTS.get(person.region, '')}和平路18号3号楼502室")


def _cut(text: str, units: int) -> str:
    """Return as many whole characters as fit into so many UTF-16 units."""
    while len(text.encode("utf-16-le")) > 2 * units:
        text = text[:-1]
    return text


def _photo(person: Person) -> bytes:
    """Return 1024 bytes that are the same for the same person and mean nothing: no open WLT coder is known."""
    return hashlib.shake_256(b"training photo " + person.key.encode()).digest(WLT_BYTES)
