"""The register of a region as one file: told how far it is, ended in the middle, swapped in while the desk works."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sscard_desk.central import imports
from sscard_desk.central.snapshots import current_snapshot
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.sync import loading
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.loading import Loading
from sscard_desk.sync.passes import run_pass
from sscard_desk.sync.state import SyncState
from sscard_desk.sync.worker import SyncAgent
from sscard_desk.wire.feed import persons_scope
from tests.machines.counter import POINT, REGION, Counter, citizen_number, opened, person, subject
from tests.machines.model_desk import ModelDesk
from tests.sync.test_real_desk import CLERK, KEY
from tests.sync.test_worker import Watcher

PERSONS = 9_000
SCOPE = persons_scope(REGION)


@pytest.fixture
def desk(tmp_path: Path, counter: Counter, monkeypatch: pytest.MonkeyPatch) -> Iterator[DeskStore]:
    monkeypatch.setattr(loading, "TELL_EVERY_S", 0.0)
    create_folder(
        tmp_path / "desk",
        desk_id="D-0001",
        service_point="0231",
        desk_no=1,
        training=True,
        database_key=KEY,
        scopes=(SCOPE,),
    )
    store = open_desk(tmp_path / "desk", KEY)
    imports.import_persons(counter.open, REGION, [person(n) for n in range(20)])
    with HttpCentre(counter.identity("D-0001", POINT)) as line:
        run_pass(store, line)
    imports.import_persons(counter.open, REGION, [person(n, name="新名") for n in range(PERSONS)])
    yield store
    store.close()


def generations(desk: DeskStore) -> list[str]:
    return sorted(path.name for path in desk.persons._folder.path.glob("persons-*.db"))


def come(counter: Counter, desk: DeskStore) -> int:
    """How many bytes of the list's file are here."""
    info = current_snapshot(counter.open, SCOPE)
    assert info is not None
    with closing(desk.stage(info)) as staged:
        return staged.size


def test_it_is_told_how_far_the_list_is_while_the_desk_goes_on_with_the_old_one(
    counter: Counter, desk: DeskStore
) -> None:
    told: list[Loading] = []
    seen: list[tuple[str, int]] = []

    def look(at: Loading) -> None:
        told.append(at)
        if at.part == "apply":
            found = desk.persons.by_number(citizen_number(3))
            assert found is not None
            with desk.work(CLERK) as work:
                work.record(opened(30_000 + len(seen)), subject=subject())
            seen.append((found.name, desk.persons.count()))

    with HttpCentre(counter.identity("D-0001", POINT)) as line:
        report = run_pass(desk, line, loading=look)
    fetched = [at for at in told if at.part == "fetch"]
    applied = [at for at in told if at.part == "apply"]
    assert (fetched[-1].done, {at.of for at in fetched}) == (fetched[-1].of, {fetched[0].of})
    assert [at.done for at in applied] == [2_000, 4_000, 6_000, 8_000, PERSONS]
    assert seen == [("训练3", 20)] * 5
    renamed = desk.persons.by_number(citizen_number(3))
    assert renamed is not None
    assert (renamed.name, desk.persons.count(), report.items) == ("新名", PERSONS, PERSONS)
    assert len(generations(desk)) == 1


@pytest.mark.parametrize("part", ["fetch", "apply"])
def test_a_pass_that_is_told_to_end_in_the_middle_leaves_what_was_there(
    counter: Counter, desk: DeskStore, part: str
) -> None:
    before, going = generations(desk), [True]

    def end(at: Loading) -> None:
        if at.part == part:
            going[0] = False

    with HttpCentre(counter.identity("D-0001", POINT)) as line:
        ended = run_pass(desk, line, go_on=lambda: going[0], loading=end)
        assert (ended.proved, desk.persons.count(), generations(desk)) == (False, 20, before)
        begun, again = come(counter, desk), []
        whole = run_pass(desk, line, loading=lambda at: again.append(at.done) if at.part == "fetch" else None)
    assert begun > 0
    assert all(done > begun for done in again)
    assert bool(again) == (part == "fetch")
    assert (whole.proved, desk.persons.count()) == (True, PERSONS)


def test_the_agents_state_says_how_far_it_is_and_nothing_afterwards(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "TELL_EVERY_S", 0.0)
    imports.import_persons(counter.open, REGION, [person(n) for n in range(4_000)])
    desk, watcher = ModelDesk("D-0001"), Watcher()
    with counter.client() as centre:
        agent = SyncAgent(desk, centre, listener=watcher)
        agent.start()
        half = watcher.wait_for(lambda state: state.loading is not None and state.loading.part == "apply")
        done = watcher.wait_for(lambda state: state.up_to_date and not state.running)
        agent.stop()
    assert half.loading == Loading(SCOPE, "apply", 4_000, 4_000)
    assert done.loading is None


def test_a_list_that_waits_holds_up_nothing_else_and_its_fetch_goes_on_where_it_was(
    counter: Counter, desk: DeskStore
) -> None:
    waits = [False]

    def hold(at: Loading) -> None:
        waits[0] = at.part == "fetch"

    with desk.work(CLERK) as work:
        work.record(opened(7), subject=subject())
    with HttpCentre(counter.identity("D-0001", POINT)) as line:
        first = run_pass(desk, line, hold=lambda: waits[0], loading=hold)
        begun = come(counter, desk)
        second = run_pass(desk, line, hold=lambda: waits[0])
        assert (first.acknowledged, SCOPE in first.held, first.proved) == (1, True, False)
        assert (SCOPE in second.held, second.proved, desk.persons.count()) == (True, False, 20)
        assert begun > 0
        waits[0] = False
        whole = run_pass(desk, line)
    assert (whole.held, whole.proved, desk.persons.count()) == ((), True, PERSONS)


def test_what_is_recorded_while_a_list_comes_is_sent_before_the_list_is_in_place(
    counter: Counter, desk: DeskStore
) -> None:
    order: list[str] = []
    watcher = Watcher()

    def listen(state: SyncState) -> None:
        watcher(state)
        if state.loading is not None and state.loading.part == "fetch" and not order:
            order.append("recorded")
            with desk.work(CLERK) as work:
                work.record(opened(8), subject=subject())
            agent.wake()
        elif "recorded" in order and desk.unsent() == 0 and "sent" not in order:
            order.append("sent")
        elif state.loading is not None and state.loading.part == "apply" and order[-1] != "applied":
            order.append("applied")

    with HttpCentre(counter.identity("D-0001", POINT)) as line:
        agent = SyncAgent(desk, line, listener=listen)
        agent.start()
        watcher.wait_for(lambda state: state.up_to_date and not state.running)
        agent.stop()
    assert order == ["recorded", "sent", "applied"]
    assert desk.persons.count() == PERSONS


def test_lists_that_somebody_holds_wait_and_come_when_they_are_let(counter: Counter, desk: DeskStore) -> None:
    watcher, once = Watcher(), list[bool]()

    def listen(state: SyncState) -> None:
        watcher(state)
        if state.loading is not None and not once:
            once.append(True)
            agent.hold_lists(hold=True)

    with HttpCentre(counter.identity("D-0001", POINT)) as line:
        agent = SyncAgent(desk, line, listener=listen)
        agent.start()
        held = watcher.wait_for(lambda state: state.held and not state.running)
        assert (held.proved, held.trouble, desk.persons.count()) == (False, None, 20)
        assert held.loading is not None
        watcher.forget()
        agent.hold_lists(hold=False)
        done = watcher.wait_for(lambda state: state.up_to_date and not state.running)
        agent.stop()
    assert (done.held, done.loading, desk.persons.count()) == (False, None, PERSONS)
