"""A batch of cards: a class or a unit whose cards are written one after another. Subject is a key of its own.

That a card was written stands in its application; a batch keeps what else happened, and in which order.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sscard_desk.domain.events.base import Event
from sscard_desk.domain.ids import ApplicationId, BlobId


@dataclass(frozen=True)
class BatchOpened(Event):
    """These people's cards are to be written in this order. `name` names a class or a unit, never a person."""

    kind: ClassVar[str] = "batch.opened"
    name: str
    applications: tuple[ApplicationId, ...]
    stop_after: int
    """So many failures in a row stop it."""


@dataclass(frozen=True)
class BatchTried(Event):
    """A card was laid in. `outcome`: `written`, `spoiled`, `unknown` (it has to be laid in again) or `refused`."""

    kind: ClassVar[str] = "batch.tried"
    outcome: str
    application: ApplicationId | None = None
    """Whose card it was to be, where that was known."""
    reason: str = ""
    """The error's code with what it names."""


@dataclass(frozen=True)
class BatchPaused(Event):
    """The batch stopped. `why`: `asked`, `failures`, `no_card`, `not_ready`, or the code of an error."""

    kind: ClassVar[str] = "batch.paused"
    why: str


@dataclass(frozen=True)
class BatchContinued(Event):
    """Somebody goes on with the batch; failures are counted anew."""

    kind: ClassVar[str] = "batch.continued"


@dataclass(frozen=True)
class BatchClosed(Event):
    """Nothing of it is left to be written, or somebody gave the rest up."""

    kind: ClassVar[str] = "batch.closed"
    reason: str = ""


@dataclass(frozen=True)
class BatchExported(Event):
    """A return file was written for whoever ordered the batch."""

    kind: ClassVar[str] = "batch.exported"
    rows: int


@dataclass(frozen=True)
class ReturnedCard:
    """One row of a return file that was taken.

    Attributes:
        application: whose card.
        card_number: of the card; empty for one that failed.
        identification_code: likewise.
        issue_date: as in the file, None where it is empty.
        valid_until: likewise.
        box: where it lies in the delivery.
        failed_stage: `银行` or `制卡` in the file's own words, empty for a card that was made.
        failed_reason: in the file's words.
    """

    application: ApplicationId
    card_number: str = ""
    identification_code: str = ""
    issue_date: date | None = None
    valid_until: date | None = None
    box: str = ""
    failed_stage: str = ""
    failed_reason: str = ""


@dataclass(frozen=True)
class BatchReturned(Event):
    """A return file of cards that were made elsewhere was taken; the file is kept whole."""

    kind: ClassVar[str] = "batch.returned"
    cards: tuple[ReturnedCard, ...]
    file: BlobId
