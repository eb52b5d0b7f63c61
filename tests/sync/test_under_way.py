"""What goes on while something is on the line: the next is made ready, the last is kept; journal before pictures."""

import secrets
from collections.abc import Callable, Sequence
from threading import Condition, Event

import pytest

from sscard_desk.domain.errors.centre import CentreUnreachable
from sscard_desk.domain.ids import BlobId
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.pace import FIRST, QUICK, VERY_QUICK, Pace
from sscard_desk.sync.passes import run_pass
from sscard_desk.sync.phases.blobs import send_blobs
from sscard_desk.sync.phases.push import push_journal
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.messages import MAX_BLOBS, EntryAnswer
from tests.machines.counter import Counter, opened, subject
from tests.machines.line import Line
from tests.machines.model_desk import ModelDesk
from tests.sync.test_line import through

PATIENCE = 10.0
"""Seconds after which what a test waits for does not come any more."""


class Watched(HttpCentre):
    """A line that says what is done beside it, and can hold a request until something else has happened."""

    def __init__(self, identity: DeskIdentity) -> None:
        super().__init__(identity)
        self._turn = Condition()
        self.made, self.gone, self.checked = 0, 0, 0
        self.order: list[str] = []
        self.at_once, self.most_at_once = 0, 0
        self.follows = 0
        """Number of the batch before which each keeps its answer back until another one has left."""
        self.meet = 0
        """How many requests with pictures wait for each other."""
        self.break_at = 0
        """Which batch, or group of pictures, the line does not carry."""
        self.last = 0
        """Number of the last batch; each before it stays on the line until another one is ready."""
        self.waits_for_last = False

    def packed(self, entries: Sequence[Entry]) -> bytes:
        packed = super().packed(entries)
        with self._turn:
            self.made += 1
            self._turn.notify_all()
        return packed

    def send(self, packed: bytes, gone: Callable[[], None] = lambda: None) -> bytes:
        with self._turn:
            self.order.append("entries")
            self.gone += 1
            number = self.gone
            self._turn.notify_all()
            if number == self.break_at:
                raise CentreUnreachable(waiting=0)
            if number < self.last:
                assert self._turn.wait_for(lambda: self.made > number, PATIENCE)
            if self.waits_for_last:
                assert self._turn.wait_for(lambda: self.checked >= number - 1, PATIENCE)
        answer = super().send(packed, gone)
        with self._turn:
            if number < self.follows:
                assert self._turn.wait_for(lambda: self.gone > number, PATIENCE)
            self._turn.notify_all()
        return answer

    def answers(self, entries: Sequence[Entry], answer: bytes) -> Sequence[EntryAnswer]:
        told = super().answers(entries, answer)
        with self._turn:
            self.checked += 1
            self._turn.notify_all()
        return told

    def put_blobs(self, blobs: Sequence[bytes]) -> None:
        with self._turn:
            self.order.append("pictures")
            self.gone += 1
            number = self.gone
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            self._turn.notify_all()
            assert self._turn.wait_for(lambda: self.most_at_once >= self.meet, PATIENCE)
        try:
            if number == self.break_at:
                raise CentreUnreachable(waiting=0)
            super().put_blobs(blobs)
        finally:
            with self._turn:
                self.at_once -= 1


class Overtaken(HttpCentre):
    """A way on which the second batch arrives, once, before the first."""

    def __init__(self, identity: DeskIdentity) -> None:
        super().__init__(identity)
        self._arrived = Event()
        self._first = True
        self.overtaken = False

    def send(self, packed: bytes, gone: Callable[[], None] = lambda: None) -> bytes:
        first, self._first = self._first, False
        if first:
            gone()  # as somebody on the way who keeps it
            self.overtaken = self._arrived.wait(PATIENCE)
            return super().send(packed)
        answer = super().send(packed, gone)
        self._arrived.set()
        return answer


def busy_desk(entries: int, pictures: int = 0) -> ModelDesk:
    desk = ModelDesk("D-0001")
    for n in range(entries):
        desk.record(opened(n), subject())
    for _ in range(pictures):
        desk.take_photo(secrets.token_bytes(2_000))
    return desk


def test_the_next_batch_is_made_ready_while_one_is_on_the_line(counter: Counter) -> None:
    desk = busy_desk(3 * FIRST)
    with Watched(counter.identity()) as centre:
        centre.last = 3
        pushed = push_journal(desk, centre, Pace(), lambda: 0)
    assert (pushed.acknowledged, desk.unsent(), centre.gone) == (3 * FIRST, 0, 3)


def test_answers_are_checked_and_kept_while_the_next_batch_is_on_the_line(counter: Counter) -> None:
    desk = busy_desk(3 * FIRST)
    with Watched(counter.identity()) as centre:
        centre.waits_for_last = True
        push_journal(desk, centre, Pace(), lambda: 0)
    assert (centre.checked, desk.unsent()) == (centre.gone, 0)


