"""What both drivers do for a social security card: PC/SC, and the standard's reader library over the same reader."""

import threading

import pytest

from sscard_desk.cards import authentication, personalisation, proof, ssse
from sscard_desk.cards.identity import identify
from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.cards.plan import plan
from sscard_desk.devices.card_reader.card_faults import Fault, FaultKind
from sscard_desk.devices.card_reader.simulated import SimulatedCard
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import KEY_TRIES, UPDATE_KEY, CardMemory, blank_card
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import (
    CardAuthenticationFailed,
    CardOutcomeUnknown,
    CardRefused,
    CardRemoved,
    ForeignCard,
    NoCard,
)
from sscard_desk.ports.card_reader import CardChannel, CardReader
from sscard_desk.ports.devices import Cancel, Cancelled, Health
from sscard_desk.usecases.read_card import read_social_card
from tests.machines.card_in_hand import CONTENT, answers, opened
from tests.machines.card_library import AnyTable, any_table
from tests.machines.pcsc import table, tables, training_profile

__all__ = ["any_table", "table", "tables"]
pytestmark = pytest.mark.real

PROFILE = training_profile()


class BankCard(VirtualCard):
    """A card that knows no social security application."""

    def process(self, apdu: bytes, *, torn: bool = False) -> bytes:
        return b"\x6a\x82" if apdu[1] == Instruction.SELECT else super().process(apdu, torn=torn)


def stored(memory: CardMemory) -> dict[str, bytes]:
    return {
        f"{file.name} {tag:02X}": value
        for file in ssse.FILES.values()
        for tag, value in (memory.files[file.file_id].records or {}).items()
    }


def written(channel: CardChannel, version: str) -> None:
    planned = plan(CONTENT, PROFILE, version)
    opened(channel.transmit, channel.atr, PROFILE)
    personalisation.write(channel.transmit, planned)
    again = identify(channel.transmit, channel.atr)
    authentication.open_for_reading(channel.transmit, again, PROFILE, answers(PROFILE, again))
    proof.compare(proof.read_back(channel.transmit, planned))


def write_with(channel: CardChannel, answer: authentication.Answer) -> None:
    authentication.authenticate(channel.transmit, PROFILE.update_key, answer)
    personalisation.write(channel.transmit, plan(CONTENT, PROFILE, "2.00"))


def test_the_driver_serves_the_port_and_probing_never_raises(any_table: AnyTable) -> None:
    reader: CardReader = any_table.reader
    assert reader.probe().health is Health.READY


def test_an_empty_reader_has_no_card(any_table: AnyTable) -> None:
    with pytest.raises(NoCard), any_table.reader.open(Cancel(), wait_s=0.1):
        pass


def test_waiting_is_ended_by_a_wish_to_stop(any_table: AnyTable) -> None:
    cancel = Cancel()
    later = threading.Timer(0.2, cancel.set)
    later.start()
    with pytest.raises(Cancelled), any_table.reader.open(cancel, wait_s=60):
        pass
    later.join()


def test_a_card_that_comes_while_waiting_is_identified(any_table: AnyTable) -> None:
    memory = blank_card()
    card = SimulatedCard(VirtualCard(memory, PROFILE), any_table.table.slot.port)
    any_table.table.stack.callback(card.pull)
    later = threading.Timer(0.3, card.insert)
    later.start()
    with any_table.channel() as channel:
        identity = identify(channel.transmit, channel.atr)
        assert identity.public.identification_code == memory.identification_code
        assert identity.historical == memory.historical
        assert identity.algorithm is PROFILE.algorithm
        assert channel.commands > 0
    later.join()


def test_a_card_of_another_kind_is_foreign(any_table: AnyTable) -> None:
    any_table.table.put_in(BankCard(blank_card(), PROFILE))
    with any_table.channel() as channel, pytest.raises(ForeignCard):
        identify(channel.transmit, channel.atr)


@pytest.mark.parametrize("version", ["1.00", "2.00", "3.00"])
def test_a_card_is_written_and_read_back_byte_by_byte(any_table: AnyTable, version: str) -> None:
    memory = blank_card(spec_version=version)
    any_table.table.card(memory)
    content_fits = version != "1.00"
    with any_table.channel() as channel:
        if content_fits:
            written(channel, version)
            planned = {one.name: one.value for one in plan(CONTENT, PROFILE, version)}
            assert planned.items() <= stored(memory).items()
    keys = TrainingKeys(PROFILE, training=True)
    reading = read_social_card(any_table.reader, PROFILE, keys, Cancel(), 5)
    assert reading.holder is not None
    assert reading.holder.name == (CONTENT.name if content_fits else "")
    assert reading.blank is not content_fits


@pytest.mark.parametrize("kind", [FaultKind.PULL_BEFORE, FaultKind.PULL_HALF, FaultKind.PULL_AFTER])
@pytest.mark.parametrize("at", [2, 7])
def test_a_card_pulled_at_a_record_is_taken_up_again(any_table: AnyTable, kind: FaultKind, at: int) -> None:
    memory = blank_card()
    card = any_table.table.card(memory, Fault(kind, at, Instruction.UPDATE_RECORD))
    planned = plan(CONTENT, PROFILE, "2.00")
    with any_table.channel() as channel:
        opened(channel.transmit, channel.atr, PROFILE)
        with pytest.raises(CardOutcomeUnknown):
            personalisation.write(channel.transmit, planned)
        with pytest.raises(DeskError):
            proof.how_far(channel.transmit, planned)
    any_table.take_out(card)
    assert card.insert()
    with any_table.channel() as channel:
        identity = opened(channel.transmit, channel.atr, PROFILE)
        proof.need_same_card(identity, memory.identification_code)
        todo = proof.unfinished(proof.how_far(channel.transmit, planned))
        assert planned.items[at - 1] not in todo or kind is not FaultKind.PULL_AFTER
        personalisation.write(channel.transmit, planned, only=todo)
        proof.compare(proof.read_back(channel.transmit, planned))
    assert {one.name: one.value for one in planned}.items() <= stored(memory).items()


def test_a_card_pulled_while_it_is_read_changed_nothing(any_table: AnyTable) -> None:
    memory = blank_card()
    before = stored(memory)
    any_table.table.card(memory, Fault(FaultKind.PULL_AFTER, 4, Instruction.READ_RECORD))
    with any_table.channel() as channel, pytest.raises(CardRemoved):
        identify(channel.transmit, channel.atr)
    assert stored(memory) == before


def test_a_wrong_key_writes_nothing_and_costs_one_try(any_table: AnyTable) -> None:
    memory = blank_card()
    before = stored(memory)
    any_table.table.card(memory)
    with any_table.channel() as channel:
        identity = identify(channel.transmit, channel.atr)
        right = answers(PROFILE, identity)
        with pytest.raises((CardAuthenticationFailed, CardRefused)):
            write_with(channel, lambda _key, challenge: right(0x0A, challenge))
    assert stored(memory) == before
    assert memory.key_tries[UPDATE_KEY] == KEY_TRIES - 1


def test_nothing_is_written_without_a_key(any_table: AnyTable) -> None:
    memory = blank_card()
    before = stored(memory)
    any_table.table.card(memory)
    with any_table.channel() as channel:
        identify(channel.transmit, channel.atr)
        with pytest.raises(DeskError):
            personalisation.write(channel.transmit, plan(CONTENT, PROFILE, "2.00"))
    assert stored(memory) == before
