"""A real pcscd with vpcd for a whole test run, and cards to put into it. Import the fixtures by name."""

import atexit
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import cycle

import pytest

from sscard_desk.cards.profile import CardProfile
from sscard_desk.cards.profile_file import load_profile
from sscard_desk.devices.card_reader.card_faults import Fault
from sscard_desk.devices.card_reader.pcsc import PcscCardReader
from sscard_desk.devices.card_reader.pcsc_channel import PcscChannel
from sscard_desk.devices.card_reader.pcscd import PrivatePcscd, VirtualSlot
from sscard_desk.devices.card_reader.simulated import SimulatedCard
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import CardMemory
from sscard_desk.ports.devices import Cancel
from sscard_desk.resources import resource


@cache
def training_profile() -> CardProfile:
    return load_profile(resource("card_profiles", "training.toml"))


@cache
def sm4_profile() -> CardProfile:
    return load_profile(resource("card_profiles", "training_sm4.toml"))


@dataclass
class CardTable:
    """One reader's worth of hands: puts cards in, opens the reader, takes cards out."""

    slot: VirtualSlot
    reader: PcscCardReader
    stack: ExitStack

    def card(self, memory: CardMemory, *faults: Fault) -> SimulatedCard:
        """Put a card in and return it; it is taken out at the end of the test."""
        return self.put_in(VirtualCard(memory, training_profile()), *faults)

    def put_in(self, virtual: VirtualCard, *faults: Fault) -> SimulatedCard:
        card = SimulatedCard(virtual, self.slot.port, faults=faults)
        assert card.insert()
        self.stack.callback(card.pull)
        return card

    @contextmanager
    def channel(self) -> Iterator[PcscChannel]:
        with self.reader.open(Cancel(), wait_s=10) as channel:
            yield channel


class Tables:
    """Hands out one slot after the other, so that a test need not wait until the service has forgotten the last."""

    def __init__(self, service: PrivatePcscd) -> None:
        self.service = service
        self._slots = cycle(service.slots)

    @contextmanager
    def table(self) -> Iterator[CardTable]:
        slot = next(self._slots)
        reader = PcscCardReader(slot.reader)
        try:
            until_empty(reader)
            with ExitStack() as stack:
                yield CardTable(slot, reader, stack)
        finally:
            reader.close()


@cache
def shared_tables() -> Tables:
    # one for the whole run, however many modules import the fixture: workers find it through the environment
    service = PrivatePcscd(readers=4)
    atexit.register(service.stop)
    return Tables(service)


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> Tables:
    tables = shared_tables()
    for name, value in tables.service.environment.items():
        monkeypatch.setenv(name, value)
    return tables


@pytest.fixture
def table(tables: Tables) -> Iterator[CardTable]:
    with tables.table() as table:
        yield table


def until_empty(reader: PcscCardReader) -> None:
    """Wait until the service has seen that no card is left in these slots: it looks every 400 ms."""
    end = time.monotonic() + 20
    while reader.probe().facts.get("card") != "no":
        assert time.monotonic() < end, "the service did not get there in time"
        time.sleep(0.02)