def test_what_was_answered_before_the_line_broke_is_kept_and_the_rest_goes_once(counter: Counter) -> None:
    desk, pace, steps = busy_desk(5 * FIRST), Pace(), [0]

    def moved() -> None:
        steps[0] += 1

    with Watched(counter.identity()) as centre:
        centre.break_at = 3
        with pytest.raises(CentreUnreachable):
            push_journal(desk, centre, pace, lambda: 0, moved=moved)
        there = len(desk.receipts)
        assert (there, steps[0], centre.gone) == (2 * FIRST, 2, 3)
        assert pace.entries == 2 * FIRST  # grown by two answers, halved by the break
        centre.break_at = 0
        report = run_pass(desk, centre, pace)
    assert (report.acknowledged, report.up_to_date) == (5 * FIRST - there, True)


def test_entries_that_do_not_follow_on_are_not_sent_to_the_end_of_the_journal(counter: Counter) -> None:
    desk = busy_desk(8 * FIRST)
    known = ModelDesk("D-0001")
    known.entries = desk.entries
    # an older copy of this desk: it believes that its first entries are there
    with counter.client() as centre:
        known.receipts = dict.fromkeys(range(1, 4))  # type: ignore[arg-type] # only which ones there are is asked
        pushed = push_journal(known, centre, Pace(), lambda: 0)
    assert (pushed.acknowledged, pushed.aside) == (0, 0)
    assert 0 < pushed.waiting <= 2 * FIRST


def test_on_a_very_quick_line_the_next_batch_leaves_before_the_answer_is_here(counter: Counter) -> None:
    desk, pace = busy_desk(4 * FIRST), Pace(bytes_a_second=10.0 * VERY_QUICK)
    with Watched(counter.identity()) as centre:
        centre.follows = 4  # each but the last keeps its answer until the next one has left
        pushed = push_journal(desk, centre, pace, lambda: 0)
    assert (pushed.acknowledged, pushed.waiting, desk.unsent()) == (4 * FIRST, 0, 0)
    assert centre.gone == 4


def test_a_batch_that_overtook_the_one_before_it_comes_again(counter: Counter) -> None:
    desk, pace = busy_desk(6 * FIRST), Pace(bytes_a_second=10.0 * VERY_QUICK)
    with Overtaken(counter.identity()) as centre:
        pushed = push_journal(desk, centre, pace, lambda: 0)
        report = run_pass(desk, centre)
    assert centre.overtaken
    assert (pushed.acknowledged, pushed.aside, desk.unsent()) == (6 * FIRST, 0, 0)
    assert report.up_to_date


def test_what_follows_a_batch_that_was_lost_is_not_sent(counter: Counter) -> None:
    desk, pace = busy_desk(6 * FIRST), Pace(bytes_a_second=10.0 * VERY_QUICK)
    with Watched(counter.identity()) as centre:
        centre.break_at = 1
        with pytest.raises(CentreUnreachable):
            push_journal(desk, centre, pace, lambda: 0)
        assert (centre.gone, len(desk.receipts)) == (1, 0)
        centre.break_at = 0
        assert run_pass(desk, centre, pace).up_to_date


def test_two_requests_with_pictures_are_under_way_on_a_quick_line(counter: Counter) -> None:
    desk = busy_desk(0, pictures=4 * MAX_BLOBS)
    with Watched(counter.identity()) as centre:
        centre.meet = 2
        sent = send_blobs(desk, centre, Pace(bytes_a_second=10.0 * QUICK))
    assert (sent.count, list(desk.pending_blobs(1)), centre.most_at_once) == (4 * MAX_BLOBS, [], 2)


def test_a_slow_line_carries_one_request_with_pictures_at_a_time(counter: Counter) -> None:
    desk = busy_desk(0, pictures=10)
    with Line(counter.port) as line, Watched(through(counter.identity(), line)) as centre:
        line.narrow(QUICK // 2)
        sent = send_blobs(desk, centre, Pace(bytes_a_second=QUICK / 2, seconds=0.1))
    assert (sent.count, centre.most_at_once) == (10, 1)
    assert centre.gone > 1


def test_pictures_that_came_through_beside_ones_that_did_not_are_noted(counter: Counter) -> None:
    desk = busy_desk(0, pictures=2 * MAX_BLOBS)
    with Watched(counter.identity()) as centre:
        centre.meet, centre.break_at = 2, 1
        with pytest.raises(CentreUnreachable):
            send_blobs(desk, centre, Pace(bytes_a_second=10.0 * QUICK))
        left = [BlobId(name) for name in desk.pending_blobs(4 * MAX_BLOBS)]
        assert len(left) == MAX_BLOBS
        assert set(centre.missing_blobs(left)) == set(left)


def test_the_whole_journal_goes_before_the_first_picture(counter: Counter) -> None:
    desk = busy_desk(3 * FIRST, pictures=2 * MAX_BLOBS)
    with Watched(counter.identity()) as centre:
        report = run_pass(desk, centre)
    assert report.up_to_date
    last = len(centre.order) - 1 - centre.order[::-1].index("entries")
    assert last < centre.order.index("pictures")
