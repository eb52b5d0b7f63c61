"""Pushing: the journal in batches, one on the line while the next is made ready and the last one's answers are kept."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from typing import Final

from sscard_desk.domain.errors.centre import CentreUnreachable
from sscard_desk.ports.sync import Centre, JournalEnd
from sscard_desk.sync.acts import Pushed
from sscard_desk.sync.pace import MOST_ABREAST, Pace
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.receipts import TAKEN
from sscard_desk.wire.refusals import Refusal

OVERTAKINGS: Final = 3
"""How often one batch may arrive before the one it follows on, until they go one at a time."""


@dataclass(frozen=True)
class _Batch:
    """Entries as they go over the line, and once they went, what came back and after how many seconds."""

    entries: Sequence[Entry]
    packed: bytes
    answer: bytes = b""
    seconds: float = 0.0

    @property
    def size(self) -> int:
        return sum(len(entry.header) + len(entry.payload or b"") for entry in self.entries)

    @property
    def last(self) -> int:
        return self.entries[-1].read_header().seq


class _Turn:
    """Whose bytes go over the line: the batch before first, and none after one that failed."""

    def __init__(self, before: "_Turn | None") -> None:
        self._before = before
        self.left = Event()
        self.lost = False

    def wait(self) -> None:
        """Wait until the batch before has left.

        Raises:
            CentreUnreachable: it did not come through; what follows it would be answered `gap`.
        """
        before, self._before = self._before, None
        if before is not None:
            before.left.wait()
            if before.lost:
                raise CentreUnreachable(waiting=0)

    def gone(self) -> None:
        self.left.set()

    def failed(self) -> None:
        self.lost = True
        self.left.set()


def push_journal(
    store: JournalEnd,
    centre: Centre,
    pace: Pace,
    now_ms: Callable[[], int],
    *,
    go_on: Callable[[], bool] = lambda: True,
    moved: Callable[[], None] = lambda: None,
) -> Pushed:
    """Send what waits, in order; the answers of each batch are kept in one transaction.

    While a batch is on the line the next is read and packed, and the answers of the one before it are checked and kept;
    on a quick line the next one follows before the answer is here (ADR 54). An entry counts as acknowledged only from
    an answer that names it. Entries that do not follow on what the centre holds stay where they are.

    Args:
        store: the journal.
        centre: the centre.
        pace: how much goes at once.
        now_ms: this computer's time, milliseconds since 1970 UTC.
        go_on: asked before each batch.
        moved: called whenever answers were kept.

    Raises:
        CentreUnreachable: no answer; what was answered before is kept, the next batch is half as large, and nothing is
            lost.
    """
    sending = _Sending(store, centre, pace, now_ms, moved)
    total = Pushed(0, 0, 0)
    for most in (*[MOST_ABREAST] * OVERTAKINGS, 1):
        now = sending.run(go_on, most)
        total = Pushed(total.acknowledged + now.acknowledged, total.aside + now.aside, now.waiting)
        if not now.waiting or not now.acknowledged + now.aside:
            break
        # a batch arrived before the one it follows on: it goes again, after some of that one at a time
    return total


class _Sending:
    """The way of the journal from the store to the centre and of its answers back."""

    def __init__(
        self, store: JournalEnd, centre: Centre, pace: Pace, now_ms: Callable[[], int], moved: Callable[[], None]
    ) -> None:
        self._store, self._centre, self._pace = store, centre, pace
        self._now_ms, self._moved = now_ms, moved

    def run(self, go_on: Callable[[], bool], most: int) -> Pushed:
        """Send until nothing waits, or until some of it does not follow on what the centre holds."""
        total, turn = Pushed(0, 0, 0), _Turn(None)
        turn.gone()
        answered: _Batch | None = None
        under_way: deque[Future[_Batch]] = deque()
        with ThreadPoolExecutor(MOST_ABREAST + 1, thread_name_prefix="push") as lanes:
            ready: Future[_Batch | None] = lanes.submit(self._prepare, 0)
            try:
                while True:
                    room = min(most, self._pace.pushes)
                    while len(under_way) < room and not total.waiting and go_on() and (batch := ready.result()):
                        turn = _Turn(turn)
                        under_way.append(lanes.submit(self._send, batch, turn))
                        ready = lanes.submit(self._prepare, batch.last)
                    kept, answered = answered, None
                    if kept is not None:
                        total += self._keep(kept)
                    if not under_way:
                        break
                    answered = self._arrived(under_way.popleft())
            finally:
                if answered is not None:
                    total += self._keep(answered)
        return total

    def _prepare(self, after: int) -> _Batch | None:
        entries = self._store.unsent_entries(after, self._pace.entries, self._pace.max_bytes)
        return _Batch(entries, self._centre.packed(entries)) if entries else None

    def _send(self, batch: _Batch, turn: _Turn) -> _Batch:
        try:
            turn.wait()
            begun = time.monotonic()
            answer = self._centre.send(batch.packed, turn.gone)
        except BaseException:
            turn.failed()
            raise
        turn.gone()
        return _Batch(batch.entries, batch.packed, answer, time.monotonic() - begun)

    def _arrived(self, sending: Future[_Batch]) -> _Batch:
        try:
            batch = sending.result()
        except CentreUnreachable:
            self._pace.halve()
            raise
        self._pace.grow()
        self._pace.carried(len(batch.packed), batch.seconds)
        self._pace.packing = batch.size / len(batch.packed)
        return batch

    def _keep(self, batch: _Batch) -> Pushed:
        """Check the answers of a batch, keep those that are due, and say what became of it."""
        answers = self._centre.answers(batch.entries, batch.answer)
        due = [answer for answer in answers if answer.code != Refusal.GAP.value]
        if due:
            received = (answer.receipt.received_ms for answer in due if answer.receipt)
            self._store.settle(due, max(received, default=self._now_ms()))
            self._moved()
        taken = sum(answer.outcome in TAKEN for answer in due)
        return Pushed(acknowledged=taken, aside=len(due) - taken, waiting=len(answers) - len(due))
