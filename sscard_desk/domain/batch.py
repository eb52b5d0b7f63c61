"""A batch of cards as the sum of what happened to it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from sscard_desk.domain import events
from sscard_desk.domain.events import Event
from sscard_desk.domain.events.batch import ReturnedCard
from sscard_desk.domain.ids import AccountId, ApplicationId

BatchId = NewType("BatchId", str)
"""`batch:` and 32 hex characters; the subject of its entries."""
PREFIX: Final = "batch:"
WRITTEN: Final = "written"


class BatchState(StrEnum):
    """Where a batch is."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    RETURNED = "returned"
    """Not written here: the return file of cards that were made elsewhere."""


@dataclass(frozen=True)
class Failure:
    """A try that did not end with a written card."""

    outcome: str
    application: ApplicationId | None
    reason: str


@dataclass(frozen=True)
class Batch:
    """One batch.

    Attributes:
        id: its key.
        name: the class or unit.
        applications: whose cards, in this order.
        stop_after: so many failures in a row stop it.
        at: when it was opened.
        by: who opened it.
        state: where it is.
        why: why it is paused or closed.
        tries: cards that were laid in.
        written: how many of these ended written.
        in_row: failures since the last written card, or since somebody went on.
        failures: every failure, oldest first.
        cards: rows of a return file.
        exported: how often a return file was written of it.
    """

    id: BatchId
    name: str
    applications: tuple[ApplicationId, ...]
    stop_after: int
    at: datetime
    by: AccountId
    state: BatchState = BatchState.OPEN
    why: str = ""
    tries: int = 0
    written: int = 0
    in_row: int = 0
    failures: tuple[Failure, ...] = ()
    cards: tuple[ReturnedCard, ...] = ()
    exported: int = 0

    @property
    def number(self) -> str:
        """What people call it: the first eight characters of its key."""
        return self.id.removeprefix(PREFIX)[:8]

    @property
    def stopped(self) -> bool:
        """Whether so many cards failed in a row that somebody has to look."""
        return self.in_row >= self.stop_after


def begin(batch: BatchId, event: events.BatchOpened | events.BatchReturned, at: datetime, by: AccountId) -> Batch:
    """Return the batch that begins with this event."""
    if isinstance(event, events.BatchReturned):
        people = tuple(card.application for card in event.cards)
        return Batch(batch, "", people, 0, at, by, state=BatchState.RETURNED, cards=event.cards)
    return Batch(batch, event.name, event.applications, event.stop_after, at, by)


def apply(before: Batch, event: Event) -> Batch:  # noqa: PLR0911 - one arm per event
    """Return the batch after one more event; events about anything else leave it as it is."""
    match event:
        case events.BatchTried(outcome, application, reason):
            if outcome == WRITTEN:
                return replace(before, tries=before.tries + 1, written=before.written + 1, in_row=0)
            failures = (*before.failures, Failure(outcome, application, reason))
            return replace(before, tries=before.tries + 1, in_row=before.in_row + 1, failures=failures)
        case events.BatchPaused(why):
            return replace(before, state=BatchState.PAUSED, why=why)
        case events.BatchContinued():
            return replace(before, state=BatchState.OPEN, why="", in_row=0)
        case events.BatchClosed(reason):
            return replace(before, state=BatchState.CLOSED, why=reason)
        case events.BatchExported():
            return replace(before, exported=before.exported + 1)
        case _:
            return before
