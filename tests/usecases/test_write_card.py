"""Writing a card end to end: real service, real store; pulled anywhere, it ends proved or is known not to be."""

import time
from datetime import date

import pytest

from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.devices.card_reader.card_faults import Fault, FaultKind
from sscard_desk.devices.card_reader.simulated import SimulatedCard
from sscard_desk.devices.card_reader.virtual_files import CardMemory, blank_card
from sscard_desk.devices.card_reader.virtual_psam import VirtualPsam
from sscard_desk.devices.keys.psam import PsamKeys
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.device import CardOutcomeUnknown, KeyHolderRefused
from sscard_desk.domain.errors.operator import CardAlreadyWritten, NotOurBlank, StepNotAllowed, WrongCardPutBack
from sscard_desk.domain.errors.psam import PsamMissing
from sscard_desk.domain.steps import Step
from sscard_desk.ports.devices import Cancel, Cancelled
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.training.card_tray import written
from sscard_desk.training.point import training_point
from sscard_desk.usecases.approve import approve
from sscard_desk.usecases.card_content import last_day
from sscard_desk.usecases.card_desk import CardDesk
from sscard_desk.usecases.card_progress import CardProgress, Stage
from sscard_desk.usecases.hand_over import hand_over
from sscard_desk.usecases.read_card import read_social_card
from sscard_desk.usecases.spoil_card import spoil_card
from sscard_desk.usecases.write_card import write_card
from tests.machines.pcsc import CardTable, Tables, table, tables, training_profile

from .conftest import Person
from .test_counter_operations import at_signed

__all__ = ["table", "tables"]
pytestmark = pytest.mark.real

BLANKS = training_point().blanks
RECORDS = 10


def blank(n: int = 0, version: str = "2.00") -> CardMemory:
    return blank_card(BLANKS[n].identification_code, version)


def desk(store: DeskStore, clerk: Person, table: CardTable) -> CardDesk:
    keys = TrainingKeys(training_profile(), training=store.training)
    return CardDesk(store, clerk, table.reader, keys, training_profile(), date(2026, 11, 23))


@pytest.fixture
def approved(store: DeskStore, clerk: Person, supervisor: Person) -> Application:
    return approve(store, supervisor, at_signed(store, clerk))


def take_out(table: CardTable, card: SimulatedCard) -> None:
    """Pull a card and wait until the service has seen it: it looks every 400 ms, and takes a faster swap for none."""
    card.pull()
    while table.reader.probe().facts.get("card") != "no":
        time.sleep(0.02)
    time.sleep(0.45)


def nothing(_progress: CardProgress) -> None:
    return


@pytest.mark.parametrize("version", ["1.00", "2.00", "3.00"])
def test_a_blank_of_the_stock_is_written_read_back_and_handed_over(
    store: DeskStore, clerk: Person, table: CardTable, approved: Application, version: str
) -> None:
    table.card(blank(version=version))
    told: list[CardProgress] = []
    after = write_card(desk(store, clerk, table), approved.id, Cancel(), told.append, wait_s=5)
    assert after.step is Step.CARD_WRITTEN
    assert told[-1].stage is Stage.DONE
    assert {line.state for line in told[-1].lines} == {"same"}
    keys = TrainingKeys(training_profile(), training=True)
    reading = read_social_card(table.reader, training_profile(), keys, Cancel(), 5)
    assert reading.holder is not None
    assert reading.holder.social_security_number == approved.id_number
    assert reading.identity.public.card_number == BLANKS[0].card_number
    assert hand_over(store, clerk, after).step is Step.HANDED_OVER
    with store.work(clerk.account) as work:
        stock = work.blank(BLANKS[0].identification_code)
    assert stock is not None
    assert (stock.state, stock.application) == ("issued", approved.id)


@pytest.mark.parametrize("kind", [FaultKind.PULL_BEFORE, FaultKind.PULL_HALF, FaultKind.PULL_AFTER])
@pytest.mark.parametrize("at", [1, 4, RECORDS])
def test_a_card_pulled_while_writing_is_gone_on_with_and_ends_proved(  # noqa: PLR0917 - four fixtures and a matrix
    store: DeskStore, clerk: Person, table: CardTable, approved: Application, kind: FaultKind, at: int
) -> None:
    memory = blank()
    card = table.card(memory, Fault(kind, at, Instruction.UPDATE_RECORD))
    with pytest.raises(CardOutcomeUnknown):
        write_card(desk(store, clerk, table), approved.id, Cancel(), nothing, wait_s=5)
    between = store.application(approved.id)
    assert between.step is Step.APPROVED
    assert between.card is not None
    assert between.card.state == "intended"
    take_out(table, card)
    table.card(memory)
    after = write_card(desk(store, clerk, table), approved.id, Cancel(), nothing, wait_s=5)
    assert after.step is Step.CARD_WRITTEN
    assert written(memory)


