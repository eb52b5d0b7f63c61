"""Nothing is erased by a clock, and nothing that comes late of what was erased stays."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from sscard_desk.central.erasing import Reason, erase
from sscard_desk.domain import events
from sscard_desk.domain.erasure import Why
from sscard_desk.domain.errors.operator import ApplicationUnknown
from sscard_desk.domain.errors.store import BlobMissing
from sscard_desk.domain.ids import ApplicationId, PrintId
from sscard_desk.store import blobs, tables
from sscard_desk.store.clock import DeskClock
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.engine import reading, writing
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.pace import Pace
from sscard_desk.sync.phases.push import push_journal
from tests.machines.counter import Counter, opened, subject
from tests.sync.test_settling import CLERK, Desks, exchange, record

YEAR = timedelta(days=365)
PAPER = b"%PDF with a name"
SPOILED = events.PaperSpoiled(PrintId("p" * 32), "torn")


class Behind(DeskClock):
    """A clock three years behind that was never compared."""

    def now(self) -> datetime:
        return datetime.now(UTC) - timedelta(days=1_100)


@pytest.fixture
def desks(tmp_path: Path, counter: Counter) -> Iterator[Desks]:
    made = Desks(tmp_path, counter)
    yield made
    made.close()


def push(desk: DeskStore) -> None:
    with HttpCentre(DeskIdentity.load(desk, desk.desk, training=True)) as centre:
        push_journal(desk, centre, Pace(), lambda: 0)


def ended_behind(desks: Desks) -> str:
    """An application that another desk ended today, as its clock sees it three years ago."""
    key = subject()
    desks.first.clock = Behind()
    record(desks.first, opened(1), key)
    record(desks.first, events.Withdrawn("asked"), key)
    exchange(desks.first)
    return key


def older(desk: DeskStore, days: int) -> None:
    """Let the receipts of what a desk has sent so far be as old as this."""
    with writing(desk._engine) as connection:
        connection.exec_driver_sql("DROP TRIGGER entry_received")
        received = tables.entry.c.received_ms
        connection.execute(update(tables.entry).values(received_ms=received - days * 86_400_000))


def test_what_a_clock_three_years_behind_wrote_today_is_not_erased(desks: Desks) -> None:
    key = ended_behind(desks)
    record(desks.second, opened(2), subject())
    exchange(desks.second)
    record(desks.second, opened(3), subject())
    exchange(desks.second)
    assert desks.second.ask_erasure_of_ended(YEAR) == []
    assert desks.second.application(ApplicationId(key)).step.value == "withdrawn"


def test_what_another_desk_wrote_goes_by_age_once_a_receipt_tells_when_it_had_come(desks: Desks) -> None:
    key = ended_behind(desks)
    exchange(desks.second)
    assert desks.second.ask_erasure_of_ended(YEAR) == []  # nothing says yet when it came
    record(desks.second, opened(2), subject())
    exchange(desks.second)
    older(desks.second, 400)
    assert desks.second.ask_erasure_of_ended(YEAR) == []
    record(desks.second, opened(3), subject())
    exchange(desks.second)
    assert desks.second.ask_erasure_of_ended(YEAR) == [key]


def gone(desks: Desks) -> str:
    key = subject()
    record(desks.first, opened(1), key)
    exchange(desks.first)
    erase(desks.counter.open, [key], Reason(Why.REQUEST, "request", "op", open_too=True))
    exchange(desks.first)
    with pytest.raises(ApplicationUnknown):
        desks.first.application(ApplicationId(key))
    return key


def ordered(paper: str) -> events.PrintOrdered:
    return events.PrintOrdered(PrintId("p" * 32), "f", "1", "S1", 1, 1, "prn", paper=paper)  # type: ignore[arg-type] # as good as one here


def said_of(desk: DeskStore, key: str) -> int:
    with reading(desk._engine) as connection:
        own = select(tables.payload.c.seq).join(tables.entry, tables.entry.c.seq == tables.payload.c.seq)
        mine = (tables.entry.c.subject == key) & (tables.entry.c.kind != "payload.erased")
        return len(connection.execute(own.where(mine)).all())


def test_nothing_more_is_kept_under_what_was_erased(desks: Desks) -> None:
    key = gone(desks)
    desks.first.keep_draft(ApplicationId(key), {"phone": "13900000001"}, "phone")
    assert list(desks.first.drafts()) == []
    with pytest.raises(ApplicationUnknown), desks.first.work(CLERK.account) as work:
        work.record(ordered(work.put_blob(PAPER)), subject=key)
    with pytest.raises(BlobMissing):
        desks.first.blob(blobs.blob_id(PAPER))
    assert said_of(desks.first, key) == 0


def test_what_was_written_while_the_order_was_under_way_is_emptied_with_its_receipt(desks: Desks) -> None:
    key = subject()
    record(desks.first, opened(1), key)
    exchange(desks.first)
    erase(desks.counter.open, [key], Reason(Why.REQUEST, "request", "op", open_too=True))
    with desks.first.work(CLERK.account) as work:  # the order has not come yet
        work.record(ordered(work.put_blob(PAPER)), subject=key)
    exchange(desks.first)
    assert exchange(desks.first).up_to_date
    assert said_of(desks.first, key) == 0
    with pytest.raises(BlobMissing):
        desks.first.blob(blobs.blob_id(PAPER))


def test_what_may_still_be_recorded_is_emptied_by_a_further_entry(desks: Desks) -> None:
    key = gone(desks)
    record(desks.first, SPOILED, key)
    assert said_of(desks.first, key) == 1
    push(desks.first)
    assert said_of(desks.first, key) == 0
    assert exchange(desks.first).up_to_date
    found = desks.first.verify()
    assert (found.sound, list(found.erasures_waiting)) == (True, [])
    with reading(desks.first._engine) as connection:
        kinds = connection.execute(select(tables.entry.c.kind).order_by(tables.entry.c.seq)).scalars().all()
    assert kinds.count("payload.erased") == 2


def test_what_an_older_program_left_under_what_was_erased_goes_with_the_next_look(desks: Desks) -> None:
    key = gone(desks)
    record(desks.first, SPOILED, key)
    desks.first._eraser.carry_out = list  # type: ignore[method-assign]  # as it was: nobody looked again
    push(desks.first)
    del desks.first._eraser.carry_out
    with writing(desks.first._engine) as connection:
        connection.execute(update(tables.erasure).values(seq=3, done_ms=1))
    assert said_of(desks.first, key) == 1
    desks.first.ask_erasure_of_ended(YEAR)
    desks.first.carry_out_erasures()
    assert said_of(desks.first, key) == 0
