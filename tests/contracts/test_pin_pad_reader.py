"""A reader with a PIN pad behind a real service: features asked for, structures sent, the PIN at the card."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from sscard_desk.devices.card_reader.pcsc import PcscCardReader
from sscard_desk.devices.card_reader.simulated import SETTLE_S, SimulatedCard
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import PIN_TRIES, CardMemory, blank_card
from sscard_desk.domain.errors.device import CardOutcomeUnknown, CardRemoved
from sscard_desk.domain.errors.pin import PinEntryStopped, PinLength, PinsDiffer
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.pin_pad import HasPinPad, PinPad
from tests.machines.pcsc import training_profile, until_empty
from tests.machines.pin_pad_reader import PadReader, reader_with_pad

pytestmark = [pytest.mark.real, pytest.mark.timeout(60)]
SSSE = bytes.fromhex("00A404000F") + "sx1.sh.社会保障".encode("gbk")


@dataclass
class Counter:
    """A card in a reader with a pad, held."""

    pad: PinPad
    reader: PadReader
    card: SimulatedCard
    memory: CardMemory


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PadReader]:
    made = reader_with_pad(tmp_path_factory.mktemp("pad"))
    yield made
    made.service.stop()


@pytest.fixture
def counter(service: PadReader, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    for name, value in service.service.environment.items():
        monkeypatch.setenv(name, value)
    memory = blank_card()
    memory.pin = "730518"
    card = SimulatedCard(VirtualCard(memory, training_profile()), service.service.slots[0].port)
    reader = PcscCardReader(service.service.slots[0].reader)
    assert card.insert()
    try:
        with reader.open(Cancel(), 10) as channel:
            assert isinstance(channel, HasPinPad)
            pad = channel.pin_pad()
            assert pad is not None
            assert channel.transmit(SSSE)[1] == 0x9000
            yield Counter(pad, service, card, memory)
    finally:
        card.pull()
        until_empty(reader)
        time.sleep(SETTLE_S)
        reader.close()


def test_a_pin_typed_on_the_reader_is_counted_by_the_card(counter: Counter) -> None:
    counter.reader.type("730519", "730518")
    assert counter.pad.verify(6) == 0x63C0 | PIN_TRIES - 1
    assert counter.pad.verify(6) == 0x9000
    assert counter.memory.pin_tries == PIN_TRIES


def test_old_and_new_are_put_where_the_command_has_them(counter: Counter) -> None:
    counter.reader.type("730518", "260517", "260517")
    assert counter.pad.can_change
    assert counter.pad.change(6) == 0x9000
    assert counter.memory.pin == "260517"


def test_what_is_no_entry_reaches_no_card(counter: Counter) -> None:
    before = replace(counter.memory)
    for entries, error in (((), PinEntryStopped), (("",), PinEntryStopped), (("7305",), PinLength)):
        counter.reader.type(*entries)
        with pytest.raises(error):
            counter.pad.verify(6)
    counter.reader.type("730518", "260517", "260518")
    with pytest.raises(PinsDiffer):
        counter.pad.change(6)
    assert (counter.memory.pin, counter.memory.pin_tries) == (before.pin, before.pin_tries)


def test_a_card_that_is_gone_is_never_told_as_a_wrong_pin(counter: Counter) -> None:
    counter.card.pull()
    counter.reader.type("730519")
    with pytest.raises((CardRemoved, CardOutcomeUnknown)):
        counter.pad.verify(6)
    assert counter.memory.pin_tries == PIN_TRIES