def test_another_card_put_back_is_refused_and_the_first_one_still_ends_well(
    store: DeskStore, clerk: Person, table: CardTable, approved: Application
) -> None:
    memory = blank()
    card = table.card(memory, Fault(FaultKind.PULL_AFTER, 3, Instruction.UPDATE_RECORD))
    with pytest.raises(CardOutcomeUnknown):
        write_card(desk(store, clerk, table), approved.id, Cancel(), nothing, wait_s=5)
    take_out(table, card)
    other = table.card(blank(1))
    with pytest.raises(WrongCardPutBack):
        write_card(desk(store, clerk, table), approved.id, Cancel(), nothing, wait_s=5)
    take_out(table, other)
    table.card(memory)
    assert write_card(desk(store, clerk, table), approved.id, Cancel(), nothing, wait_s=5).step is Step.CARD_WRITTEN


def test_a_stopped_writing_keeps_the_card_and_goes_on_later(
    store: DeskStore, clerk: Person, table: CardTable, approved: Application
) -> None:
    table.card(blank())
    cancel = Cancel()

    def stop_at_the_third(progress: CardProgress) -> None:
        if progress.stage is Stage.WRITE and progress.done == 3:
            cancel.set()

    with pytest.raises(Cancelled):
        write_card(desk(store, clerk, table), approved.id, cancel, stop_at_the_third, wait_s=5)
    assert store.application(approved.id).card is not None
    assert write_card(desk(store, clerk, table), approved.id, Cancel(), nothing, wait_s=5).step is Step.CARD_WRITTEN


def test_a_card_that_is_not_of_the_stock_is_refused_and_nothing_is_recorded(
    store: DeskStore, clerk: Person, table: CardTable, approved: Application
) -> None:
    table.card(blank_card("110101D156000005" + "0" * 16))
    with pytest.raises(NotOurBlank):
        write_card(desk(store, clerk, table), approved.id, Cancel(), nothing, wait_s=5)
    assert store.application(approved.id) == approved


def test_a_written_card_of_the_stock_is_refused(
    store: DeskStore, clerk: Person, table: CardTable, approved: Application
) -> None:
    memory = blank()
    memory.files[0xEF06].records[0x08] = b"110101199003070025"  # type: ignore[index] # EF06 has records
    table.card(memory)
    with pytest.raises(CardAlreadyWritten):
        write_card(desk(store, clerk, table), approved.id, Cancel(), nothing, wait_s=5)


def test_a_card_is_not_written_before_somebody_approved(store: DeskStore, clerk: Person, table: CardTable) -> None:
    signed = at_signed(store, clerk)
    with pytest.raises(StepNotAllowed):
        write_card(desk(store, clerk, table), signed.id, Cancel(), nothing)


def test_training_keys_write_nothing_outside_training(
    store: DeskStore, clerk: Person, table: CardTable, approved: Application
) -> None:
    table.card(blank())
    keys = TrainingKeys(training_profile(), training=False)
    real = CardDesk(store, clerk, table.reader, keys, training_profile(), date(2026, 11, 23))
    with pytest.raises(KeyHolderRefused):
        write_card(real, approved.id, Cancel(), nothing, wait_s=5)
    assert store.application(approved.id).card is None


def test_a_card_is_written_with_the_keys_of_a_psam_or_not_touched_at_all(
    store: DeskStore, clerk: Person, tables: Tables, approved: Application
) -> None:
    with tables.table() as cards, tables.table() as slot:
        profile = training_profile()
        memory = blank()
        cards.card(memory)
        keys = PsamKeys(slot.reader, profile, training=True)
        with_psam = CardDesk(store, clerk, cards.reader, keys, profile, date(2026, 11, 23))
        with pytest.raises(PsamMissing):
            write_card(with_psam, approved.id, Cancel(), nothing, wait_s=5)
        assert store.application(approved.id).card is None
        psam = SimulatedCard(VirtualPsam(profile), slot.slot.port)
        assert psam.insert()
        slot.stack.callback(psam.pull)
        with slot.channel():
            pass  # the service has seen it
        assert write_card(with_psam, approved.id, Cancel(), nothing, wait_s=5).step is Step.CARD_WRITTEN
        assert written(memory)


def test_a_spoiled_card_frees_the_application_for_the_next_blank(
    store: DeskStore, clerk: Person, table: CardTable, approved: Application
) -> None:
    card = table.card(blank(), Fault(FaultKind.PULL_AFTER, 3, Instruction.UPDATE_RECORD))
    with pytest.raises(CardOutcomeUnknown):
        write_card(desk(store, clerk, table), approved.id, Cancel(), nothing, wait_s=5)
    spoiled = spoil_card(store, clerk, store.application(approved.id), "chip broken")
    assert spoiled.card is None
    take_out(table, card)
    table.card(blank(1))
    after = write_card(desk(store, clerk, table), approved.id, Cancel(), nothing, wait_s=5)
    assert after.card is not None
    assert after.card.card_number == BLANKS[1].card_number


def test_a_card_of_a_leap_day_ends_on_the_last_of_february() -> None:
    assert last_day(date(2028, 2, 29), 10) == date(2038, 2, 28)
