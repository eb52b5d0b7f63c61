"""A class whose cards are laid in one after another, over a real service: torn, foreign, failing, killed, resumed."""

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from sscard_desk.cards import ssse
from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.devices.card_reader.card_faults import Fault, FaultKind
from sscard_desk.devices.card_reader.pcsc import PcscCardReader
from sscard_desk.devices.card_reader.simulated import SimulatedCard
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import CardMemory, blank_card, kept_card
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain import events
from sscard_desk.domain.application import Application
from sscard_desk.domain.batch import Batch, BatchId, BatchState
from sscard_desk.domain.errors.stock import BatchUnknown, CardLeftIn
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.domain.stock import BOOKED
from sscard_desk.ports.devices import Cancel
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import open_desk
from sscard_desk.training.card_tray import written
from sscard_desk.training.point import training_point
from sscard_desk.usecases.batch_lineup import NO_APPROVAL, NO_PHOTO, find_batch, groups, line_up, open_batch
from sscard_desk.usecases.card_desk import CardDesk
from sscard_desk.usecases.run_batch import BatchProgress, BatchStage, run_batch
from tests.machines import training_desk
from tests.machines.approved_class import approved_application, approved_class
from tests.machines.pcsc import CardTable, table, tables, training_profile
from tests.machines.training_desk import KEY, Person, clerk, supervisor

__all__ = ["table", "tables"]
pytestmark = [pytest.mark.real, pytest.mark.timeout(180)]
CLASS = 12
BLANKS = 20
TODAY = date(2026, 11, 23)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


@pytest.fixture
def store(folder: Path) -> Iterator[DeskStore]:
    desk = training_desk.training_desk(folder, BLANKS)
    yield desk
    desk.close()


def card_desk(store: DeskStore, reader: PcscCardReader, person: Person) -> CardDesk:
    keys = TrainingKeys(training_profile(), training=True)
    return CardDesk(store, person, reader, keys, training_profile(), TODAY)


def memory(n: int) -> CardMemory:
    return blank_card(training_point().blanks[n].identification_code, "2.00")


@dataclass
class Hands:
    """Lays in one card after another when the batch asks for one, and takes it out when it is told to.

    Attributes:
        port: of the slot.
        cards: what is laid in, in this order; a memory that was torn is laid in again where it stands twice.
        told: every stage that was told, once.
        cancel: set when no card is left.
    """

    port: int
    cards: list[tuple[CardMemory | None, tuple[Fault, ...]]]
    cancel: Cancel = field(default_factory=Cancel)
    told: list[BatchStage] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    last: BatchProgress | None = None
    card: SimulatedCard | None = None

    def __call__(self, progress: BatchProgress) -> None:
        self.last = progress
        if progress.error is not None:
            self.errors.append(progress.error.code)
        if self.told[-1:] == [progress.stage] and progress.stage is BatchStage.WORKING:
            return
        self.told.append(progress.stage)
        match progress.stage:
            case BatchStage.LAY_IN | BatchStage.PUT_BACK if progress.error is None:
                self.take_out()
                self.lay_in()
            case BatchStage.TAKE_OUT | BatchStage.TAKE_OUT_FAILED:
                self.take_out()

    def lay_in(self) -> None:
        if not self.cards:
            self.cancel.set()
            return
        own, faults = self.cards.pop(0)
        chip = VirtualCard(own or foreign(), training_profile())
        self.card = SimulatedCard(chip, self.port, faults=faults)
        time.sleep(0.45)  # as a hand does
        assert self.card.insert()

    def take_out(self) -> None:
        if self.card is not None:
            self.card.pull()
            self.card = None


def run(store: DeskStore, table: CardTable, batch: Batch, hands: Hands, wait_s: float = 10.0) -> Batch:
    try:
        return run_batch(card_desk(store, table.reader, clerk()), batch.id, hands.cancel, hands, wait_s=wait_s)
    finally:
        hands.take_out()


def foreign() -> CardMemory:
    """Return a card without the social security application."""
    other = memory(19)
    other.files.clear()
    return other


def whole(n: int) -> tuple[CardMemory, tuple[Fault, ...]]:
    return memory(n), ()


def balance(store: DeskStore) -> tuple[int, ...]:
    book = store.stock_book()
    assert book.exact
    return (book.received, *(book.of(state) for state in BOOKED))


