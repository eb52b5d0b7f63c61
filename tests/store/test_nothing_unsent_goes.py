"""Whatever the store's public operations do, in any order: what the centre has not received keeps its words."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sscard_desk.domain import events
from sscard_desk.domain.erasure import Why
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.store import erasures
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.engine import reading, writing
from sscard_desk.store.opening import open_desk
from sscard_desk.wire.entry import Entry
from tests.store import _desk as a
from tests.store.test_erasing import ended, later, received, sent_blobs
from tests.store.test_sync_sides import refused

AGE = timedelta(days=1)


class Machine(RuleBasedStateMachine):
    """One desk; the model is every entry that was ever written, with its payload, until the centre received it."""

    @initialize()
    def begin(self) -> None:
        self.room = TemporaryDirectory(ignore_cleanup_errors=True)
        self.desk: DeskStore = a.make_desk(Path(self.room.name) / "desk")
        self.subjects: list[ApplicationId] = []
        self.day = 1
        self.written: dict[int, Entry] = {}

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.close()
            self.room.cleanup()

    @rule(number=st.integers(0, 3))
    def somebody_ends(self, number: int) -> None:
        self.subjects.append(ended(self.desk, b"picture %d" % number))

    @rule()
    def somebody_begins(self) -> None:
        self.subjects.append(a.begin(self.desk))

    @precondition(lambda self: self.subjects)
    @rule(data=st.data())
    def an_act(self, data: st.DataObject) -> None:
        subject = data.draw(st.sampled_from(self.subjects))
        event: Any = data.draw(st.sampled_from([a.BANK, events.Withdrawn("r"), events.ErasureAsked("applicant", "r")]))
        try:
            a.act(self.desk, subject, event)
        except DeskError:
            return  # it has ended, or is gone

    @precondition(lambda self: self.subjects)
    @rule(data=st.data())
    def one_is_received(self, data: st.DataObject) -> None:
        self.day += 1
        received(self.desk, self.day, only=data.draw(st.sampled_from(self.subjects)))

    @rule()
    def all_is_received_on_a_later_day(self) -> None:
        self.day += 3
        later(self.desk, self.day)

    @rule()
    def one_is_refused_and_sent_again(self) -> None:
        for entry in self.desk.pending_entries(1, 10_000_000):
            self.desk.settle([refused(entry)], 1)
        for seq, _, _ in self.desk.set_aside()[:1]:
            self.desk.send_again(seq)

    @rule()
    def pictures_are_sent(self) -> None:
        sent_blobs(self.desk)

    @rule()
    def what_ended_is_forgotten(self) -> None:
        self.desk.ask_erasure_of_ended(AGE)
        self.desk.carry_out_erasures()

    @precondition(lambda self: self.subjects)
    @rule(data=st.data())
    def the_centre_orders(self, data: st.DataObject) -> None:
        subject = data.draw(st.sampled_from(self.subjects))
        with writing(self.desk._engine) as connection:
            erasures.ask(connection, [subject], Why.REQUEST, "order", self.desk.clock.now())
        self.desk.carry_out_erasures()

    @precondition(lambda self: self.subjects)
    @rule(data=st.data())
    def a_draft_is_kept(self, data: st.DataObject) -> None:
        self.desk.keep_draft(data.draw(st.sampled_from(self.subjects)), {"phone": "1"}, "phone")

    @rule()
    def the_program_is_updated_cleans_up_and_starts_again(self) -> None:
        self.desk.sweep()
        self.desk.close()
        self.desk = open_desk(Path(self.room.name) / "desk", a.KEY)
        self.desk.sweep()

    @invariant()
    def what_was_not_received_says_what_it_said(self) -> None:
        if not hasattr(self, "desk"):
            return
        with reading(self.desk._engine) as connection:
            rows = connection.exec_driver_sql(
                "SELECT e.seq, e.header, p.payload, p.salt, e.received_ms FROM entry e LEFT JOIN payload p USING (seq)"
            ).all()
        now = {row.seq: Entry(header=row.header, payload=row.payload, salt=row.salt) for row in rows}
        assert sorted(now) == list(range(1, len(now) + 1))
        for row in rows:
            if row.received_ms is None:
                assert self.written.get(row.seq, now[row.seq]) == now[row.seq]
                assert row.payload is not None
            else:
                assert self.written.get(row.seq, now[row.seq]).header == row.header
        self.written = now | self.written

    @invariant()
    def it_verifies(self) -> None:
        if not hasattr(self, "desk"):
            return
        found = self.desk.verify()
        assert (found.chain_ok, list(found.unexplained), list(found.blobs_missing)) == (True, [], [])
        assert found.drafts_ok


TestMachine = Machine.TestCase
TestMachine.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
