"""A card's PIN and its counter against a plain model: in breadth over a card in hand, in short over a real reader."""

import atexit
import os
import signal
import tempfile
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.devices.card_reader.card_faults import Fault, FaultKind
from sscard_desk.devices.card_reader.simulated import SETTLE_S, SimulatedCard
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import CardMemory, blank_card
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.ports.card_reader import CardReader
from sscard_desk.ports.devices import Cancel
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.training.point import training_point
from sscard_desk.usecases.card_pin import card_for_pin
from sscard_desk.usecases.pin_sending import PinDesk
from tests.machines.card_in_hand import InHandReader
from tests.machines.pcsc import Tables, shared_tables, training_profile, until_empty
from tests.machines.pin_counter import Act, PinCounterMachine
from tests.machines.training_desk import clerk, training_desk

PROFILE = training_profile()
BLANKS = training_point().blanks


@cache
def shared_store() -> DeskStore:
    folder = tempfile.TemporaryDirectory(prefix="pin-")
    store = training_desk(Path(folder.name) / "desk", blanks=0)
    atexit.register(folder.cleanup)
    atexit.register(store.close)
    return store


def desk(reader: CardReader) -> PinDesk:
    return PinDesk(shared_store(), clerk(), reader, TrainingKeys(PROFILE, training=True), PROFILE)


class InHand(PinCounterMachine):
    """A card in the process itself."""

    @property
    def store(self) -> DeskStore:  # type: ignore[override] # made when it is first asked for
        return shared_store()

    def new_card(self) -> CardMemory:
        memory = blank_card(BLANKS[0].identification_code)
        self.reader = InHandReader(VirtualCard(memory, PROFILE))
        return memory

    def serve(self, act: Act, fault: tuple[FaultKind, Instruction] | None = None, *, swapped: bool = False) -> None:
        if fault is not None:
            kind, instruction = fault
            self.reader.fault = (kind, 2 if instruction is Instruction.VERIFY else 1, instruction)
        with card_for_pin(desk(self.reader), Cancel()) as card:
            if swapped:
                self.reader.change(VirtualCard(blank_card(BLANKS[1].identification_code), PROFILE))
            act(card)


class InReader(PinCounterMachine):
    """A card in a virtual reader behind a real service; what is lost is lost to a pull or to the worker's end."""

    @property
    def store(self) -> DeskStore:  # type: ignore[override] # made when it is first asked for
        return shared_store()

    def new_card(self) -> CardMemory:
        self._holding = tables().table()
        self.table = self._holding.__enter__()
        self.card: SimulatedCard | None = None
        self.unseen = False
        return blank_card(BLANKS[0].identification_code)

    def serve(self, act: Act, fault: tuple[FaultKind, Instruction] | None = None, *, swapped: bool = False) -> None:
        if fault is not None or swapped:
            self.take_out()
        self.let_the_service_see()
        reader = self.table.reader
        if self.card is None:
            faults = [self.broken(*fault)] if fault is not None else []
            self.card = SimulatedCard(VirtualCard(self.memory, PROFILE), self.table.slot.port, faults=faults)
            assert self.card.insert()
        with card_for_pin(desk(reader), Cancel(), 10) as held:
            if swapped:
                self.card.card = VirtualCard(blank_card(BLANKS[1].identification_code), PROFILE)
            try:
                act(held)
            finally:
                if fault is not None or swapped:
                    self.take_out()

    def broken(self, kind: FaultKind, instruction: Instruction) -> Fault:
        at = 2 if instruction is Instruction.VERIFY else 1
        if kind is not FaultKind.PULL_AFTER:
            return Fault(kind, at, instruction)
        return Fault(kind, at, instruction, strike=self.kill_worker, stays=True)

    def kill_worker(self) -> None:
        process = self.table.reader.worker_process_id
        assert process is not None
        os.kill(process, signal.SIGKILL)

    def take_out(self) -> None:
        if self.card is not None:
            self.card.pull()
            self.card, self.unseen = None, True

    def let_the_service_see(self) -> None:
        """A card that comes back before the service has seen the reader empty is served under the old handle."""
        if self.unseen:
            until_empty(self.table.reader)
            time.sleep(SETTLE_S)
            self.unseen = False

    def teardown(self) -> None:
        super().teardown()
        self.take_out()
        self.let_the_service_see()
        self._holding.__exit__(None, None, None)


def tables() -> Tables:
    found = shared_tables()
    os.environ.update(found.service.environment)
    return found


InHand.TestCase.settings = settings(max_examples=50, stateful_step_count=16, deadline=None)
TestInHand = InHand.TestCase

# a failure is short as it is, and each step of making it shorter takes seconds
InReader.TestCase.settings = settings(
    max_examples=4, stateful_step_count=8, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
TestInReader = pytest.mark.real(InReader.TestCase)