def test_a_class_is_written_through_a_torn_card_a_foreign_one_three_failures_and_a_killed_host(
    folder: Path, store: DeskStore, table: CardTable
) -> None:
    people = approved_class(store, clerk(), supervisor(), CLASS)
    batch = open_batch(store, clerk(), "3-2", people)
    torn = memory(2)
    stubborn = [blank_card(f"110101D156000005{n:016X}", "2.00") for n in range(3)]  # of no stock
    hands = Hands(table.slot.port, [
        whole(0), whole(1),
        (torn, (Fault(FaultKind.PULL_HALF, 4, Instruction.UPDATE_RECORD),)), (torn, ()),
        (None, ()),
        whole(3),
        *((each, ()) for each in stubborn),
        whole(4),
    ])  # fmt: skip
    stopped = run(store, table, batch, hands)
    assert (stopped.state, stopped.why) == (BatchState.PAUSED, "failures")
    assert (stopped.tries, stopped.written, stopped.in_row) == (9, 4, 3)
    assert [failure.outcome for failure in stopped.failures] == ["unknown", *["refused"] * 4]
    assert len(hands.cards) == 1  # nothing more is asked for
    assert balance(store) == (BLANKS, BLANKS - 4, 0, 4, 0, 0)

    killed_in_the_middle(folder, store, table, batch.id, memory_file=folder.parent / "killed.json")
    with_torn = store_again(folder)
    try:
        lineup = line_up(with_torn, need(with_torn, batch.id))
        assert (len(lineup.done), len(lineup.begun), len(lineup.ready)) == (4, 1, CLASS - 5)
        assert balance(with_torn) == (BLANKS, BLANKS - 5, 1, 4, 0, 0)

        left = kept_card(folder.parent / "killed.json")
        rest = Hands(table.slot.port, [(left, ()), *(whole(n) for n in range(5, 5 + CLASS - 5))])
        ended = run(with_torn, table, batch, rest)
        assert (ended.state, rest.told[-1], rest.errors) == (BatchState.CLOSED, BatchStage.DONE, [])
        assert written(left)
        done = line_up(with_torn, ended).done
        assert [each.id for each in done] == [each.id for each in people]
        numbers = [each.card.card_number for each in done if each.card]
        assert len(set(numbers)) == CLASS
        assert balance(with_torn) == (BLANKS, BLANKS - CLASS, 0, CLASS, 0, 0)
        assert with_torn.verify().sound
        with pytest.raises(BatchUnknown):
            run(with_torn, table, batch, rest)
    finally:
        with_torn.close()


def killed_in_the_middle(folder: Path, store: DeskStore, table: CardTable, batch: BatchId, memory_file: Path) -> None:
    """Let a program of its own go on with the batch, and kill it at the fifth record of its first card."""
    store.close()
    own = blank_card(training_point().blanks[4].identification_code, "2.00", memory_file)
    ended = multiprocessing.get_context("forkserver").Process(
        target=_host, args=(folder, table.slot.reader, batch), daemon=True
    )
    ended.start()
    assert ended.pid
    strike = partial(os.kill, ended.pid, signal.SIGKILL)
    fault = Fault(FaultKind.PULL_AFTER, 5, Instruction.UPDATE_RECORD, strike=strike)
    card = SimulatedCard(VirtualCard(own, training_profile()), table.slot.port, faults=(fault,))
    time.sleep(0.5)
    assert card.insert()
    ended.join(30)
    assert ended.exitcode == -signal.SIGKILL
    card.pull()


def _host(folder: Path, reader: str, batch: BatchId) -> None:
    store = open_desk(folder, KEY)
    run_batch(card_desk(store, PcscCardReader(reader), clerk()), batch, Cancel(), lambda _progress: None, wait_s=20)


def store_again(folder: Path) -> DeskStore:
    return open_desk(folder, KEY)


def need(store: DeskStore, batch: BatchId) -> Batch:
    found = store.batch(batch)
    assert found is not None
    return found


def test_a_card_that_is_left_in_or_laid_in_twice_is_refused_in_words_and_not_written_again(
    store: DeskStore, table: CardTable
) -> None:
    people = approved_class(store, clerk(), supervisor(), 2)
    batch = open_batch(store, clerk(), "3-2", people)
    first = memory(0)
    hands = Hands(table.slot.port, [(first, ()), (first, ()), whole(1)])
    ended = run(store, table, batch, hands)
    assert (ended.state, hands.errors) == (BatchState.CLOSED, [CardLeftIn.code])
    assert (ended.tries, ended.written) == (2, 2)
    assert balance(store) == (BLANKS, BLANKS - 2, 0, 2, 0, 0)


