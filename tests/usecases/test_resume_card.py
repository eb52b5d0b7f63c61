"""Going on with the card in the reader: proved, spoiled with its reason, or refused; nothing in between."""

from collections.abc import Callable

import pytest

from sscard_desk.cards import ssse
from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.devices.card_reader.card_faults import Fault, FaultKind
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import CardMemory
from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.device import CardOutcomeUnknown, CardRefused
from sscard_desk.domain.errors.operator import WrongCardPutBack
from sscard_desk.domain.errors.steps import NoCardBegun
from sscard_desk.domain.steps import Step
from sscard_desk.ports.devices import Cancel
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.training.card_tray import written
from sscard_desk.usecases.card_progress import CardProgress, Stage
from sscard_desk.usecases.resume_card import finish_card, resume_card
from sscard_desk.usecases.write_card import write_card
from tests.machines.pcsc import CardTable, table, tables, training_profile

from .conftest import Person
from .test_write_card import BLANKS, approved, blank, desk, nothing, take_out

__all__ = ["approved", "table", "tables"]
pytestmark = pytest.mark.real


class WornCard(VirtualCard):
    """A card whose memory keeps one record as it was, whatever it answers."""

    def process(self, apdu: bytes, *, torn: bool = False) -> bytes:
        before = self.memory.files[ssse.EF06.file_id].records or {}
        kept = before[ssse.BIRTHPLACE.tag]
        answer = super().process(apdu, torn=torn)
        before[ssse.BIRTHPLACE.tag] = kept
        return answer


class StubbornCard(VirtualCard):
    """A card whose memory fails at the sixth item."""

    def process(self, apdu: bytes, *, torn: bool = False) -> bytes:
        if apdu[1] == Instruction.UPDATE_RECORD and apdu[2] == ssse.SEX.tag:
            return bytes.fromhex("6581")
        return super().process(apdu, torn=torn)


@pytest.fixture
def torn(
    store: DeskStore, clerk: Person, table: CardTable, approved: Application
) -> Callable[[CardMemory], Application]:
    """Begin a card, lose it at the third record, and take it out."""

    def tear(memory: CardMemory) -> Application:
        card = table.card(memory, Fault(FaultKind.PULL_AFTER, 3, Instruction.UPDATE_RECORD))
        with pytest.raises(CardOutcomeUnknown):
            write_card(desk(store, clerk, table), approved.id, Cancel(), nothing, wait_s=5)
        take_out(table, card)
        return store.application(approved.id)

    return tear


def test_the_card_itself_says_whose_it_is_and_is_gone_on_with(
    store: DeskStore, clerk: Person, table: CardTable, torn: Callable[[CardMemory], Application]
) -> None:
    memory = blank()
    begun = torn(memory)
    table.card(memory)
    end = resume_card(desk(store, clerk, table), Cancel(), nothing, wait_s=5)
    assert (end.application.id, end.application.step, end.spoiled) == (begun.id, Step.CARD_WRITTEN, "")
    assert written(memory)


def test_a_blank_on_which_nothing_broke_off_is_not_gone_on_with(
    store: DeskStore, clerk: Person, table: CardTable, torn: Callable[[CardMemory], Application]
) -> None:
    torn(blank())
    table.card(blank(1))
    with pytest.raises(NoCardBegun):
        resume_card(desk(store, clerk, table), Cancel(), nothing, wait_s=5)


def test_a_card_whose_memory_is_worn_is_spoiled_with_the_record_that_differs(
    store: DeskStore, clerk: Person, table: CardTable, torn: Callable[[CardMemory], Application]
) -> None:
    memory = blank()
    begun = torn(memory)
    table.put_in(WornCard(memory, training_profile()))
    end = resume_card(desk(store, clerk, table), Cancel(), nothing, wait_s=5)
    assert end.spoiled == f"E310 EF06 {ssse.BIRTHPLACE.tag_hex}"
    assert (end.application.step, end.application.card) == (Step.APPROVED, None)
    with store.work(clerk.account) as work:
        stock = work.blank(BLANKS[0].identification_code)
    assert stock is not None
    assert (stock.state, stock.application) == ("spoiled", begun.id)
    assert [line.kind for line in store.history(begun.id)][-1] == "card.spoiled"


def test_a_card_that_refuses_a_record_twice_is_spoiled_with_its_status_word(
    store: DeskStore, clerk: Person, table: CardTable, torn: Callable[[CardMemory], Application]
) -> None:
    memory = blank()
    torn(memory)
    table.put_in(StubbornCard(memory, training_profile()))
    end = resume_card(desk(store, clerk, table), Cancel(), nothing, wait_s=5)
    assert end.spoiled == "E305 UPDATE RECORD 6581"


def test_another_card_never_spoils_the_one_that_is_waited_for(
    store: DeskStore, clerk: Person, table: CardTable, torn: Callable[[CardMemory], Application]
) -> None:
    begun = torn(blank())
    other = table.card(blank(1))
    with pytest.raises(WrongCardPutBack):
        finish_card(desk(store, clerk, table), begun, Cancel(), nothing, wait_s=5)
    take_out(table, other)
    blocked = blank(2)
    blocked.files.clear()
    table.card(blocked)
    with pytest.raises(CardRefused):
        finish_card(desk(store, clerk, table), begun, Cancel(), nothing, wait_s=5)
    assert store.application(begun.id) == begun


def test_a_run_that_is_gone_on_with_asks_which_card_it_is_before_each_record(
    store: DeskStore, clerk: Person, table: CardTable, torn: Callable[[CardMemory], Application]
) -> None:
    memory = blank()
    begun = torn(memory)
    card = table.card(memory)
    seen: list[CardProgress] = []
    finish_card(desk(store, clerk, table), begun, Cancel(), seen.append, wait_s=5)
    headers = card.commands
    updates = [at for at, header in enumerate(headers) if header[1] == Instruction.UPDATE_RECORD]
    assert len(updates) == 6  # ten records, three written, and a name that needs no extension
    for at in updates:
        assert [header[1] for header in headers[at - 3 : at]] == [
            Instruction.SELECT,
            Instruction.READ_RECORD,
            Instruction.SELECT,
        ]
    assert seen[-1].stage is Stage.DONE


def test_a_card_that_was_changed_within_the_handle_is_refused_and_both_stay_known(
    store: DeskStore, clerk: Person, table: CardTable, torn: Callable[[CardMemory], Application]
) -> None:
    memory = blank()
    begun = torn(memory)
    card = table.card(memory)
    other = VirtualCard(blank(1), training_profile())

    def swap(progress: CardProgress) -> None:
        if progress.stage is Stage.WRITE and progress.done == 5:
            card.card = other  # another chip behind the same contacts, as after a change that the reader did not see

    with pytest.raises((WrongCardPutBack, CardOutcomeUnknown)):
        write_card(desk(store, clerk, table), begun.id, Cancel(), swap, wait_s=5)
    assert not written(other.memory)
    assert store.application(begun.id).card == begun.card
