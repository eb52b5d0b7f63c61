"""Printing: every sheet has a record, from the order to what the printer said in the end."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import ReasonMissing
from sscard_desk.domain.errors.printing import ReprintReasonMissing
from sscard_desk.domain.events import PaperSpoiled, PrintMoved, PrintOrdered
from sscard_desk.domain.ids import PrintId
from sscard_desk.domain.prints import PrintRecord, PrintState, latest, next_copy
from sscard_desk.forms.codes import table
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store, UnitOfWork
from sscard_desk.usecases.desk_time import need_true_date
from sscard_desk.usecases.time_limit import LastDay

REPRINT_REASONS: Final = "reprint_reason"
SPOILED_REASONS: Final = "spoiled_reason"
CHANGED: Final = "changed"
"""The reason that the program gives by itself: the content is another than on the copy before."""
OTHER: Final = "other"
BEIJING: Final = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class PrintPlan:
    """What a print will be called.

    Attributes:
        application: whose paper.
        definition: the form.
        copy: counted from 1.
        digest: content digest of what will be printed.
        due: last day for bringing the form back and how its days were counted, if it stands on the paper.
        reason: code of `reprint_reason`, empty for a first copy or while nobody gave one.
        words: the same in free words.
        again: whether the same content was printed before, so that somebody has to say why it is printed again.
    """

    application: Application
    definition: FormDefinition
    copy: int
    digest: str
    due: LastDay | None = None
    reason: str = ""
    words: str = ""
    again: bool = False

    @property
    def serial(self) -> str:
        """The form serial: application number, form letter and copy."""
        return f"{self.application.number}-{self.definition.letter}{self.copy}"


@dataclass(frozen=True)
class Drawn:
    """A paper that is ready for the printer."""

    plan: PrintPlan
    pdf: bytes = field(repr=False)
    pages: int


def plan_print(
    application: Application,
    prints: Sequence[PrintRecord],
    definition: FormDefinition,
    digest: str,
    *,
    due: LastDay | None = None,
    reason: str = "",
    words: str = "",
) -> PrintPlan:
    """Return the next print of a form.

    Args:
        application: whose paper.
        prints: all prints of the application so far.
        definition: the form.
        digest: content digest of what is to be printed.
        due: last day for bringing it back, if that is printed.
        reason: why it is printed again.
        words: the same in free words.

    Raises:
        UnknownCode: the reason does not stand in `reprint_reason`.
    """
    issued = application.copies if definition.name == "registration" else 0
    copy = next_copy(definition.name, prints, issued)
    before = latest(definition.name, prints)
    known = before.digest if before else application.digest if issued else ""
    again = copy > 1 and known == digest
    if reason:
        reason = table(REPRINT_REASONS).row(reason).code
    elif copy > 1 and not again:
        reason = table(REPRINT_REASONS).row(CHANGED).code
    return PrintPlan(application, definition, copy, digest, due, reason, words.strip(), again)


def order_prints(store: Store, session: Session, printer: str, papers: Sequence[Drawn]) -> list[PrintRecord]:
    """Record in one transaction that these papers are to be printed; the printer has heard of none yet.

    Raises:
        ReprintReasonMissing: a second copy of the same content without a reason.
        ReasonMissing: the reason is "other" and nobody said in words which.
        ClockWrong: nobody knows which date would stand on them.
        DiskFull: nothing was kept.
    """
    need_true_date(store)
    for paper in papers:
        need_reprint_reason(paper.plan)
    records = []
    with store.work(session.account) as work:
        for paper in papers:
            plan = paper.plan
            event = PrintOrdered(
                print=PrintId(secrets.token_hex(16)),
                form=plan.definition.name,
                edition=plan.definition.edition,
                serial=plan.serial,
                copy=plan.copy,
                pages=paper.pages,
                printer=printer,
                digest=plan.digest,
                due=plan.due.day if plan.due else None,
                counted=plan.due.counted.value if plan.due else "",
                paper=work.put_blob(paper.pdf),
                reason=plan.reason,
                words=plan.words,
            )
            work.record(event, subject=plan.application.id)
            records.append(next(each for each in work.prints(plan.application.id) if each.id == event.print))
    return records


def need_reprint_reason(plan: PrintPlan) -> None:
    """Refuse a second copy that nobody gave a reason for.

    Raises:
        ReprintReasonMissing: no reason.
        ReasonMissing: "other" without words.
    """
    need_reason_again(plan.copy if plan.again else 1, plan.reason, plan.words)


def need_reason_again(copy: int, reason: str, words: str) -> None:
    """Refuse a copy after the first that nobody gave a reason for.

    Raises:
        ReprintReasonMissing: no reason.
        ReasonMissing: "other" without words.
        UnknownCode: the reason does not stand in `reprint_reason`.
    """
    if copy > 1 and not reason:
        raise ReprintReasonMissing(copy=copy)
    if reason and table(REPRINT_REASONS).row(reason).word == OTHER and not words.strip():
        raise ReasonMissing


def note_state(store: Store, session: Session, record: PrintRecord, state: PrintState, job: str = "") -> PrintRecord:
    """Keep news of a print. That the printer has it and how it ended is journalled; what goes by between is not.

    Returns:
        The record; one that had ended already stays as it ended.
    """
    if not state.ended and (state is not PrintState.QUEUED or not job or job == record.job):
        return replace(record, state=state)
    with store.work(session.account) as work:
        return _move(work, record, state, job)


def _move(work: UnitOfWork, record: PrintRecord, state: PrintState, job: str = "") -> PrintRecord:
    work.record(PrintMoved(print=record.id, state=state.value, job=job), subject=record.application)
    return next(each for each in work.prints(record.application) if each.id == record.id)


def spoil(store: Store, session: Session, record: PrintRecord, reason: str, words: str = "") -> PrintRecord:
    """Mark a sheet as spoiled; the next copy is then a reprint.

    Args:
        store: the desk's database.
        session: who is signed in.
        record: the print that came out wrong.
        reason: a code of `spoiled_reason`.
        words: the same in free words; needed with "other".

    Raises:
        UnknownCode: the reason does not stand in the table.
        ReasonMissing: "other" without words.
    """
    row = table(SPOILED_REASONS).row(reason)
    if row.word == OTHER and not words.strip():
        raise ReasonMissing
    with store.work(session.account) as work:
        event = PaperSpoiled(print=record.id, reason=row.code, words=words.strip())
        work.record(event, subject=record.application)
        return next(each for each in work.prints(record.application) if each.id == record.id)


def papers_of(store: Store, application: Application) -> Sequence[PrintRecord]:
    """Return all papers that were printed of an application, oldest first."""
    return store.prints(application.id)


@dataclass(frozen=True)
class SpoiledRow:
    """One line of the register of spoiled paper.

    Attributes:
        at: when the sheet was marked.
        serial: its form serial.
        form: name of the form.
        copy: which copy.
        pages: how many sheets.
        reason: code of `spoiled_reason`.
        words: the same in free words.
        by: display name of who marked it, the account's key where no name is known.
        desk: where it was printed.
    """

    at: datetime
    serial: str
    form: str
    copy: int
    pages: int
    reason: str
    words: str
    by: str
    desk: str


def spoiled_papers(store: Store, day: date) -> list[SpoiledRow]:
    """Return the sheets that were marked spoiled on one day (Beijing time), in that order."""
    begin = datetime.combine(day, time.min, BEIJING)
    names = _staff(store)
    return [
        SpoiledRow(
            at=record.spoiled_at or record.at,
            serial=record.serial,
            form=record.form,
            copy=record.copy,
            pages=record.pages,
            reason=record.spoiled,
            words=record.spoiled_words,
            by=names.get(record.spoiled_by or "", record.spoiled_by or ""),
            desk=record.desk,
        )
        for record in store.spoiled_prints(begin, begin + timedelta(days=1))
    ]


def _staff(store: Store) -> Mapping[str, str]:
    return {row.get("account", row.get("code", "")): row.get("name", "") for row in store.reference("staff")}