class WornCard(VirtualCard):
    """A card whose memory keeps one record as it was, whatever it answers."""

    def process(self, apdu: bytes, *, torn: bool = False) -> bytes:
        records = self.memory.files[ssse.EF06.file_id].records or {}
        kept = records[ssse.BIRTHPLACE.tag]
        answer = super().process(apdu, torn=torn)
        records[ssse.BIRTHPLACE.tag] = kept
        return answer


def test_a_worn_card_is_spoiled_and_the_same_person_gets_the_next_blank(store: DeskStore, table: CardTable) -> None:
    (person,) = approved_class(store, clerk(), supervisor(), 1)
    batch = open_batch(store, clerk(), "3-2", [person])
    worn = WornCard(memory(0), training_profile())
    hands = Hands(table.slot.port, [whole(0), whole(1)])
    lay_in, first = hands.lay_in, [True]

    def worn_first() -> None:
        if not first:
            return lay_in()
        first.clear()
        hands.cards.pop(0)
        hands.card = SimulatedCard(worn, table.slot.port)
        assert hands.card.insert()
        return None

    hands.lay_in = worn_first  # type: ignore[method-assign] # the first card is worn
    ended = run(store, table, batch, hands)
    assert (ended.state, ended.tries, ended.written) == (BatchState.CLOSED, 2, 1)
    assert [(each.outcome, each.reason) for each in ended.failures] == [("spoiled", "E310 EF06 0C")]
    assert balance(store) == (BLANKS, BLANKS - 2, 0, 1, 1, 0)
    assert [blank.stock_no for blank in store.stock_book().unconfirmed] == [training_point().blanks[0].stock_no]


def test_who_is_not_ready_is_skipped_with_the_reason_and_written_another_day(
    store: DeskStore, table: CardTable
) -> None:
    ready = approved_application(store, clerk(), supervisor(), 0)
    waiting = approved_application(store, clerk(), supervisor(), 1, approve=False)
    opened = begun_without_photo(store)
    batch = open_batch(store, clerk(), "3-2", [waiting, opened, ready])
    hands = Hands(table.slot.port, [whole(0), whole(1)])
    paused = run(store, table, batch, hands)
    assert (paused.state, paused.why) == (BatchState.PAUSED, "not_ready")
    assert [why for _, why in line_up(store, paused).skipped] == [NO_APPROVAL, NO_PHOTO]
    with store.work(supervisor().account) as work:
        work.record(events.Approved(digest="d", seal=b""), subject=waiting.id)
        work.record(events.Withdrawn(), subject=opened.id)
    ended = run(store, table, find_batch(store, paused.number), hands)
    assert (ended.state, ended.written) == (BatchState.CLOSED, 2)


def test_a_batch_waits_and_is_paused_when_nobody_lays_in_a_card_or_somebody_stops_it(
    store: DeskStore, table: CardTable
) -> None:
    batch = open_batch(store, clerk(), "3-2", approved_class(store, clerk(), supervisor(), 2))
    assert run(store, table, batch, Hands(-1, []), wait_s=5.0).why == "asked"
    idle = Hands(-1, [])
    idle.lay_in = lambda: None  # type: ignore[method-assign] # nobody comes
    assert run(store, table, batch, idle, wait_s=0.5).why == "no_card"
    assert balance(store) == (BLANKS, BLANKS, 0, 0, 0, 0)


def test_the_people_of_a_class_stand_in_one_batch_at_a_time(store: DeskStore) -> None:
    people = approved_class(store, clerk(), supervisor(), 3)
    assert [each.id for each in groups(store)["3-2"]] == [each.id for each in people]
    open_batch(store, clerk(), "3-2", people[:2])
    assert [each.id for each in groups(store)["3-2"]] == [people[2].id]
    with pytest.raises(BatchUnknown):
        open_batch(store, clerk(), "3-2", [])
    for wrong in ("", "zz"):
        with pytest.raises(BatchUnknown):
            find_batch(store, wrong)


def begun_without_photo(store: DeskStore) -> Application:
    key = ApplicationId("e" * 32)
    with store.work(clerk().account) as work:
        number = work.next_application_number()
        work.record(events.Opened(number, "42019820010101001X", "-", "citizen", "typed", {}), subject=key)
    return store.application(key)
