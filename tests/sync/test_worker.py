"""The agent on its thread: wakes, waits, says what it could prove."""

import sys
from collections.abc import Callable
from threading import Condition

import pytest

from sscard_desk.domain.errors.base import DeskError
from sscard_desk.domain.errors.centre import CentreBusy, CentreUnreachable
from sscard_desk.domain.errors.store import DiskTrouble, ProgramFailed
from sscard_desk.sync.aside import aside_troubles
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.state import SyncState
from sscard_desk.sync.waiting import LONGEST_SECONDS, wait_seconds
from sscard_desk.sync.worker import SyncAgent
from sscard_desk.texts.catalogue import LANGUAGES, Catalogue
from sscard_desk.texts.problems import describe
from sscard_desk.wire.messages import Hello
from tests.machines.counter import Counter, opened, subject
from tests.machines.model_desk import ModelDesk

DEADLINE = 30


class Watcher:
    """Collects states and waits for one that fits."""

    def __init__(self) -> None:
        self.states: list[SyncState] = []
        self._news = Condition()

    def __call__(self, state: SyncState) -> None:
        with self._news:
            self.states.append(state)
            self._news.notify_all()

    def wait_for(self, fits: Callable[[SyncState], bool]) -> SyncState:
        with self._news:
            assert self._news.wait_for(lambda: any(map(fits, self.states)), timeout=DEADLINE)
            return next(state for state in self.states if fits(state))

    def forget(self) -> None:
        with self._news:
            self.states.clear()


def test_the_agent_sends_what_was_recorded_as_soon_as_it_is_woken(counter: Counter) -> None:
    desk, watcher = ModelDesk("D-0001"), Watcher()
    with counter.client() as centre:
        agent = SyncAgent(desk, centre, listener=watcher, every=3_600)
        agent.start()
        first = watcher.wait_for(lambda state: state.up_to_date)
        watcher.forget()
        desk.record(opened(1), subject())
        agent.wake()
        seen = watcher.wait_for(lambda state: state.running and state.unsent == 1)
        sent = watcher.wait_for(lambda state: not state.running and state.up_to_date)
        agent.stop()
    assert (first.tries, seen.up_to_date, sent.unsent) == (0, False, 0)
    assert desk.setting("last_sync_ms") is not None
    assert agent.state == sent


def test_a_dead_line_is_trouble_with_the_number_of_waiting_entries_and_ends_by_itself(counter: Counter) -> None:
    desk, watcher = ModelDesk("D-0001"), Watcher()
    desk.record(opened(1), subject())
    identity = counter.identity()
    counter.server.stop()  # type: ignore[union-attr]  # it runs inside the fixture
    failures: list[int] = []

    def wait(count: int, trouble: DeskError) -> float:
        failures.append(count)
        return 0.05

    with HttpCentre(identity) as centre:
        agent = SyncAgent(desk, centre, listener=watcher, wait=wait)
        agent.start()
        silent = watcher.wait_for(lambda state: state.trouble is not None)
        agent.stop()
    assert isinstance(silent.trouble, CentreUnreachable)
    assert (silent.trouble.waiting, silent.unsent, silent.up_to_date) == (1, 1, False)
    assert failures[0] == 1


class Defective(HttpCentre):
    """A line over which the first greeting meets a defect of the program."""

    met = False

    def hello(self, head: int | None = None) -> Hello:
        if not self.met:
            self.met = True
            raise KeyError("a row that nobody foresaw")
        return super().hello(head)


def test_a_defect_in_one_pass_is_told_and_the_next_pass_sends_everything(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, watcher, told = ModelDesk("D-0001"), Watcher(), list[type[BaseException]]()
    monkeypatch.setattr(sys, "excepthook", lambda kind, _defect, _trace: told.append(kind))
    desk.record(opened(1), subject())
    with Defective(counter.identity()) as centre:
        agent = SyncAgent(desk, centre, listener=watcher, wait=lambda _count, _trouble: 0.05)
        agent.start()
        broken = watcher.wait_for(lambda state: state.trouble is not None)
        sent = watcher.wait_for(lambda state: state.up_to_date)
        agent.stop()
    assert isinstance(broken.trouble, ProgramFailed)
    assert (broken.running, broken.unsent, broken.tries, sent.unsent, told) == (False, 1, 1, 0, [KeyError])


def test_the_agent_goes_on_although_who_listens_fails(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, watcher, left = ModelDesk("D-0001"), Watcher(), [DiskTrouble(reason="away") for _ in range(3)]
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    desk.record(opened(1), subject())

    def listen(state: SyncState) -> None:
        if left:
            raise left.pop()
        watcher(state)

    with counter.client() as centre:
        agent = SyncAgent(desk, centre, listener=listen, every=0.05, wait=lambda _count, _trouble: 0.05)
        agent.start()
        sent = watcher.wait_for(lambda state: state.up_to_date)
        agent.stop()
    assert (sent.unsent, left) == (0, [])


def test_a_set_aside_entry_keeps_the_desk_from_being_up_to_date(counter: Counter) -> None:
    desk, watcher = ModelDesk("D-0001"), Watcher()
    desk.record(opened(1), subject())
    desk.record(opened(1), subject())
    with counter.client() as centre:
        agent = SyncAgent(desk, centre, listener=watcher)
        agent.start()
        state = watcher.wait_for(lambda state: not state.running and state.last_success is not None)
        agent.stop()
    assert (state.set_aside, state.unsent, state.proved, state.up_to_date) == (1, 1, True, False)
    said = [describe(trouble, Catalogue(language)).message for trouble in state.aside for language in LANGUAGES]
    assert said == [
        "一条记录和中心已有的冲突：这个人在别的柜台有一笔未办完的申领。",
        "One entry conflicts with what the centre holds: an application for this person is open at another desk.",
    ]


def test_a_refusal_is_told_from_a_conflict() -> None:
    refused, conflict = aside_troubles([(1, "digest", ""), (2, "changed-elsewhere", "N")])
    assert (refused.code, conflict.code) == ("E421", "E422")


@pytest.mark.parametrize(("failures", "most"), [(1, 2), (2, 4), (4, 16), (30, LONGEST_SECONDS)])
def test_the_wait_spreads_over_a_span_that_doubles_up_to_a_limit(failures: int, most: float) -> None:
    trouble = CentreUnreachable(waiting=0)
    assert wait_seconds(failures, trouble, lambda: 1.0) == most
    assert wait_seconds(failures, trouble, lambda: 0.0) == 0
    assert 0 <= wait_seconds(failures, trouble) <= most


def test_a_busy_centre_is_left_alone_for_as_long_as_it_asked() -> None:
    assert wait_seconds(1, CentreBusy(seconds=40), lambda: 0.0) == 40
