"""What only the standard's reader library does: a missing file, a crash, its own keypad, and its numbers."""

from pathlib import Path

import pytest

from sscard_desk.cards.identity import identify
from sscard_desk.devices.card_library import codes
from sscard_desk.devices.card_library.calls import CardLibrary, Said
from sscard_desk.devices.card_library.reader import LibraryCardReader
from sscard_desk.devices.card_reader.virtual_files import blank_card
from sscard_desk.domain.errors.card_model import ReaderLibraryMissing, ReaderLibraryRefused
from sscard_desk.domain.errors.device import (
    CardOutcomeUnknown,
    CardRemoved,
    NoCard,
)
from sscard_desk.domain.errors.pin import PinEntryStopped, PinWeak
from sscard_desk.ports.devices import Cancel, Health
from tests.machines.card_library import READER, built_library
from tests.machines.pcsc import CardTable, table, tables

__all__ = ["table", "tables"]
pytestmark = pytest.mark.real

PIN = "SSCARD_TEST_PIN"


def library_at(table: CardTable, monkeypatch: pytest.MonkeyPatch, pin: str = "") -> LibraryCardReader:
    monkeypatch.setenv(READER, table.slot.reader)
    if pin:
        monkeypatch.setenv(PIN, pin)
    reader = LibraryCardReader(CardLibrary(built_library(), seconds=20.0))
    table.stack.callback(reader.close)
    return reader


@pytest.mark.parametrize("content", [None, b"no library"])
def test_a_library_that_is_not_there_or_is_none_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "libSSCardDriver.so"
    if content is not None:
        path.write_bytes(content)
    reader = LibraryCardReader(CardLibrary(str(path)))
    state = reader.probe()
    assert (state.health is Health.WARNING) is (content is None)
    try:
        with pytest.raises(ReaderLibraryMissing) as caught, reader.open(Cancel()):
            pass
    finally:
        reader.close()
    assert caught.value.reason == ("not_found" if content is None else "not_loadable")


def test_a_function_that_the_library_lacks_is_named() -> None:
    library = CardLibrary(built_library())
    try:
        with pytest.raises(ReaderLibraryMissing) as caught:
            library.call("iReadIdentityCard", 1)
    finally:
        library.close()
    assert caught.value.reason == "no_entry"


def test_a_pin_is_typed_on_the_readers_keypad_and_counted_by_the_card(
    table: CardTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = blank_card()
    memory.pin = "135790"
    table.card(memory)
    reader = library_at(table, monkeypatch, "000000")
    with reader.open(Cancel(), wait_s=10) as channel:
        pad = channel.pin_pad()
        assert [pad.verify(6) for _ in range(4)] == [0x63C2, 0x63C1, 0x63C0, 0x6983]
        with pytest.raises(PinWeak):
            pad.change(6)


def test_an_entry_that_was_stopped_is_no_try(table: CardTable, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = blank_card()
    table.card(memory)
    tries = memory.pin_tries
    with library_at(table, monkeypatch).open(Cancel(), wait_s=10) as channel, pytest.raises(PinEntryStopped):
        channel.pin_pad().verify(6)
    assert memory.pin_tries == tries


def test_a_library_that_crashes_takes_nothing_with_it(table: CardTable, monkeypatch: pytest.MonkeyPatch) -> None:
    table.card(blank_card())
    reader = library_at(table, monkeypatch, "crash")
    with reader.open(Cancel(), wait_s=10) as channel, pytest.raises(CardOutcomeUnknown):
        channel.pin_pad().verify(6)
    with reader.open(Cancel(), wait_s=10) as channel:
        assert identify(channel.transmit, channel.atr).public.spec_version == "2.00"


def test_the_terminals_own_key_module_is_asked_where_nobody_else_answers(
    table: CardTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.card(blank_card())
    with library_at(table, monkeypatch).open(Cancel(), wait_s=10) as channel:
        identify(channel.transmit, channel.atr)
        channel.transmit(bytes.fromhex("00A4020002EF05"))
        with pytest.raises(ReaderLibraryRefused) as caught:
            channel.transmit(bytes.fromhex("00DC050006050420261122"))
    assert caught.value.number == -2201


def test_numbers_are_status_words_or_the_terminals_own() -> None:
    assert [codes.status_word(-number) for number in (25537, 27010, 27266, 37634)] == [0x63C1, 0x6982, 0x6A82, 0x9302]
    assert codes.status_word(-2201) is None
    assert isinstance(codes.before_commands(-2), NoCard)
    assert isinstance(codes.while_reading(-4), CardRemoved)
    assert isinstance(codes.while_writing(-4), CardOutcomeUnknown)
    assert isinstance(codes.while_writing(-23), ReaderLibraryRefused)


def test_what_the_library_says_does_not_show_in_a_representation() -> None:
    assert repr(Said(0, "110101|11010119900307109X|")) == "Said(0)"
