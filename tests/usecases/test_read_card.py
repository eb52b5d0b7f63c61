"""Reading a card as far as it gives itself: versions, ciphers, further files, the bank's number; cards of others."""

from dataclasses import replace

import pytest

from sscard_desk.cards import personalisation, ssse
from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.cards.file_layout import layout_of
from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.cards.plan import plan
from sscard_desk.cards.profile import CardProfile
from sscard_desk.cards.sscard_text import AddressWrong, address, basic_text, parse_address, values_text
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import KEY_TRIES, READ_KEY, CardMemory, blank_card
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.errors.device import CardItemDamaged, CardRefused, ForeignCard
from sscard_desk.ports.card_reader import CardReader
from sscard_desk.ports.devices import Cancel
from sscard_desk.usecases.read_card import BASIC, WHOLE, CardReading, Extent, read_social_card
from tests.machines.card_in_hand import CONTENT, CardInHand, InHandReader, opened
from tests.machines.pcsc import sm4_profile, training_profile

PROFILE = training_profile()
CODE = "520300D156000005050842704E187F49"
BANK = "6217000000000000007"


def written(version: str = "2.00", profile: CardProfile = PROFILE, *, contactless: bool = False) -> CardMemory:
    """Return a card as a counter hands it over, with an address in DF01."""
    memory = blank_card(CODE, version, bank_card_number=BANK, contactless=contactless)
    hand = CardInHand(VirtualCard(memory, profile))
    opened(hand.transmit, memory.atr, profile)
    personalisation.write(hand.transmit, plan(CONTENT, profile, version))
    for tag, text in ((0x21, "测试街1号"), (0x20, "10" if version != "1.00" else "1")):
        item = next(file for file in layout_of(version).of("DF01") if file.file_id == 0xEF05).item(tag)
        records = memory.applications["DF01"][0xEF05].records
        assert records is not None
        records[tag] = item.encode(text)
    return memory


def read(
    memory: CardMemory, profile: CardProfile = PROFILE, extent: Extent = WHOLE, *, keys: bool = True
) -> CardReading:
    reader: CardReader = InHandReader(VirtualCard(memory, profile))
    return read_social_card(
        reader, profile, TrainingKeys(profile, training=True) if keys else None, Cancel(), extent=extent
    )


@pytest.mark.parametrize("version", ["1.00", "2.00", "2.01", "3.00"])
def test_a_card_of_every_version_is_read_whole(version: str) -> None:
    content = CONTENT if version != "1.00" else replace(CONTENT, name="张三")
    memory = blank_card(CODE, version, bank_card_number=BANK)
    hand = CardInHand(VirtualCard(memory, PROFILE))
    opened(hand.transmit, memory.atr, PROFILE)
    personalisation.write(hand.transmit, plan(content, PROFILE, version))
    reading = read(memory)
    assert reading.holder is not None
    assert (reading.holder.name, reading.holder.birth_date) == (content.name, content.birth_date)
    assert reading.identity.public.card_number == content.card_number
    assert reading.bank_card_number == BANK
    assert {file.file.address for file in reading.files} == set(PROFILE.reads)
    assert all(file.refused is None for file in reading.files)


def test_a_card_of_the_other_cipher_is_read_with_its_own_profile() -> None:
    reading = read(written("3.00", sm4_profile()), sm4_profile())
    assert reading.identity.algorithm is Algorithm.SM4
    assert reading.holder is not None
    assert {file.refused for file in reading.files} == {None}


def test_with_a_profile_of_another_cipher_no_try_of_a_key_is_spent() -> None:
    memory = written("3.00", sm4_profile())
    card = VirtualCard(memory, sm4_profile())
    reading = read_social_card(
        InHandReader(card), PROFILE, TrainingKeys(PROFILE, training=True), Cancel(), extent=WHOLE
    )
    assert reading.holder is None
    assert memory.key_tries[READ_KEY] == KEY_TRIES


def test_without_a_key_what_needs_one_is_said_to_be_closed() -> None:
    reading = read(written("3.00"), keys=False)
    assert (reading.holder, reading.blank) == (None, None)
    assert {file.locked for file in reading.files} == {True}
    assert reading.bank_card_number == BANK


def test_addresses_and_damaged_items_of_df01_are_told_item_by_item() -> None:
    memory = written()
    records = memory.applications["DF01"][0xEF05].records
    assert records is not None
    records[0x0E] = b"\x5a\x03\x00"
    values = {one.item.tag_hex: one for one in read(memory).files[0].items}
    assert (values["20"].text, values["21"].text) == ("10", "测试街1号")
    assert (values["0E"].text, values["0E"].damaged) == ("", True)


def test_a_contactless_card_is_read_alike_and_said_to_be_one() -> None:
    reading = read(written(contactless=True))
    assert reading.contactless
    assert reading.identity.historical == read(written()).identity.historical


