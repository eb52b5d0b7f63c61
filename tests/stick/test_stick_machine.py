"""Random walks with sticks that are lost, mixed up and brought in twice, beside a line: nothing lost, nothing twice."""

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy import select

from sscard_desk.central import imports
from sscard_desk.central.stick.answer import export_stick
from sscard_desk.central.stick.receive import import_stick
from sscard_desk.central.store import tables
from sscard_desk.domain.errors.operator import StepNotAllowed
from sscard_desk.domain.errors.stick import StickNothingYet, StickOrderWrong, StickOtherDesk
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.sync.stick.bring_in import BroughtIn
from tests.machines.counter import REGION, Counter, bank_confirmed, person
from tests.machines.postgres import PostgresServer
from tests.machines.stick_desk import StickDesk, enrolled_desk, noise, take

DESKS = ("D-0001", "D-0002")
PART_BYTES = 700_000
which = st.sampled_from(range(len(DESKS)))


class Sticks(RuleBasedStateMachine):
    """Two desks, one centre, a drawer full of files, and sometimes a line."""

    address: ClassVar[str] = ""

    @initialize()
    def set_up(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.stick = self.folder / "stick"
        self.stick.mkdir()
        self.parts = ExitStack()
        self.counter = self.parts.enter_context(Counter(self.folder / "centre", address=self.address))
        self.desks: list[StickDesk] = [
            self.parts.enter_context(enrolled_desk(self.counter, self.folder / name, name, number))
            for number, name in enumerate(DESKS, 1)
        ]
        self.keys: list[str] = []
        self.out: list[Path] = []
        self.back: list[Path] = []
        self.people = 0

    @rule(number=which, who=st.integers(0, 5))
    def open_application(self, number: int, who: int) -> None:
        self.keys.append(self.desks[number].open_one(who))

    @rule(number=which, pick=st.integers(0, 50), size=st.integers(1, 400_000))
    def go_on_with_one(self, number: int, pick: int, size: int) -> None:
        desk = self.desks[number]
        known = [key for key in self.keys if desk.store.history(ApplicationId(key))]
        if not known:
            return
        key = known[pick % len(known)]
        try:
            if pick % 2:
                desk.record(bank_confirmed(str(pick)), key)
            else:
                desk.attach_photo(key, noise(pick, size))
        except StepNotAllowed:
            return

    @rule(number=which)
    def export(self, number: int) -> None:
        self.out += [file.path for file in self.desks[number].export(self.stick, PART_BYTES).files]

    @rule(pick=st.integers(0, 50))
    def bring_any_file_to_the_centre(self, pick: int) -> None:
        if self.out:
            try:
                import_stick(self.counter.open, self.out[pick % len(self.out)])
            except StickOrderWrong:
                return

    @rule(number=which)
    def answer(self, number: int) -> None:
        try:
            done = export_stick(self.counter.open, DESKS[number], self.stick, part_bytes=PART_BYTES)
        except StickNothingYet:
            return
        self.back += [file.path for file in done.files]

    @rule(number=which, pick=st.integers(0, 50))
    def bring_any_answer_to_a_desk(self, number: int, pick: int) -> None:
        if self.back:
            try:
                self.desks[number].bring_in(self.back[pick % len(self.back)])
            except (StickOrderWrong, StickOtherDesk):
                return

    @rule(number=which)
    def use_the_line(self, number: int) -> None:
        self.desks[number].sync(self.counter.url)

    @rule(count=st.integers(1, 20), name=st.sampled_from(["甲", "乙"]))
    def register_changes(self, count: int, name: str) -> None:
        self.people = max(self.people, count)
        imports.import_persons(self.counter.open, REGION, [person(n, name=name) for n in range(count)])

    def teardown(self) -> None:
        try:
            for number in (0, 1, 0, 1):
                self._walk(number)
            for number, desk in enumerate(self.desks):
                report = self._walk(number)
                assert report.proved, report.differing
                assert report.behind == ()
                self._nothing_lost_nothing_twice(desk)
        finally:
            self.parts.close()
            shutil.rmtree(self.folder)

    def _walk(self, number: int) -> BroughtIn:
        desk = self.desks[number]
        take(self.counter.open, desk.export(self.stick, PART_BYTES))
        answer = export_stick(self.counter.open, DESKS[number], self.stick, part_bytes=PART_BYTES)
        return [desk.bring_in(file.path) for file in answer.files][-1]

    def _nothing_lost_nothing_twice(self, desk: StickDesk) -> None:
        assert desk.store.unsent() == len(desk.store.set_aside())
        assert desk.store.persons.count() == self.people
        assert list(desk.store.pending_blobs(99)) == []
        seq, last = desk.store.head()
        with self.counter.open.database.reading() as connection:
            entry = tables.entry.c
            query = select(entry.seq, entry.hash).where(entry.desk == desk.store.desk).order_by(entry.seq)
            rows = connection.execute(query).all()
        assert [row.seq for row in rows] == list(range(1, seq + 1))
        assert not rows or rows[-1].hash == last


LIMITS = settings(
    max_examples=4,
    stateful_step_count=18,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.mark.timeout(300)
def test_sticks_in_any_order_beside_a_line_lose_nothing_and_store_nothing_twice(
    request: pytest.FixtureRequest, address: str
) -> None:
    class Here(Sticks):
        """The machine at one kind of database; every run gets a database of its own."""

        @initialize()
        def set_up(self) -> None:
            server: PostgresServer | None = request.getfixturevalue("postgres") if address else None
            type(self).address = server.database() if server else ""
            super().set_up()

    case = Here.TestCase
    case.settings = LIMITS
    case().runTest()  # type: ignore[no-untyped-call] # of the library
