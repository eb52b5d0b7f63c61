"""A reading as rows of the page: each item under its name, numbers masked, codes in words. No Qt."""

from typing import Final

from sscard_desk.cards import ssse
from sscard_desk.cards.file_reading import FileReading, ItemReading
from sscard_desk.cards.items import Item
from sscard_desk.domain.card_status import meaning_key
from sscard_desk.domain.numbers.shown import masked
from sscard_desk.ui.card_read.state import CardRow
from sscard_desk.ui.serving.person_strip import code_words
from sscard_desk.ui.states import Mark
from sscard_desk.ui.words import Both, Words, say
from sscard_desk.usecases.read_card import CardReading

_SEX, _ETHNIC, _REGION = "sex", "ethnic", "region"
_BANK: Final = "PBOC"
"""How the bank's application is named where files are."""
_TABLES: Final = {"household_kind": "household_kind", "marital": "marital", "nationality": "nationality"}
"""Items of further files whose values are codes of a table of the same standard."""


def rows_of(reading: CardReading) -> tuple[CardRow, ...]:
    """Return everything that was read, file by file, and the files that stayed closed."""
    return (*_public(reading), *_holder(reading), *_further(reading), *_bank(reading))


def _public(reading: CardReading) -> tuple[CardRow, ...]:
    public = reading.identity.public
    values = {
        ssse.IDENTIFICATION_CODE: public.identification_code,
        ssse.CARD_CLASS: public.card_class,
        ssse.SPEC_VERSION: public.spec_version,
        ssse.INIT_INSTITUTION: public.init_institution,
        ssse.ISSUE_DATE: public.issue_date.isoformat() if public.issue_date else "",
        ssse.VALID_UNTIL: public.valid_until.isoformat() if public.valid_until else "",
        ssse.CARD_NUMBER: public.card_number,
    }
    damaged = set(public.damaged)
    return tuple(_row(item, "EF05", value, damaged=item.tag_hex in damaged) for item, value in values.items())


def _holder(reading: CardReading) -> tuple[CardRow, ...]:
    holder = reading.holder
    if holder is None:
        return (CardRow(say("card_read.holder"), "EF06", "", say("card_read.closed"), Mark.OFF),)
    birth = holder.birth_date.isoformat() if holder.birth_date else ""
    values: tuple[tuple[Item, Words], ...] = (
        (ssse.SOCIAL_SECURITY_NUMBER, masked(holder.social_security_number)),
        (ssse.HOLDER_NAME, holder.name),
        (ssse.SEX, code_words(_SEX, holder.sex) if holder.sex else ""),
        (ssse.ETHNIC, code_words(_ETHNIC, holder.ethnic) if holder.ethnic else ""),
        (ssse.BIRTHPLACE, code_words(_REGION, holder.birthplace) if holder.birthplace else ""),
        (ssse.BIRTH_DATE, birth),
    )
    return tuple(_row(item, "EF06", value) for item, value in values)


def _further(reading: CardReading) -> tuple[CardRow, ...]:
    return tuple(row for file in reading.files for row in _file(file))


def _file(reading: FileReading) -> tuple[CardRow, ...]:
    address = reading.file.address
    rows = tuple(_row(one.item, address, _value(one), damaged=one.damaged) for one in reading.items)
    if reading.refused is None:
        return rows
    if reading.locked:
        return (*rows, CardRow(say("card_read.file"), address, "", say("card_read.closed"), Mark.OFF))
    meaning = say(meaning_key(reading.refused), left=reading.refused & 0x0F)
    why = say("card_read.not_given", meaning=meaning, status_word=f"{reading.refused:04X}")
    return (*rows, CardRow(say("card_read.file"), address, "", why, Mark.WARN))


def _value(one: ItemReading) -> Words:
    table = _TABLES.get(one.item.name)
    return code_words(table, one.text) if table and one.text else one.text


def _bank(reading: CardReading) -> tuple[CardRow, ...]:
    if reading.bank_card_number is None:
        return ()
    number = masked(reading.bank_card_number) if reading.bank_card_number else say("card_read.no_bank")
    return (CardRow(say("card_read.bank_number"), _BANK, "5A", number),)


def _row(item: Item, file: str, value: Words, *, damaged: bool = False) -> CardRow:
    name: Words = Both(item.chinese, item.name.replace("_", " ").capitalize()) if item.chinese else item.tag_hex
    if damaged:
        return CardRow(name, file, item.tag_hex, say("card_read.damaged"), Mark.ERR)
    return CardRow(name, file, item.tag_hex, value or say("card.empty"))
