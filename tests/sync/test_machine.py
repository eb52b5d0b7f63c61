"""Random acts at two real desks over a line that is cut anywhere: nothing is lost and nothing is there twice."""

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy import select

from sscard_desk.central import imports
from sscard_desk.central.store import tables
from sscard_desk.central.store.feeds import ENTRY
from sscard_desk.domain import events
from sscard_desk.domain.errors import CentreTrouble
from sscard_desk.domain.errors.operator import StepNotAllowed
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.pace import Pace
from sscard_desk.sync.passes import PassReport, run_pass
from sscard_desk.wire.feed import persons_scope, point_scope
from tests.machines.counter import REGION, Counter, bank_confirmed, opened, person, subject
from tests.machines.line import Line

KEY = bytes(range(32))
POINT = "0231"
CLERK = AccountId("c1" * 16)
DESKS = ("D-0001", "D-0002")
which = st.sampled_from(range(len(DESKS)))


class TwoDesks(RuleBasedStateMachine):
    """What the clerks do, what the line does to it, and what must be true at the end."""

    @initialize()
    def set_up(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.parts = ExitStack()
        self.counter = self.parts.enter_context(Counter(self.folder / "centre"))
        self.line = self.parts.enter_context(Line(self.counter.port))
        imports.import_point(self.counter.open, POINT, "示例街道服务站", REGION)
        self.desks = [self._make_desk(number) for number in range(len(DESKS))]
        self.paces = [Pace(), Pace()]
        self.subjects: list[list[str]] = [[], []]
        self.people = 0

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

    def _centre(self, desk: DeskStore) -> HttpCentre:
        return HttpCentre(DeskIdentity.load(desk, desk.desk, training=True))

    def _pass(self, number: int) -> PassReport:
        with self._centre(self.desks[number]) as centre:
            return run_pass(self.desks[number], centre, self.paces[number])

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
            with self._centre(self.desks[number]) as centre:
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

    @rule(count=st.integers(1, 30), name=st.sampled_from(["甲", "乙", ""]))
    def register_changes(self, count: int, name: str) -> None:
        self.people = max(self.people, count)
        imports.import_persons(self.counter.open, REGION, [person(n, name=name) for n in range(count)])

    def teardown(self) -> None:
        try:
            self.line.mend()
            for number in (0, 1, 0, 1):
                report = self._pass(number)
                assert report.proved, report.differing
            for number, desk in enumerate(self.desks):
                self._nothing_lost_nothing_twice(number, desk)
            self._feed_has_no_gap()
        finally:
            for desk in self.desks:
                desk.close()
            self.parts.close()
            shutil.rmtree(self.folder)

    def _nothing_lost_nothing_twice(self, number: int, desk: DeskStore) -> None:
        assert desk.unsent() == len(desk.set_aside())
        assert desk.persons.count() == self.people
        seq, last = desk.head()
        with self.counter.open.database.reading() as connection:
            rows = connection.execute(
                select(tables.entry.c.seq, tables.entry.c.hash, tables.entry.c.outcome)
                .where(tables.entry.c.desk == DESKS[number])
                .order_by(tables.entry.c.seq)
            ).all()
        assert [row.seq for row in rows] == list(range(1, seq + 1))
        assert not rows or rows[-1].hash == last
        aside = {at for at, _, _ in desk.set_aside()}
        assert {row.seq for row in rows if row.outcome != "stored"} == aside

    def _feed_has_no_gap(self) -> None:
        with self.counter.open.database.reading() as connection:
            feed = connection.execute(
                select(tables.feed.c.position, tables.feed.c.kind)
                .where(tables.feed.c.scope == point_scope(POINT))
                .order_by(tables.feed.c.position)
            ).all()
            stored = connection.execute(select(tables.entry).where(tables.entry.c.outcome == "stored")).all()
            assert [row.position for row in feed] == list(range(1, len(feed) + 1))
            assert sum(row.kind == ENTRY for row in feed) == len(stored)


TestTwoDesks = TwoDesks.TestCase
TestTwoDesks.settings = settings(
    max_examples=4,
    stateful_step_count=14,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestTwoDesks = pytest.mark.timeout(240)(TestTwoDesks)
