"""What is to stand on one card, record by record, with a digest that the journal keeps before the first command."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Final

from sscard_desk.cards import gbk, ssse
from sscard_desk.cards.card_file import CardFile
from sscard_desk.cards.items import Item
from sscard_desk.cards.profile import CardProfile
from sscard_desk.cards.tlv import Record

_DIGEST_OF: Final = b"sscard-desk card plan 1\n"


@dataclass(frozen=True)
class CardContent:
    """What is written on a card, in the register's words.

    Attributes:
        issue_date: first day.
        valid_until: last day.
        card_number: nine characters, from the blank's stock record or the lent range; never invented.
        social_security_number: at most 18 characters.
        name: the holder's whole name.
        sex: GB/T 2261.1.
        ethnic: GB/T 3304, two digits; empty where the holder's document has none.
        birthplace: six digits of GB/T 2260; empty where unknown.
        birth_date: date of birth.
    """

    issue_date: date
    valid_until: date
    card_number: str
    social_security_number: str
    name: str
    sex: str
    ethnic: str
    birthplace: str
    birth_date: date

    def __repr__(self) -> str:
        return "CardContent()"


@dataclass(frozen=True)
class RecordWrite:
    """One record that is written with one command."""

    file: CardFile = field(repr=False)
    item: Item = field(repr=False)
    value: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """File and tag, as journal and screen name it, for example `EF05 07`."""
        return f"{self.file.name} {self.item.tag_hex}"

    @property
    def record(self) -> bytes:
        """The record as the card takes it: tag, length, value."""
        return bytes(Record(self.item.tag, self.value))


@dataclass(frozen=True)
class CardPlan:
    """All records of one card in the order of writing.

    Attributes:
        profile: name of the card profile.
        records: in the profile's order.
    """

    profile: str
    records: tuple[RecordWrite, ...] = field(repr=False)

    def __iter__(self) -> Iterator[RecordWrite]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    def by_file(self) -> Iterator[tuple[CardFile, list[RecordWrite]]]:
        """Return the records in groups that need one SELECT each, in order."""
        for _, group in groupby(self.records, key=lambda write: write.file.file_id):
            writes = list(group)
            yield writes[0].file, writes

    @property
    def items(self) -> tuple[str, ...]:
        """Names of all records, for the journal."""
        return tuple(write.name for write in self.records)

    @property
    def digest(self) -> str:
        """SHA-256 over profile name and records as hex.

        Canonical bytes: a line naming this form, the profile's name in UTF-8 and 00, then for each record the file id
        (2 bytes) and the record (tag, length, value). What a digest of a card covers can be guessed by whoever knows
        the holder, so it belongs into the payload of a journal entry, never into a header or a log.
        """
        covered = hashlib.sha256(_DIGEST_OF + self.profile.encode() + b"\x00")
        for write in self.records:
            covered.update(write.file.file_id.to_bytes(2, "big") + write.record)
        return covered.hexdigest()


def plan(content: CardContent, profile: CardProfile, spec_version: str) -> CardPlan:
    """Lay out one card.

    Args:
        content: what is to stand on it.
        profile: which items are written, in which order.
        spec_version: EF05 item 03 of the blank (cards of version 1.00 have no name extension).

    Raises:
        NotOurBlank: the profile does not know this version.
        CharacterNotOnCard: a character of the name is not in GBK.
        NameTooLongForCard: the name does not fit.
        NumberLengthWrong: a number or code does not have the length of its item.
        UnknownCode: a code holds something else than digits.
    """
    layout = profile.layout(spec_version)
    has_extension = any(item is ssse.NAME_EXTENSION for _, item in layout.items)
    first, rest = gbk.split_name(
        content.name, ssse.HOLDER_NAME.length, ssse.NAME_EXTENSION.length if has_extension else 0
    )
    values = {
        ssse.ISSUE_DATE: ssse.ISSUE_DATE.encode(f"{content.issue_date:%Y%m%d}"),
        ssse.VALID_UNTIL: ssse.VALID_UNTIL.encode(f"{content.valid_until:%Y%m%d}"),
        ssse.CARD_NUMBER: ssse.CARD_NUMBER.encode(content.card_number),
        ssse.SOCIAL_SECURITY_NUMBER: ssse.SOCIAL_SECURITY_NUMBER.encode(content.social_security_number),
        ssse.HOLDER_NAME: first.ljust(ssse.HOLDER_NAME.length, b"\x00"),
        ssse.NAME_EXTENSION: rest.ljust(ssse.NAME_EXTENSION.length, b"\x00"),
        ssse.SEX: ssse.SEX.encode(content.sex),
        ssse.ETHNIC: ssse.ETHNIC.encode(content.ethnic),
        ssse.BIRTHPLACE: ssse.BIRTHPLACE.encode(content.birthplace),
        ssse.BIRTH_DATE: ssse.BIRTH_DATE.encode(f"{content.birth_date:%Y%m%d}"),
    }
    return CardPlan(profile.name, tuple(RecordWrite(file, item, values[item]) for file, item in layout.items))