def test_a_blank_is_said_to_be_one() -> None:
    assert read(blank_card(CODE)).blank is True


class BankOnly(VirtualCard):
    """A bank's card: it knows no social security application."""

    def process(self, apdu: bytes, *, torn: bool = False) -> bytes:
        ours = apdu[1] == Instruction.SELECT and ssse.NAME in apdu
        return b"\x6a\x82" if ours else super().process(apdu, torn=torn)


def test_a_bank_card_without_ours_is_foreign() -> None:
    with pytest.raises(ForeignCard):
        read_social_card(InHandReader(BankOnly(written(), PROFILE)), PROFILE, None, Cancel(), extent=WHOLE)


class Answering(VirtualCard):
    """A card that answers READ RECORD of one tag in its own way."""

    def __init__(self, memory: CardMemory, tag: int, answer: bytes) -> None:
        super().__init__(memory, PROFILE)
        self._answered, self._own = tag, answer

    def process(self, apdu: bytes, *, torn: bool = False) -> bytes:
        if apdu[1] == Instruction.READ_RECORD and apdu[2] == self._answered:
            return self._own
        return super().process(apdu, torn=torn)


@pytest.mark.parametrize(
    "answer",
    [
        b"\x90\x00",
        b"\x08\x90\x00",
        b"\x08\x12" + b"1" * 17 + b"\x90\x00",
        b"\x08\x13" + b"1" * 19 + b"\x90\x00",
        b"\x09\x12" + b"1" * 18 + b"\x90\x00",
    ],
    ids=["empty", "tag alone", "too short", "longer than the item", "another tag"],
)
def test_an_answer_of_wrong_form_is_never_shown_as_a_value(answer: bytes) -> None:
    with pytest.raises(CardItemDamaged) as caught:
        read_social_card(InHandReader(Answering(written(), 0x08, answer)), PROFILE, None, Cancel())
    assert caught.value.item == "08"


@pytest.mark.parametrize(
    "status_word", [0x6283, 0x6581, 0x6981, 0x6983, 0x6985, 0x6A80, 0x6A83, 0x6A86, 0x6D00, 0x9303]
)
def test_every_refusal_keeps_its_status_word(status_word: int) -> None:
    with pytest.raises(CardRefused) as caught:
        read_social_card(
            InHandReader(Answering(written(), 0x08, status_word.to_bytes(2, "big"))), PROFILE, None, Cancel()
        )
    assert caught.value.status_word == status_word


# -- the standard's text


def test_the_basic_text_has_eleven_fields_each_with_its_end() -> None:
    reading = read(written(), extent=BASIC)
    text = basic_text(reading.identity, reading.holder)
    assert text == (
        f"520300|{CONTENT.social_security_number}|{CONTENT.card_number}|{CODE}|{CONTENT.name}|"
        f"{reading.identity.historical.hex().upper()}|2.00|20261122|20361122|||"
    )
    assert text.count("|") == 11


def test_a_blank_leaves_the_holders_fields_empty_as_drivers_do() -> None:
    text = basic_text(read(blank_card("411600D156000005C38275EEFC9B9648", "3.00")).identity, None)
    assert text.startswith("411600|||411600D156000005C38275EEFC9B9648||")
    assert text.split("|")[6:9] == ["3.00", "", ""]


def test_an_address_string_gives_its_values_in_the_same_form() -> None:
    asked = "SSSEEF05|03|07|$SSSEEF06|08|09|4E|$DF01EF05|21|$"
    reading = read(written(), extent=Extent(chosen=lambda layout: parse_address(asked, layout)))
    name = CONTENT.name
    first = reading.files[1].items[1].text
    assert values_text(reading.files) == (
        f"SSSEEF05|2.00|{CONTENT.card_number}|$"
        f"SSSEEF06|{CONTENT.social_security_number}|{first}|{name.removeprefix(first)}|$DF01EF05|测试街1号|$"
    )
    assert address(parse_address(asked, layout_of("2.00"))) == asked


@pytest.mark.parametrize("asked", ["MFEF05|03|$", "3F00EF05|03|$", "SSSEEF05|03|", "SSSEEF05|03"])
def test_other_programs_ways_of_writing_an_address_are_understood(asked: str) -> None:
    assert address(parse_address(asked, layout_of("2.00"))) == "SSSEEF05|03|$"


@pytest.mark.parametrize("asked", ["", "$", "SSSEEF05|$", "SSSEEF05|99|$", "DF09EF05|01|$", "SSSEEF08|01|$", "x"])
def test_an_address_that_names_nothing_is_refused(asked: str) -> None:
    with pytest.raises(AddressWrong):
        parse_address(asked, layout_of("2.00"))
