"""A real pcscd with vpcd for a whole test run, and cards to put into it. Import the fixtures by name."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache

import pytest

from sscard_desk.cards.profile import CardProfile, load_profile
from sscard_desk.devices.card_reader.pcsc import PcscCardReader, PcscChannel
from sscard_desk.devices.card_reader.pcscd import READER_NAME, PrivatePcscd, private_pcscd
from sscard_desk.devices.card_reader.simulated import Fault, SimulatedCard
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import CardMemory
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import NoCard
from sscard_desk.ports.devices import Cancel
from sscard_desk.resources import resource


@cache
def training_profile() -> CardProfile:
    return load_profile(resource("card_profiles", "training.toml"))


@dataclass
class CardTable:
    """One reader's worth of hands: puts cards in, opens the reader, takes cards out."""

    service: PrivatePcscd
    reader: PcscCardReader
    stack: ExitStack

    def card(self, memory: CardMemory, *faults: Fault, slot: int = 0) -> SimulatedCard:
        """Put a card in and return it; it is taken out at the end of the test."""
        card = SimulatedCard(VirtualCard(memory, training_profile()), self.service.vpcd_port + slot, faults=faults)
        assert card.insert()
        self.stack.callback(card.pull)
        return card

    @contextmanager
    def channel(self) -> Iterator[PcscChannel]:
        with self.reader.open(Cancel(), wait_s=10) as channel:
            yield channel

    def swap(self, out: SimulatedCard) -> None:
        """Take a card out and wait until the service has seen it."""
        out.pull()
        self.until_empty()

    def until_empty(self) -> None:
        _until(lambda: _is_empty(self.reader))


@pytest.fixture(scope="session")
def pcscd() -> Iterator[PrivatePcscd]:
    with private_pcscd() as service:
        yield service


@pytest.fixture
def table(pcscd: PrivatePcscd) -> Iterator[CardTable]:
    reader = PcscCardReader(READER_NAME)
    _until(lambda: _is_empty(reader))
    try:
        with ExitStack() as stack:
            yield CardTable(pcscd, reader, stack)
    finally:
        reader.close()


def _is_empty(reader: PcscCardReader) -> bool:
    try:
        with reader.open(Cancel()):
            return False
    except NoCard:
        return True
    except DeskError:
        return False


def _until(fulfilled: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not fulfilled():
        assert time.monotonic() < end, "the service did not get there in time"
        time.sleep(0.02)
