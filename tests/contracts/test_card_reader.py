"""What every card reader does for the counter: the PC/SC driver with a virtual card behind the real service."""

import functools
import operator
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from sscard_desk.cards import ssse
from sscard_desk.cards.identity import identify
from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.devices.card_reader.card_faults import Fault, FaultKind
from sscard_desk.devices.card_reader.pcsc import PcscCardReader
from sscard_desk.devices.card_reader.pcscd import SOCKET_VARIABLE, private_pcscd
from sscard_desk.devices.card_reader.simulated import SimulatedCard, run
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import blank_card
from sscard_desk.domain.errors.card_model import NoSocialCard
from sscard_desk.domain.errors.device import (
    CardReaderBusy,
    CardReaderMissing,
    CardReaderSilent,
    CardRemoved,
    CardServiceStopped,
    ForeignCard,
    NoCard,
    SeveralCards,
)
from sscard_desk.ports.card_reader import CardChannel, CardReader
from sscard_desk.ports.devices import Cancel, Cancelled, Health
from tests.machines.pcsc import CardTable, Tables, table, tables, training_profile

__all__ = ["table", "tables"]
pytestmark = pytest.mark.real


class BankCard(VirtualCard):
    """A card that knows no social security application."""

    def process(self, apdu: bytes, *, torn: bool = False) -> bytes:
        return b"\x6a\x82" if apdu[1] == Instruction.SELECT else super().process(apdu, torn=torn)


class CardOfOneProtocol(VirtualCard):
    """A card that speaks T=1: it gets Le behind data and answers at once."""

    @property
    def atr(self) -> bytes:
        body = bytes.fromhex("8D01") + self.memory.historical
        return b"\x3b" + body + bytes((functools.reduce(operator.xor, body),))


def test_the_driver_serves_the_ports(table: CardTable) -> None:
    table.card(blank_card())
    reader: CardReader = table.reader
    with reader.open(Cancel(), wait_s=10) as channel:
        served: CardChannel = channel
        assert served.atr == blank_card().atr


def test_probing_tells_reader_and_card_and_never_raises(table: CardTable) -> None:
    state = table.reader.probe()
    assert (state.health, state.trouble, state.facts["card"]) == (Health.READY, None, "no")
    table.card(blank_card())
    with table.channel():
        assert table.reader.probe().health is Health.BUSY
    assert table.reader.probe().facts["card"] == "yes"


def test_a_reader_of_another_name_is_missing(table: CardTable) -> None:
    reader = PcscCardReader("no such reader")
    try:
        state = reader.probe()
        assert (state.health, type(state.trouble)) == (Health.OFF, CardReaderMissing)
        with pytest.raises(CardReaderMissing), reader.open(Cancel()):
            pass
    finally:
        reader.close()


def test_a_service_that_does_not_run_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SOCKET_VARIABLE, str(tmp_path / "nobody"))
    reader = PcscCardReader()
    try:
        state = reader.probe()
        assert (state.health, type(state.trouble)) == (Health.SILENT, CardServiceStopped)
        with pytest.raises(CardServiceStopped), reader.open(Cancel()):
            pass
    finally:
        reader.close()


def test_an_empty_reader_has_no_card(table: CardTable) -> None:
    with pytest.raises(NoCard), table.reader.open(Cancel(), wait_s=0.1):
        pass


def test_a_card_that_comes_while_waiting_is_served(table: CardTable) -> None:
    card = SimulatedCard(VirtualCard(blank_card(), training_profile()), table.slot.port)
    table.stack.callback(card.pull)
    later = threading.Timer(0.3, card.insert)
    later.start()
    with table.channel() as channel:
        assert channel.atr == card.card.atr
    later.join()


def test_waiting_for_a_card_is_ended_by_a_wish_to_stop(table: CardTable) -> None:
    cancel = Cancel()
    later = threading.Timer(0.2, cancel.set)
    later.start()
    begun = time.monotonic()
    with pytest.raises(Cancelled), table.reader.open(cancel, wait_s=60):
        pass
    later.join()
    assert time.monotonic() - begun < 30


def test_a_hanging_command_is_ended_by_a_wish_to_stop(table: CardTable) -> None:
    table.card(blank_card(), Fault(FaultKind.HANG, 1))
    table.reader._patience_s = 0.1
    cancel = Cancel()
    later = threading.Timer(0.2, cancel.set)
    with table.reader.open(cancel, wait_s=10) as channel:
        later.start()
        with pytest.raises(CardReaderSilent):
            channel.transmit(bytes.fromhex("00B2010400"))
    later.join()


