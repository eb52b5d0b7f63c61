"""What was decided about an entry before the centre was put back holds, or the desk follows what the centre has."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sscard_desk.central.recovered import note_recovery
from sscard_desk.central.store.applications import find_all
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.sync.passes import PassReport
from sscard_desk.usecases import settle_conflict as settling
from sscard_desk.usecases.mending import troubles
from tests.machines.counter import Counter, bank_confirmed, opened, subject
from tests.sync.test_settling import CLERK, Desks, exchange, only, record

THEIRS, MINE = "95588", "95566"


class PutBack:
    """Two desks that know one application, and a centre that is put back to when both had just heard of it."""

    def __init__(self, folder: Path, counter: Counter) -> None:
        self.folder, self.counter = folder, counter
        self.desks = Desks(folder, counter)
        self.first, self.second = self.desks.first, self.desks.second
        self.key = subject()
        record(self.first, opened(1), self.key)
        exchange(self.first, self.second)

    def copy(self) -> None:
        self.counter.stop()
        shutil.copy(self.folder / "centre" / "centre.db", self.folder / "copy.db")
        self._start()

    def put_back(self) -> None:
        self.counter.stop()
        for part in ("centre.db", "centre.db-wal", "centre.db-shm"):
            (self.folder / "centre" / part).unlink(missing_ok=True)
        shutil.copy(self.folder / "copy.db", self.folder / "centre" / "centre.db")
        self._start()
        note_recovery(self.counter.open)

    def _start(self) -> None:
        self.counter.start()
        for desk in (self.first, self.second):
            desk.set_setting("centre_url", self.counter.url.encode())

    def side_by_side(self) -> None:
        record(self.first, bank_confirmed(THEIRS), self.key)
        record(self.second, bank_confirmed(MINE), self.key)
        exchange(self.first, self.second)
        assert only(self.second).code == "changed-elsewhere"

    def passes(self, *desks: DeskStore) -> PassReport:
        for _ in range(3):
            report = exchange(*desks)
        return report

    def banks(self) -> list[str | None]:
        with self.counter.open.database.reading() as connection:
            there = find_all(connection, [self.key])[self.key].state.bank
        return [there, *(desk.application(ApplicationId(self.key)).bank for desk in (self.first, self.second))]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PutBack]:
    with Counter(tmp_path / "centre") as counter:
        made = PutBack(tmp_path, counter)
        yield made
        made.desks.close()


def no_more(_world: PutBack) -> None:
    """The decision waits here when the centre is put back."""


def send_it(world: PutBack) -> None:
    """The centre had the decision, and lost it."""
    assert exchange(world.second).up_to_date


@pytest.mark.parametrize("before", [no_more, send_it])
def test_a_dropped_entry_that_the_centre_takes_after_all_stands_at_every_desk(
    world: PutBack, before: Callable[[PutBack], None]
) -> None:
    world.copy()
    world.side_by_side()
    settling.drop(world.second, CLERK, only(world.second))
    before(world)
    world.put_back()
    assert world.passes(world.second).up_to_date
    assert world.banks()[::2] == [MINE, MINE]
    world.passes(world.first, world.second)
    assert [one.code for one in troubles(world.first)] == ["changed-elsewhere"]
    assert (troubles(world.second), world.banks()) == ((), [MINE] * 3)
    settling.merge(world.first, CLERK, only(world.first), {settling.BANK})
    world.passes(world.first, world.second)
    assert world.banks() == [THEIRS] * 3


@pytest.mark.parametrize("before", [no_more, send_it])
def test_where_it_is_turned_away_again_the_decision_holds_and_nobody_is_asked_twice(
    world: PutBack, before: Callable[[PutBack], None]
) -> None:
    world.copy()
    world.side_by_side()
    settling.drop(world.second, CLERK, only(world.second))
    before(world)
    world.put_back()
    exchange(world.first)
    assert world.passes(world.second).up_to_date
    world.passes(world.first)
    assert (troubles(world.second), troubles(world.first)) == ((), ())
    assert world.banks() == [THEIRS] * 3


def test_the_own_value_that_was_taken_in_a_decision_stands_when_the_other_desk_sends_first(world: PutBack) -> None:
    world.copy()
    world.side_by_side()
    settling.merge(world.second, CLERK, only(world.second), {settling.BANK})
    world.put_back()
    exchange(world.first)
    assert world.passes(world.second).up_to_date
    world.passes(world.first)
    assert world.banks() == [MINE] * 3


def test_what_waits_for_a_clerk_is_asked_again_only_while_nobody_decided(world: PutBack) -> None:
    world.copy()
    world.side_by_side()
    world.put_back()
    exchange(world.first)
    world.passes(world.second)
    assert [one.decided for one in troubles(world.second)] == [False]
    settling.drop(world.second, CLERK, only(world.second))
    assert world.passes(world.second).up_to_date
    world.passes(world.first)
    assert world.banks() == [THEIRS] * 3
