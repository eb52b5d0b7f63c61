"""Pushing: the next entries, one answer for each."""

import time
from collections.abc import Callable

from sscard_desk.domain.errors.centre import CentreUnreachable
from sscard_desk.ports.sync import Centre, SyncStore
from sscard_desk.sync.acts import Pushed
from sscard_desk.sync.pace import Pace
from sscard_desk.wire.receipts import TAKEN
from sscard_desk.wire.refusals import Refusal


def push_batch(store: SyncStore, centre: Centre, pace: Pace, now_ms: Callable[[], int]) -> Pushed:
    """Send one batch and keep its answers in one transaction.

    An entry counts as acknowledged only from an answer that names it. Entries that do not follow on what the centre
    holds stay where they are.

    Raises:
        CentreUnreachable: no answer; the next batch is half as large, and nothing is lost.
    """
    entries = store.pending_entries(pace.entries, pace.max_bytes)
    if not entries:
        return Pushed(0, 0, 0)
    begun = time.monotonic()
    try:
        answers = centre.push(entries)
    except CentreUnreachable:
        pace.halve()
        raise
    pace.grow()
    size = sum(len(entry.header) + len(entry.payload or b"") for entry in entries)
    pace.carried(size, time.monotonic() - begun)
    due = [answer for answer in answers if answer.code != Refusal.GAP.value]
    if due:
        server_ms = max((answer.receipt.received_ms for answer in due if answer.receipt), default=now_ms())
        store.settle(due, server_ms)
    taken = sum(answer.outcome in TAKEN for answer in due)
    return Pushed(acknowledged=taken, aside=len(due) - taken, waiting=len(answers) - len(due))
