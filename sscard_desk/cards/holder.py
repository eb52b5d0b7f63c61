"""EF06, the cardholder's data as a card says it (domain reference A.5)."""

from dataclasses import dataclass
from datetime import date

from sscard_desk.cards import ssse
from sscard_desk.cards.identity import read_item
from sscard_desk.cards.iso7816 import Transmit, select_ef
from sscard_desk.cards.items import Item
from sscard_desk.cards.status_words import StatusWord
from sscard_desk.domain.errors.device import CardRefused


@dataclass(frozen=True)
class CardHolder:
    """The holder as EF06 names them; everything is empty or None on a blank.

    Attributes:
        social_security_number: item 08.
        name: items 09 and 4E together.
        sex: item 0A, GB/T 2261.1.
        ethnic: item 0B, GB/T 3304.
        birthplace: item 0C, six digits of GB/T 2260.
        birth_date: item 0D.
    """

    social_security_number: str
    name: str
    sex: str
    ethnic: str
    birthplace: str
    birth_date: date | None

    def __repr__(self) -> str:
        return "CardHolder()"


def read_holder(transmit: Transmit) -> CardHolder:
    """Read EF06 of the selected SSSE by tag; 4E may be missing (cards of version 1.00 have none).

    Raises:
        CardRefused: reading needs a key (6982 on cards of version 3), or a record is missing.
        CardItemDamaged: an item breaks its format.
    """
    select_ef(transmit, ssse.EF06.file_id)

    def text(item: Item) -> str:
        return item.decode(read_item(transmit, item))

    return CardHolder(
        social_security_number=text(ssse.SOCIAL_SECURITY_NUMBER),
        name=text(ssse.HOLDER_NAME) + _extension(transmit),
        sex=text(ssse.SEX),
        ethnic=text(ssse.ETHNIC),
        birthplace=text(ssse.BIRTHPLACE),
        birth_date=ssse.BIRTH_DATE.day(text(ssse.BIRTH_DATE)),
    )


def _extension(transmit: Transmit) -> str:
    try:
        return ssse.NAME_EXTENSION.decode(read_item(transmit, ssse.NAME_EXTENSION))
    except CardRefused as refusal:
        if refusal.status_word == StatusWord.RECORD_NOT_FOUND:
            return ""
        raise
