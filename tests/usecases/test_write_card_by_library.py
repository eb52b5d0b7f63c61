"""The same writing over the standard's reader library: journalled, resumed after a tear, another card refused."""

from datetime import date

import pytest

from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.devices.card_library.calls import CardLibrary
from sscard_desk.devices.card_library.reader import LibraryCardReader
from sscard_desk.devices.card_reader.card_faults import Fault, FaultKind
from sscard_desk.devices.card_reader.virtual_files import CardMemory, blank_card
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.device import CardOutcomeUnknown
from sscard_desk.domain.errors.operator import WrongCardPutBack
from sscard_desk.domain.steps import Step
from sscard_desk.ports.devices import Cancel
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.training.card_tray import written
from sscard_desk.training.point import training_point
from sscard_desk.usecases.approve import approve
from sscard_desk.usecases.card_desk import CardDesk
from sscard_desk.usecases.card_progress import CardProgress
from sscard_desk.usecases.write_card import write_card
from tests.machines.card_library import READER, AnyTable, built_library
from tests.machines.pcsc import CardTable, table, tables, training_profile

from .conftest import Person
from .test_counter_operations import at_signed

__all__ = ["table", "tables"]
pytestmark = pytest.mark.real

BLANKS = training_point().blanks


@pytest.fixture
def place(table: CardTable, monkeypatch: pytest.MonkeyPatch) -> AnyTable:
    monkeypatch.setenv(READER, table.slot.reader)
    reader = LibraryCardReader(CardLibrary(built_library(), seconds=20.0))
    table.stack.callback(reader.close)
    return AnyTable(table, reader)


@pytest.fixture
def approved(store: DeskStore, clerk: Person, supervisor: Person) -> Application:
    return approve(store, supervisor, at_signed(store, clerk))


def desk(store: DeskStore, clerk: Person, place: AnyTable) -> CardDesk:
    keys = TrainingKeys(training_profile(), training=store.training)
    return CardDesk(store, clerk, place.reader, keys, training_profile(), date(2026, 11, 23))


def blank(n: int = 0, version: str = "2.00") -> CardMemory:
    return blank_card(BLANKS[n].identification_code, version)


def nothing(_progress: CardProgress) -> None:
    return


@pytest.mark.parametrize("version", ["2.00", "3.00"])
def test_a_blank_is_written_and_proved(
    store: DeskStore, clerk: Person, place: AnyTable, approved: Application, version: str
) -> None:
    memory = blank(version=version)
    place.table.card(memory)
    after = write_card(desk(store, clerk, place), approved.id, Cancel(), nothing, wait_s=5)
    assert after.step is Step.CARD_WRITTEN
    assert written(memory)


@pytest.mark.parametrize("kind", [FaultKind.PULL_BEFORE, FaultKind.PULL_HALF, FaultKind.PULL_AFTER])
def test_a_card_pulled_while_writing_is_gone_on_with_and_another_is_refused(
    store: DeskStore, clerk: Person, place: AnyTable, approved: Application, kind: FaultKind
) -> None:
    memory = blank()
    card = place.table.card(memory, Fault(kind, 5, Instruction.UPDATE_RECORD))
    with pytest.raises(CardOutcomeUnknown):
        write_card(desk(store, clerk, place), approved.id, Cancel(), nothing, wait_s=5)
    assert store.application(approved.id).step is Step.APPROVED
    place.take_out(card)
    if kind is FaultKind.PULL_HALF:
        other = place.table.card(blank(1))
        with pytest.raises(WrongCardPutBack):
            write_card(desk(store, clerk, place), approved.id, Cancel(), nothing, wait_s=5)
        place.take_out(other)
    place.table.card(memory)
    after = write_card(desk(store, clerk, place), approved.id, Cancel(), nothing, wait_s=5)
    assert after.step is Step.CARD_WRITTEN
    assert written(memory)
