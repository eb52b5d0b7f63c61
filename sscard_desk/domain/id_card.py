"""What a resident id card says of its holder (domain reference B.3)."""

from dataclasses import dataclass
from datetime import date
from enum import Enum


class IdCardKind(Enum):
    """The four kinds of card that the reader knows, by their type flag."""

    CITIZEN = "citizen"
    HMT_RESIDENT = "hmt_resident"
    FOREIGN_2017 = "foreign_2017"
    FOREIGN_2023 = "foreign_2023"


@dataclass(frozen=True)
class IdCard:
    """One card, as read; texts have their padding removed.

    Attributes:
        kind: which of the four kinds.
        number: 18 characters, or 15 for the foreign card of 2017.
        name: the Chinese name (may be empty on foreign cards).
        name_latin: the English name of foreign cards, otherwise empty.
        sex: GB/T 2261.1 code.
        ethnic: GB/T 3304 code, empty where the card has none.
        nationality: three letters on foreign cards, otherwise empty.
        birth: date of birth.
        address: residence as printed, empty on foreign cards.
        authority: the issuing authority (name or code).
        valid_from: first day of validity.
        valid_to: last day, None for 长期 (no end).
        pass_number: travel permit number of HMT residents, otherwise empty.
        issue_count: how often the card was issued, where the card says so.
        address_added: the address that an office added later, where the reader was asked for it.
        photo_wlt: 1024 bytes of the closed WLT format, kept undecoded.
    """

    kind: IdCardKind
    number: str
    name: str
    sex: str
    birth: date
    authority: str
    valid_from: date
    valid_to: date | None
    ethnic: str = ""
    nationality: str = ""
    address: str = ""
    name_latin: str = ""
    pass_number: str = ""
    issue_count: str = ""
    address_added: str = ""
    photo_wlt: bytes = b""

    def __repr__(self) -> str:
        return f"IdCard(kind={self.kind.value})"
