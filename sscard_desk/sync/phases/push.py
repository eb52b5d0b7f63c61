"""Pushing: the journal in batches, one on the line while the next is made ready and the last one's answers are kept."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from sscard_desk.domain.errors.centre import CentreUnreachable
from sscard_desk.ports.sync import Centre, JournalEnd
from sscard_desk.sync.acts import Pushed
from sscard_desk.sync.pace import Pace
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.receipts import TAKEN
from sscard_desk.wire.refusals import Refusal


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


def push_journal(
    store: JournalEnd,
    centre: Centre,
    pace: Pace,
    now_ms: Callable[[], int],
    *,
    go_on: Callable[[], bool] = lambda: True,
    moved: Callable[[], None] = lambda: None,
) -> Pushed:
    """Send what waits, in order and one batch at a time; the answers of each are kept in one transaction.

    While a batch is on the line the next is read and packed, and the answers of the one before it are checked and kept
    (ADR 54). An entry counts as acknowledged only from an answer that names it. Entries that do not follow on what the
    centre holds stay where they are.

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
    total = Pushed(0, 0, 0)
    answered: _Batch | None = None
    with ThreadPoolExecutor(2, thread_name_prefix="push") as lanes:
        ready: Future[_Batch | None] = lanes.submit(_prepare, store, centre, pace, 0)
        try:
            while total.waiting == 0 and go_on() and (batch := ready.result()) is not None:
                sending = lanes.submit(_send, centre, batch)
                ready = lanes.submit(_prepare, store, centre, pace, batch.last)
                kept, answered = answered, None
                if kept is not None:
                    total += _keep(store, centre, kept, now_ms, moved)
                answered = _arrived(sending, pace)
        finally:
            if answered is not None:
                total += _keep(store, centre, answered, now_ms, moved)
    return total


def _prepare(store: JournalEnd, centre: Centre, pace: Pace, after: int) -> _Batch | None:
    entries = store.unsent_entries(after, pace.entries, pace.max_bytes)
    return _Batch(entries, centre.packed(entries)) if entries else None


def _send(centre: Centre, batch: _Batch) -> _Batch:
    begun = time.monotonic()
    answer = centre.send(batch.packed)
    return _Batch(batch.entries, batch.packed, answer, time.monotonic() - begun)


def _arrived(sending: Future[_Batch], pace: Pace) -> _Batch:
    try:
        batch = sending.result()
    except CentreUnreachable:
        pace.halve()
        raise
    pace.grow()
    pace.carried(len(batch.packed), batch.seconds)
    pace.packing = batch.size / len(batch.packed)
    return batch


def _keep(
    store: JournalEnd, centre: Centre, batch: _Batch, now_ms: Callable[[], int], moved: Callable[[], None]
) -> Pushed:
    """Check the answers of a batch, keep those that are due, and say what became of it."""
    answers = centre.answers(batch.entries, batch.answer)
    due = [answer for answer in answers if answer.code != Refusal.GAP.value]
    if due:
        server_ms = max((answer.receipt.received_ms for answer in due if answer.receipt), default=now_ms())
        store.settle(due, server_ms)
        moved()
    taken = sum(answer.outcome in TAKEN for answer in due)
    return Pushed(acknowledged=taken, aside=len(due) - taken, waiting=len(answers) - len(due))