def test_a_card_held_by_another_program_is_busy(table: CardTable) -> None:
    table.card(blank_card())
    other = PcscCardReader(table.slot.reader)
    try:
        with table.channel(), pytest.raises(CardReaderBusy), other.open(Cancel()):
            pass
        with other.open(Cancel(), wait_s=10) as channel:
            assert channel.atr
    finally:
        other.close()


def test_without_a_name_the_social_security_card_among_several_is_found(tables: Tables) -> None:
    with tables.table() as bank, tables.table() as ours:
        bank.put_in(BankCard(blank_card(), training_profile()))
        ours.card(blank_card())
        with bank.channel(), ours.channel():
            pass  # both are in now
        reader = PcscCardReader()
        try:
            with reader.open(Cancel()) as channel:
                assert channel.reader == ours.slot.reader
                assert channel.transmit(bytes.fromhex("00A404000F") + ssse.NAME)[1] == 0x9000
        finally:
            reader.close()


def test_two_social_security_cards_in_two_readers_are_both_left_alone(tables: Tables) -> None:
    with tables.table() as left, tables.table() as right:
        cards = [left.card(blank_card()), right.card(blank_card())]
        with left.channel(), right.channel():
            pass  # both are in now
        reader = PcscCardReader()
        try:
            with pytest.raises(SeveralCards) as refused, reader.open(Cancel(), wait_s=5):
                pass
            assert refused.value.count == len(cards)
            sent = {header[1] for card in cards for header in card.commands}
            assert sent <= {Instruction.SELECT, Instruction.GET_RESPONSE}
            cards[1].pull()
            with reader.open(Cancel(), wait_s=10) as channel:
                assert channel.reader == left.slot.reader
        finally:
            reader.close()


def test_several_cards_without_a_social_security_card_are_told_as_that(tables: Tables) -> None:
    with tables.table() as left, tables.table() as right:
        for one in (left, right):
            one.put_in(BankCard(blank_card(), training_profile()))
            with one.channel():
                pass  # it is in now
        reader = PcscCardReader()
        try:
            with pytest.raises(NoSocialCard) as refused, reader.open(Cancel(), wait_s=5):
                pass
            assert refused.value.count == 2
        finally:
            reader.close()


def test_a_card_of_another_kind_is_foreign(table: CardTable) -> None:
    table.put_in(BankCard(blank_card(), training_profile()))
    with table.channel() as channel, pytest.raises(ForeignCard):
        identify(channel.transmit, channel.atr)


def test_a_card_of_protocol_1_is_spoken_to_with_le(table: CardTable) -> None:
    card = table.put_in(CardOfOneProtocol(blank_card(), training_profile()))
    with table.channel() as channel:
        assert isinstance(card.card, CardOfOneProtocol)
        assert identify(channel.transmit, channel.atr).historical == card.card.memory.historical
    assert Instruction.GET_RESPONSE not in {header[1] for header in card.commands}


def test_a_killed_worker_is_replaced(table: CardTable) -> None:
    table.card(blank_card())
    with table.channel() as channel:
        os.kill(channel.worker_process_id, signal.SIGTERM)
        with pytest.raises(CardReaderSilent):
            channel.transmit(bytes.fromhex("00A404000F") + ssse.NAME)
    with table.channel() as channel:
        assert channel.transmit(bytes.fromhex("00A404000F") + ssse.NAME)[1] == 0x9000


def test_a_restarted_service_is_found_again() -> None:
    # a service of its own: stopping the shared one would disturb the other tests
    reader = PcscCardReader()
    try:
        with private_pcscd() as service:
            card = SimulatedCard(VirtualCard(blank_card(), training_profile()), service.vpcd_port)
            assert card.insert()
            with reader.open(Cancel(), wait_s=10) as channel:
                service.stop()
                card.pull()
                with pytest.raises((CardServiceStopped, CardReaderSilent, CardRemoved)):
                    channel.transmit(bytes.fromhex("00A404000F") + ssse.NAME)
            assert reader.probe().health is Health.SILENT
        with private_pcscd():
            # another socket than before, as only a test has it: the library in the worker reads its name once
            reader.close()
            assert reader.probe().health is Health.READY
    finally:
        reader.close()


def test_the_simulated_card_tells_where_it_is_and_stops(table: CardTable) -> None:
    told: list[str] = []
    stop = threading.Event()
    port = table.slot.port
    running = threading.Thread(
        target=run, args=(training_profile(), stop, told.append), kwargs={"port": port, "spec_version": "3.00"}
    )
    running.start()
    try:
        with table.channel() as channel:
            assert identify(channel.transmit, channel.atr).public.spec_version == "3.00"
        while not told:
            time.sleep(0.01)
    finally:
        stop.set()
        running.join()
    assert told[-1] == f"inserted 127.0.0.1:{port}"
