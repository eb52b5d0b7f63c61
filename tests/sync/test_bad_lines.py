"""Lines as they are in the country: narrow ones, and ones that drop again and again. Ten times as fast as real ones."""

import hashlib
import secrets
from collections.abc import Callable

import pytest

from sscard_desk.central import imports
from sscard_desk.domain.errors.base import CentreTrouble
from sscard_desk.domain.errors.centre import CentreUnreachable
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.pace import FIRST, SECONDS, SMALLEST_BYTES, Pace
from sscard_desk.sync.passes import PassReport, run_pass
from sscard_desk.sync.worker import SyncAgent
from sscard_desk.wire.messages import MAX_BLOB_BYTES, MAX_ENTRIES, MAX_PAGE, Hello
from tests.machines.counter import REGION, Counter, opened, person, subject
from tests.machines.line import Line
from tests.machines.model_desk import ModelDesk
from tests.sync.test_line import through
from tests.sync.test_worker import Watcher

RATE = 40_000
"""Ten times 32 kbit/s."""
PIECE = 60_000
"""Bytes after which a line breaks."""
DROPS = 2.0
"""A tenth of 20 s."""


def passes_until_proved(desk: ModelDesk, centre: HttpCentre, pace: Pace) -> PassReport:
    for _ in range(60):
        try:
            return run_pass(desk, centre, pace)
        except CentreUnreachable:
            continue
    raise AssertionError("it never came through")


def a_day(desk: ModelDesk) -> None:
    for n in range(250):
        desk.record(opened(n), subject())
    for _ in range(5):
        desk.take_photo(secrets.token_bytes(20_000))


def test_a_narrow_line_carries_a_day_without_one_batch_given_up(counter: Counter) -> None:
    desk = ModelDesk("D-0001")
    a_day(desk)
    pace = Pace(seconds=SECONDS / 10)
    with Line(counter.port) as line, HttpCentre(through(counter.identity(), line), silence=1.5) as centre:
        line.narrow(RATE)
        report = run_pass(desk, centre, pace)
    assert (report.acknowledged, report.blobs_sent, report.up_to_date) == (250, 5, True)
    assert pace.packing > 1  # entries pack well, and the line carries them packed
    assert max(pace.blob_bytes, pace.max_bytes / pace.packing) <= RATE


def test_a_line_that_drops_again_and_again_gets_everything_through_once(counter: Counter) -> None:
    desk = ModelDesk("D-0001")
    a_day(desk)
    with Line(counter.port) as line, HttpCentre(through(counter.identity(), line), silence=1.5) as centre:
        line.narrow(RATE)
        line.drop_every(DROPS)
        report = passes_until_proved(desk, centre, Pace(seconds=SECONDS / 10))
        assert line.dropped > 1
    assert report.up_to_date
    with counter.client("D-0002") as other:
        reader = ModelDesk("D-0002")
        run_pass(reader, other)
    assert len(reader.foreign_events()) == 250
    with counter.client() as centre:
        assert centre.missing_blobs(list(desk.blobs)) == []
        assert all(hashlib.sha256(centre.get_blob(blob)).hexdigest() == blob for blob in desk.blobs)


class Faltering(HttpCentre):
    """A line that breaks at every second batch, and at each greeting once it is dead."""

    pushes = 0
    dead = False

    def hello(self, head: int | None = None) -> Hello:
        if self.dead:
            raise CentreUnreachable(waiting=0)
        return super().hello(head)

    def send(self, packed: bytes, gone: Callable[[], None] = lambda: None) -> bytes:
        self.pushes += 1
        if self.pushes % 2 == 0:
            raise CentreUnreachable(waiting=0)
        return super().send(packed, gone)


def test_a_pass_that_moved_something_before_it_broke_off_is_tried_again_soon(counter: Counter) -> None:
    desk, watcher = ModelDesk("D-0001"), Watcher()
    a_day(desk)
    failures: list[int] = []

    def wait(count: int, _trouble: object) -> float:
        failures.append(count)
        return 0.0

    with Faltering(counter.identity()) as centre:
        agent = SyncAgent(desk, centre, listener=watcher, wait=wait)
        agent.start()
        watcher.wait_for(lambda state: state.up_to_date)
        agent.stop()
        moving = tuple(failures)
        failures.clear()
        watcher.forget()
        centre.dead = True
        again = SyncAgent(desk, centre, listener=watcher, wait=wait)
        again.start()
        watcher.wait_for(lambda state: state.tries >= 3)
        again.stop()
    assert moving
    assert set(moving) == {1}
    assert failures[:3] == [1, 2, 3]


def test_a_large_list_that_comes_by_pieces_is_gone_on_with_soon(counter: Counter) -> None:
    imports.import_persons(counter.open, REGION, [person(n) for n in range(12_000)])
    desk, watcher, failures = ModelDesk("D-0001"), Watcher(), list[int]()
    with Line(counter.port) as line, HttpCentre(through(counter.identity(), line)) as centre:

        def wait(count: int, _trouble: object) -> float:
            failures.append(count)
            line.cut_after(PIECE, answers_only=True)
            return 0.0

        line.cut_after(PIECE, answers_only=True)
        agent = SyncAgent(desk, centre, listener=watcher, wait=wait)
        agent.start()
        watcher.wait_for(lambda state: state.up_to_date)
        agent.stop()
    assert len(failures) > 2
    assert set(failures) == {1}
    assert desk.snapshots == 1


def test_the_size_of_a_batch_follows_the_line() -> None:
    pace = Pace()
    assert (pace.entries, pace.blob_bytes, pace.page) == (FIRST, MAX_BLOB_BYTES, MAX_PAGE)
    for _ in range(4):
        pace.grow()
    pace.carried(20_000, 5.0)
    assert (pace.entries, pace.max_bytes, pace.blob_bytes) == (MAX_ENTRIES, 20_000, 20_000)
    assert pace.page < 40
    pace.carried(500, 0.5)
    assert pace.max_bytes == 20_000  # a small batch says nothing of the line
    pace.halve()
    assert pace.max_bytes == 10_000
    for _ in range(9):
        pace.halve()
    assert pace.max_bytes >= SMALLEST_BYTES
    pace.carried(1_000_000, 1.0)
    assert pace.blob_bytes == MAX_BLOB_BYTES


@pytest.mark.parametrize("trouble", [CentreUnreachable(waiting=0)])
def test_what_the_last_try_met_is_kept_for_another_process(counter: Counter, trouble: CentreTrouble) -> None:
    from sscard_desk.sync.attempts import kept

    desk, watcher = ModelDesk("D-0001"), Watcher()
    desk.record(opened(1), subject())
    identity = counter.identity()
    with Line(counter.port) as line, HttpCentre(through(identity, line), silence=0.3) as centre:
        line.cut_after(0)
        agent = SyncAgent(desk, centre, listener=watcher, wait=lambda _count, _trouble: 0.05)
        agent.start()
        watcher.wait_for(lambda state: state.tries >= 2)
        told = kept(desk)
        line.mend()
        watcher.wait_for(lambda state: state.up_to_date)
        agent.stop()
    assert (told.tries >= 2, told.code, told.through_seq, told.next_ms >= told.at_ms) == (True, trouble.code, 1, True)
    assert kept(desk).tries == 0
