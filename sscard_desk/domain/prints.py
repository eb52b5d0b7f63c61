"""What became of each sheet that a desk printed: one record per print, folded from its journal entries.

A print is ordered before the printer hears of it, so that a program that ends in between leaves a trace. `completed`
is said only after the printer said so (RFC 8011, 5.3.7); a job that nobody can find any more is `unknown`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Final

from sscard_desk.domain import events
from sscard_desk.domain.ids import AccountId, ApplicationId, BlobId, PrintId

LIST_SUBJECT: Final = "list-"
"""Subjects of papers about many applications begin so; the list's own number follows. No application's key does."""


def list_subject(number: str) -> ApplicationId:
    """Return the subject under which the prints of a list are kept.

    Args:
        number: the list's own number, of the same build as an application's.
    """
    return ApplicationId(f"{LIST_SUBJECT}{number}")


def is_list(subject: str) -> bool:
    """Return whether a print is that of a list, not of one application."""
    return subject.startswith(LIST_SUBJECT)


class PrintState(Enum):
    """How far a print is. The value is its word in journal and texts."""

    ORDERED = "ordered"
    """In the journal; whether the printer has it is not known yet."""
    QUEUED = "queued"
    PRINTING = "printing"
    HELD = "held"
    """Somebody or something holds the job back at the queue."""
    OUT_OF_PAPER = "out_of_paper"
    STOPPED = "stopped"
    """The printer stands still for another reason."""
    VANISHED = "vanished"
    """The printer had the job and does not answer any more."""
    COMPLETED = "completed"
    CANCELED = "canceled"
    ABORTED = "aborted"
    """The printer gave the job up."""
    NOT_TAKEN = "not_taken"
    """The printer never had it."""
    UNKNOWN = "unknown"
    """The printer does not know the job any more: it may have come out or not."""

    @property
    def ended(self) -> bool:
        """Whether nothing follows by itself."""
        return self in _ENDED

    @property
    def empty(self) -> bool:
        """Whether the job ended without a paper that could be in somebody's hands."""
        return self in _EMPTY


_EMPTY: Final = frozenset({PrintState.CANCELED, PrintState.ABORTED, PrintState.NOT_TAKEN})
_ENDED: Final = _EMPTY | {PrintState.COMPLETED, PrintState.UNKNOWN}


@dataclass(frozen=True)
class PrintRecord:
    """One print of one form.

    Attributes:
        id: its random key.
        application: whose paper; of a list its own subject (`is_list`).
        form: name of the form's folder, `registration` or `confirmation` for example.
        edition: of the form.
        serial: form serial, application number + form + copy.
        copy: counted from 1 for each form of an application.
        pages: how many.
        printer: what the printer is called here.
        at: when it was ordered.
        by: who ordered it.
        desk: where.
        digest: content digest of what was printed.
        due: last day for bringing the form back, if it stands on the paper.
        counted: how the days until then were counted.
        paper: the document as a blob.
        reason: why it was printed again (a code of `reprint_reason`); empty for a first copy.
        words: the same in free words.
        state: how far it is.
        job: the printer's own name of the job, empty before it has one.
        ended_at: when it ended.
        spoiled: why the sheet is no good (a code of `spoiled_reason`); empty for a good one.
        spoiled_words: the same in free words.
        spoiled_at: when it was marked.
        spoiled_by: who marked it.
        members: prints that stand in the same document; what the printer says of this one holds for them.
        within: the print whose document holds this one, None where it is a document of its own.
        returned: the pages that came back signed, as PDF; the last ones, if they were scanned more than once.
        returned_at: when they were scanned.
    """

    id: PrintId
    application: ApplicationId
    form: str
    edition: str
    serial: str
    copy: int
    pages: int
    printer: str
    at: datetime
    by: AccountId
    desk: str
    digest: str = ""
    due: date | None = None
    counted: str = ""
    paper: BlobId | None = None
    reason: str = ""
    words: str = ""
    state: PrintState = PrintState.ORDERED
    job: str = ""
    ended_at: datetime | None = None
    spoiled: str = ""
    spoiled_words: str = ""
    spoiled_at: datetime | None = None
    spoiled_by: AccountId | None = None
    members: tuple[PrintId, ...] = ()
    within: PrintId | None = None
    returned: BlobId | None = None
    returned_at: datetime | None = None

    @property
    def counts(self) -> bool:
        """Whether its copy number is used up: the paper is, may be or was there."""
        return bool(self.spoiled) or not self.state.empty


def ordered(
    event: events.PrintOrdered, application: ApplicationId, *, at: datetime, by: AccountId, desk: str
) -> PrintRecord:
    """Return the record that begins with an order."""
    return PrintRecord(
        id=event.print,
        application=application,
        form=event.form,
        edition=event.edition,
        serial=event.serial,
        copy=event.copy,
        pages=event.pages,
        printer=event.printer,
        at=at,
        by=by,
        desk=desk,
        digest=event.digest,
        due=event.due,
        counted=event.counted,
        paper=event.paper,
        reason=event.reason,
        words=event.words,
        members=event.members,
        within=event.within,
    )


def moved(before: PrintRecord, event: events.PrintMoved, at: datetime) -> PrintRecord:
    """Return the record after news from the printer; an ended one stays as it ended."""
    if before.state.ended:
        return before
    state = PrintState(event.state)
    return replace(before, state=state, job=event.job or before.job, ended_at=at if state.ended else None)


def spoiled(before: PrintRecord, event: events.PaperSpoiled, at: datetime, by: AccountId) -> PrintRecord:
    """Return the record after somebody found the sheet no good."""
    return replace(before, spoiled=event.reason, spoiled_words=event.words, spoiled_at=at, spoiled_by=by)


def returned(before: PrintRecord, event: events.PaperReturned, at: datetime) -> PrintRecord:
    """Return the record after the paper came back signed."""
    return replace(before, returned=event.evidence, returned_at=at)


def next_copy(form: str, records: Iterable[PrintRecord], issued: int = 0) -> int:
    """Return the copy number of the next print of a form.

    Args:
        form: the form's name.
        records: all prints of the application.
        issued: the highest copy that the journal knows from before prints had records.
    """
    return 1 + max((record.copy for record in records if record.form == form and record.counts), default=issued)


def latest(form: str, records: Iterable[PrintRecord]) -> PrintRecord | None:
    """Return the newest print of a form whose paper is or may be there, or None."""
    found = [record for record in records if record.form == form and record.counts]
    return max(found, key=lambda record: (record.copy, record.at), default=None)
