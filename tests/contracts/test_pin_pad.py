"""PIN pads: the structures of PC/SC part 10 byte by byte, a model of a reader that takes them, and a reader without."""

import pytest

from sscard_desk.cards import pin_commands
from sscard_desk.devices.card_reader.pin_pad import PcscPinPad, features, modify_structure, verify_structure
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import PIN_TRIES, CardMemory, blank_card
from sscard_desk.devices.card_reader.virtual_pad import VirtualPad
from sscard_desk.domain.errors.pin import PAD_REASONS, PinEntryStopped, PinLength, PinPadFailed, PinsDiffer
from sscard_desk.ports.pin_pad import HasPinPad, PinPad
from sscard_desk.texts import LANGUAGES, Catalogue, Language, describe
from tests.machines.card_in_hand import CardInHand
from tests.machines.pcsc import CardTable, table, tables, training_profile

__all__ = ["table", "tables"]


def pad_over(memory: CardMemory, *typed: str, changes: bool = True) -> tuple[PinPad, VirtualPad]:
    card = VirtualCard(memory, training_profile())
    card.process(bytes.fromhex("00A404000F") + "sx1.sh.社会保障".encode("gbk"))
    model = VirtualPad(card, typed, changes=changes)
    return PcscPinPad(model.control, features(model.features())), model


def memory(pin: str = "730518", tries: int = PIN_TRIES) -> CardMemory:
    made = blank_card()
    made.pin, made.pin_tries = pin, tries
    return made


def test_the_verify_structure_is_that_of_part_10() -> None:
    assert verify_structure(6) == bytes.fromhex(
        "1E 1E"  # bTimerOut, bTimerOut2: 30 s
        "81"  # bmFormatString: bytes, at the beginning, left, BCD
        "03 00"  # bmPINBlockString: three bytes; bmPINLengthFormat: none
        "0606"  # wPINMaxExtraDigit: six to six
        "02 01 0408 00"  # bEntryValidationCondition, bNumberMessage, wLangId, bMsgIndex
        "000000"  # bTeoPrologue
        "08000000"  # ulDataLength
        "00200000 03 FFFFFF"  # VERIFY
    )


def test_the_modify_structure_is_that_of_part_10_with_old_and_new_around_the_ff() -> None:
    assert modify_structure(6) == bytes.fromhex(
        "1E 1E 81 03 00"
        "00 04"  # bInsertionOffsetOld, bInsertionOffsetNew
        "0606 03 02 03 0408"  # digits, bConfirmPIN: old and new twice, validation key, messages, language
        "00 01 02"  # bMsgIndex1..3
        "000000 0C000000"
        "805E0100 07 FFFFFF FF FFFFFF"  # CHANGE PIN
    )


def test_features_are_read_and_nonsense_means_none() -> None:
    assert features(bytes.fromhex("0604 42330006 0704 42330007")) == {6: 0x42330006, 7: 0x42330007}
    for nonsense in ("06", "060342330006", "0604423300", "060442330006FF"):
        assert features(bytes.fromhex(nonsense)) == {}


def test_what_is_typed_on_the_pad_is_counted_by_the_card() -> None:
    card = memory()
    pad, _ = pad_over(card, "730519", "730518")
    assert pad.verify(6) == 0x63C0 | PIN_TRIES - 1
    assert card.pin_tries == PIN_TRIES - 1
    assert pad.verify(6) == 0x9000
    assert card.pin_tries == PIN_TRIES


def test_a_pin_is_changed_on_the_pad() -> None:
    card = memory()
    pad, _ = pad_over(card, "730518", "260517", "260517")
    assert pad.can_change
    assert pad.change(6) == 0x9000
    assert (card.pin, card.pin_tries) == ("260517", PIN_TRIES)


@pytest.mark.parametrize(
    ("typed", "error"),
    [((), PinEntryStopped), (("",), PinEntryStopped), (("7305",), PinLength), (("73051800",), PinLength)],
)
def test_an_entry_that_is_none_costs_no_try(typed: tuple[str, ...], error: type[Exception]) -> None:
    card = memory()
    pad, _ = pad_over(card, *typed)
    with pytest.raises(error):
        pad.verify(6)
    assert card.pin_tries == PIN_TRIES


def test_new_pins_that_differ_change_nothing() -> None:
    card = memory()
    pad, _ = pad_over(card, "730518", "260517", "260518")
    with pytest.raises(PinsDiffer):
        pad.change(6)
    assert (card.pin, card.pin_tries) == ("730518", PIN_TRIES)


def test_a_pad_that_cannot_change_or_refuses_the_order_is_told() -> None:
    card = memory()
    pad, model = pad_over(card, "730518", changes=False)
    assert not pad.can_change
    with pytest.raises(PinPadFailed):
        pad.change(6)
    broken = PcscPinPad(lambda code, data: model.control(code, data[:-1]), features(model.features()))
    with pytest.raises(PinPadFailed) as refused:
        broken.verify(6)
    assert refused.value.reason == "6B80"
    short = PcscPinPad(lambda _code, _data: b"\x90", features(model.features()))
    with pytest.raises(PinPadFailed):
        short.verify(6)
    assert card.pin_tries == PIN_TRIES


def test_the_model_takes_no_structure_that_differs_by_a_byte_in_its_form() -> None:
    card = memory()
    _, model = pad_over(card, *["730518"] * 40)
    whole = verify_structure(6)
    for at in (2, 3, 4, 8, 15, 23):  # format, block, length format, messages, ulDataLength, Lc
        torn = bytearray(whole)
        torn[at] ^= 0x40
        assert model.control(0x42330006, bytes(torn)) == b"\x6b\x80", at
    assert len(model.typed) == 40  # nobody was even asked


@pytest.mark.real
def test_a_reader_without_a_pad_reports_none_and_the_card_goes_on(table: CardTable) -> None:
    table.card(memory())
    with table.channel() as channel:
        assert isinstance(channel, HasPinPad)
        assert channel.pin_pad() is None
        assert channel.transmit(bytes.fromhex("00A404000F") + "sx1.sh.社会保障".encode("gbk"))[1] == 0x9000


def test_a_card_in_hand_is_verified_through_the_same_chip() -> None:
    card = memory()
    pad, model = pad_over(card, "730518")
    assert pad.verify(6) == 0x9000
    assert isinstance(model.chip, VirtualCard)
    assert CardInHand(model.chip).transmit(pin_commands.VERIFY + b"\x00")[1] == 0x9000


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pad_that_took_no_order_says_why_in_words(language: Language) -> None:
    texts = Catalogue(language)
    said = [describe(PinPadFailed(reason=reason), texts).message for reason in sorted(PAD_REASONS)]
    assert len(set(said)) == len(PAD_REASONS)
    assert not any(reason in one for reason in PAD_REASONS for one in said)
    assert "6B80" in describe(PinPadFailed(reason="6B80"), texts).message
