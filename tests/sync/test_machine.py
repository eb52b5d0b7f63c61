"""Random acts at three real desks over a line that is cut anywhere, with clocks that jump and a centre that compacts.

Nothing is lost, nothing is there twice, no cursor goes back, and in the end everybody is proved the same.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select, update

from sscard_desk.central import imports
from sscard_desk.central.compaction import DAYS, compact
from sscard_desk.central.store import tables
from sscard_desk.central.store.applications import find_all
from sscard_desk.central.store.feeds import ENTRY
from sscard_desk.domain import events
from sscard_desk.domain.errors import CentreTrouble
from sscard_desk.domain.errors.operator import StepNotAllowed
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.ports.sync import Cursor
from sscard_desk.store import tables as desk_tables
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.engine import reading
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.pace import Pace
from sscard_desk.sync.passes import PassReport, run_pass
from sscard_desk.sync.signed_line import wall_clock_ms
from sscard_desk.wire.feed import REFERENCE, persons_scope, point_scope
from tests.machines.counter import REGION, Counter, bank_confirmed, opened, person, subject
from tests.machines.line import Line
from tests.machines.postgres import PostgresServer, postgres_server

KEY = bytes(range(32))
POINT = "0231"
CLERK = AccountId("c1" * 16)
DESKS = ("D-0001", "D-0002", "D-0003")
DAY_MS = 86_400_000
which = st.sampled_from(range(len(DESKS)))


class SomeDesks(RuleBasedStateMachine):
    """What the clerks do, what the line does to it, and what must be true at the end."""

    def address(self) -> str:
        """Return where the centre's database is; empty for the embedded one."""
        return ""

    @initialize()
    def set_up(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.parts = ExitStack()
        self.counter = self.parts.enter_context(Counter(self.folder / "centre", address=self.address()))
        self.line = self.parts.enter_context(Line(self.counter.port))
        imports.import_point(self.counter.open, POINT, "示例街道服务站", REGION)
        self.desks = [self._make_desk(number) for number in range(len(DESKS))]
        self.paces = [Pace() for _ in DESKS]
        self.jumps = [0 for _ in DESKS]
        self.subjects: list[list[str]] = [[] for _ in DESKS]
        self.people: set[int] = set()
        self.cursors: dict[tuple[int, str], Cursor] = {}

    def _make_desk(self, number: int) -> DeskStore:
        folder = self.folder / DESKS[number]
        create_folder(
            folder,
            desk_id=DESKS[number],
            service_point=POINT,
            desk_no=number + 1,
            training=True,
            database_key=KEY,
            scopes=(persons_scope(REGION),),
        )
        desk = open_desk(folder, KEY)
        identity = self.counter.identity(DESKS[number], POINT)
        identity.keep(desk)
        desk.set_setting("centre_url", self.line.url.encode())
        return desk

    def _clock(self, number: int) -> Callable[[], int]:
        return lambda: wall_clock_ms() + self.jumps[number]

    def _centre(self, number: int) -> HttpCentre:
        desk = self.desks[number]
        return HttpCentre(DeskIdentity.load(desk, desk.desk, training=True), self._clock(number))

    def _pass(self, number: int) -> PassReport:
        with self._centre(number) as centre:
            return run_pass(self.desks[number], centre, self.paces[number], self._clock(number))

    @rule(number=which, who=st.integers(0, 6))
    def open_application(self, number: int, who: int) -> None:
        key = subject()
        with self.desks[number].work(CLERK) as work:
            work.record(opened(who), subject=key)
        self.subjects[number].append(key)

    @rule(number=which, pick=st.integers(0, 50), data=st.binary(min_size=1, max_size=3_000))
    def go_on_with_one(self, number: int, pick: int, data: bytes) -> None:
        known = [key for keys in self.subjects for key in keys if self._knows(number, key)]
        if not known:
            return
        key = known[pick % len(known)]
        desk = self.desks[number]
        act = pick % 3
        try:
            with desk.work(CLERK) as work:
                if act == 0:
                    work.record(bank_confirmed(str(pick)), subject=key)
                elif act == 1:
                    photo = work.put_blob(data)
                    work.record(events.PhotoAttached(photo=photo, source="camera", size=len(data)), subject=key)
                else:
                    work.record(events.Withdrawn(reason="changed mind"), subject=key)
        except StepNotAllowed:
            return

    def _knows(self, number: int, key: str) -> bool:
        return bool(self.desks[number].history(ApplicationId(key)))

    @rule(number=which)
    def synchronise(self, number: int) -> None:
        try:
            self._pass(number)
        except CentreTrouble:
            return

    @rule(number=which)
    def push_everything_once_more(self, number: int) -> None:
        try:
            with self._centre(number) as centre:
                centre.push(self.desks[number].pending_entries(500, 1_000_000))
        except CentreTrouble:
            return

    @rule(count=st.integers(0, 12_000), answers_only=st.booleans())
    def cut(self, count: int, *, answers_only: bool) -> None:
        self.line.cut_after(count, answers_only=answers_only)

    @rule()
    def mend(self) -> None:
        self.line.mend()

    @rule()
    def restart_centre(self) -> None:
        self.counter.restart()
        self.line.aim(self.counter.port)

    @rule(number=which)
    def restart_desk(self, number: int) -> None:
        self.desks[number].close()
        self.desks[number] = open_desk(self.folder / DESKS[number], KEY)

    @rule(number=which, hours=st.integers(-72, 72))
    def a_clock_jumps(self, number: int, hours: int) -> None:
        self.jumps[number] = hours * DAY_MS // 24

    @rule(count=st.integers(1, 30), name=st.sampled_from(["甲", "乙", ""]))
    def register_changes(self, count: int, name: str) -> None:
        self.people |= set(range(count))
        imports.import_persons(self.counter.open, REGION, [person(n, name=name) for n in range(count)])

    @rule(first=st.integers(0, 20), count=st.integers(1, 6))
    def people_leave_the_register(self, first: int, count: int) -> None:
        gone = set(range(first, first + count))
        self.people -= gone
        imports.remove_persons(self.counter.open, REGION, [person(n).key for n in gone])

    @rule(patient=st.booleans())
    def the_centre_compacts(self, *, patient: bool) -> None:
        """Either what every desk has read, or everything that changed: who is behind has to take the scope whole."""
        compact(self.counter.open, DAYS if patient else -1)

    @rule(scope=st.sampled_from([REFERENCE, persons_scope(REGION), point_scope(POINT)]))
    def a_feed_begins_anew(self, scope: str) -> None:
        """As after a restore of the centre: another epoch, and everybody takes the scope whole."""
        with self.counter.open.database.writing() as connection:
            connection.execute(update(tables.scope).where(tables.scope.c.id == scope).values(epoch=subject()[:16]))

    @invariant()
    def no_cursor_goes_back(self) -> None:
        for number, desk in enumerate(getattr(self, "desks", ())):
            for scope in desk.scopes():
                now, before = desk.cursor(scope), self.cursors.get((number, scope))
                assert before is None or before.epoch != now.epoch or before.position <= now.position
                self.cursors[number, scope] = now

    @invariant()
    def what_is_acknowledged_is_at_the_centre(self) -> None:
        for desk in getattr(self, "desks", ()):
            with reading(desk._engine) as connection:
                entry = desk_tables.entry.c
                rows = connection.execute(select(entry.seq, entry.hash).where(entry.received_ms.is_not(None))).all()
            there = self._journal(desk.desk)
            assert {row.seq: row.hash for row in rows}.items() <= {
                s: h for s, (h, o) in there.items() if o == "stored"
            }.items()

    def _journal(self, desk: str) -> dict[int, tuple[bytes, str]]:
        entry = tables.entry.c
        with self.counter.open.database.reading() as connection:
            rows = connection.execute(select(entry.seq, entry.hash, entry.outcome).where(entry.desk == desk))
            return {row.seq: (row.hash, row.outcome) for row in rows}

    def teardown(self) -> None:
        try:
            self.line.mend()
            self.jumps = [0 for _ in DESKS]
            for number in (*range(len(DESKS)), *range(len(DESKS))):
                report = self._pass(number)
                assert report.proved, report.differing
            self.no_cursor_goes_back()
            self.what_is_acknowledged_is_at_the_centre()
            for desk in self.desks:
                self._nothing_lost_nothing_twice(desk)
                self._what_stands_is_what_the_centre_has(desk)
            self._feed_has_no_gap()
        finally:
            for desk in self.desks:
                desk.close()
            self.parts.close()
            shutil.rmtree(self.folder)

    def _nothing_lost_nothing_twice(self, desk: DeskStore) -> None:
        assert desk.unsent() == len(desk.set_aside())
        assert desk.persons.count() == len(self.people)
        seq, last = desk.head()
        there = self._journal(desk.desk)
        assert sorted(there) == list(range(1, seq + 1))
        assert not there or there[seq][0] == last
        assert {at for at, (_, outcome) in there.items() if outcome != "stored"} == {
            at for at, _, _ in desk.set_aside()
        }
        assert desk.verify().sound

    def _what_stands_is_what_the_centre_has(self, desk: DeskStore) -> None:
        """Nobody has other contents than the centre, but for an application of which something was not taken."""
        aside = {each.subject for each in desk.aside()}
        keys = {key for keys in self.subjects for key in keys} - aside
        with self.counter.open.database.writing() as connection:  # what is found is held
            for key, there in find_all(connection, keys).items():
                here = desk.application(ApplicationId(key))
                assert (here.step, here.bank, here.photo) == (there.state.step, there.state.bank, there.state.photo)

    def _feed_has_no_gap(self) -> None:
        """Behind what was compacted no position is missing, and each entry stands there once."""
        name = point_scope(POINT)
        with self.counter.open.database.reading() as connection:
            at = connection.execute(select(tables.scope).where(tables.scope.c.id == name)).one()
            rows = connection.execute(
                select(tables.feed.c.position, tables.feed.c.kind, tables.feed.c.id)
                .where(tables.feed.c.scope == name)
                .order_by(tables.feed.c.position)
            ).all()
            ids = connection.execute(select(tables.entry.c.entry_id).where(tables.entry.c.outcome == "stored"))
            stored = sorted(ids.scalars())
        late = [row.position for row in rows if row.position > at.compacted]
        assert late == list(range(at.compacted + 1, at.head + 1))
        assert sorted(row.id for row in rows if row.kind == ENTRY) == stored


class SomeDesksOnPostgres(SomeDesks):
    """The same with a centre on PostgreSQL."""

    server: ClassVar[PostgresServer]

    def address(self) -> str:
        return self.server.database()


@pytest.fixture(scope="module")
def server() -> Iterator[None]:
    with postgres_server() as SomeDesksOnPostgres.server:
        yield


def _set(examples: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


TestSomeDesks = SomeDesks.TestCase
TestSomeDesks.settings = _set(6)
TestSomeDesks = pytest.mark.timeout(240)(TestSomeDesks)
TestSomeDesksOnPostgres = SomeDesksOnPostgres.TestCase
TestSomeDesksOnPostgres.settings = _set(3)
TestSomeDesksOnPostgres = pytest.mark.usefixtures("server")(pytest.mark.timeout(240)(TestSomeDesksOnPostgres))


@pytest.mark.timeout(240)
@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("machine", [SomeDesks, SomeDesksOnPostgres])
def test_a_walk_through_every_act_in_which_one_desk_takes_everything_anew(machine: type[SomeDesks]) -> None:
    """What chance may leave out: what was cut, a clock, restarts, compaction past a desk, a feed that begins anew."""
    walk = machine()
    walk.set_up()
    own, register = point_scope(POINT), persons_scope(REGION)
    try:
        walk.register_changes(12, "甲")
        walk.synchronise(2)
        behind, before = walk.desks[2].cursor(register), walk.desks[2].cursor(own)
        for number in (0, 1):
            walk.open_application(number, number)
            walk.synchronise(number)
        walk.open_application(0, 2)
        walk.cut(2_000, answers_only=True)
        walk.synchronise(0)
        walk.mend()
        walk.a_clock_jumps(1, 48)
        walk.go_on_with_one(1, 3, b"x")
        walk.restart_desk(1)
        walk.restart_centre()
        for number in (0, 1):
            walk.synchronise(number)
        walk.push_everything_once_more(0)
        for name in ("乙", "甲"):
            walk.register_changes(12, name)
        walk.people_leave_the_register(3, 2)
        walk.the_centre_compacts(patient=False)
        walk.a_feed_begins_anew(own)
        with walk.counter.open.database.reading() as connection:
            scope = tables.scope.c
            compacted = connection.execute(select(scope.compacted).where(scope.id == register)).scalar_one()
        assert compacted > behind.position  # pages cannot bring the third desk there any more
        walk.synchronise(2)
        walk.no_cursor_goes_back()
        assert walk.desks[2].cursor(register).position >= compacted
        assert walk.desks[2].cursor(own).epoch != before.epoch
        assert walk.desks[2].persons.count() == 10
    finally:
        walk.teardown()
