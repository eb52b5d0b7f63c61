"""The face of a written card: drawn, printed on the card printer, and kept as a print record."""

import hashlib
import secrets
from datetime import date
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.card_face import CARD_FACE, CardFace, FaceField, FaceLayout
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import ReasonMissing, StepNotAllowed
from sscard_desk.domain.errors.printing import ReprintReasonMissing
from sscard_desk.domain.events import PrintOrdered
from sscard_desk.domain.ids import PrintId
from sscard_desk.domain.prints import PrintRecord, PrintState, latest, next_copy
from sscard_desk.domain.steps import Step
from sscard_desk.forms.codes import table
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.paper import Paper
from sscard_desk.ports.printer import Printer
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.prints import CHANGED, OTHER, REPRINT_REASONS, note_state

LETTER: Final = "K"
"""In a face's serial, where a form has the letter of its definition."""
_SAMPLE: Final = {
    FaceField.NAME: "000",
    FaceField.SOCIAL_SECURITY_NUMBER: "0" * 18,
    FaceField.CARD_NUMBER: "0" * 9,
    FaceField.ISSUE_DATE: "0000-00-00",
}


def trial_face(layout: FaceLayout) -> CardFace:
    """Return what is printed on a trial card: marks and zeros, nobody's data."""
    return CardFace(layout, _SAMPLE, marks=True)


def face_of(store: Store, application: Application, layout: FaceLayout, *, marks: bool = False) -> CardFace:
    """Return the face of the card that was written for an application and lies at the counter.

    The name stands as the person has it, rare characters too, although the chip may hold a substitute.

    Raises:
        StepNotAllowed: the card is not proved, or is handed over already.
    """
    run = application.card
    if run is None or application.step is not Step.CARD_WRITTEN:
        raise StepNotAllowed(act="card.face", step=application.step.value)
    answers = application.answers
    texts = {
        FaceField.NAME: answers["name"],
        FaceField.SOCIAL_SECURITY_NUMBER: answers["id_number"],
        FaceField.CARD_NUMBER: run.card_number,
        FaceField.ISSUE_DATE: _day(run.issue_date),
    }
    return CardFace(layout, texts, store.blob(application.photo) if application.photo else None, marks)


def print_face(  # noqa: PLR0917 - the counter's parts and what is printed
    store: Store,
    session: Session,
    paper: Paper,
    printer: Printer,
    application: Application,
    face: CardFace,
    cancel: Cancel,
    *,
    reason: str = "",
    words: str = "",
) -> PrintRecord:
    """Print a face and wait until the printer says how it ended; the order stands in the journal before it hears of it.

    Args:
        store: the desk's database.
        session: who prints.
        paper: draws it.
        printer: the card printer.
        application: whose card.
        face: as `face_of` returns it.
        cancel: looked at while waiting.
        reason: why the same face is printed again, a code of `reprint_reason`.
        words: the same in free words; needed with "other".

    Raises:
        CharacterNotDrawable, TextDoesNotFit, PictureUnreadable: it cannot be drawn; nothing is kept.
        ReprintReasonMissing, ReasonMissing, UnknownCode: it was printed before, and the reason does not say why again.
        PrinterMissing, PrinterOutOfPaper, PrintFailed: as the printer says; the record says how far it came.
    """
    pdf = paper.card_face(face)
    record = _ordered(store, session, printer.name, application, face.layout.name, pdf, (reason, words.strip()))
    try:
        job = printer.hand_over(pdf, record.serial, cancel)
    except DeskError:
        note_state(store, session, record, PrintState.NOT_TAKEN)
        raise
    record = note_state(store, session, record, PrintState.QUEUED, job.job)
    while not (report := printer.look_up(record.job, record.serial)).state.ended:
        cancel.wait(_LOOK_S)
    return note_state(store, session, record, report.state, report.job)


_LOOK_S: Final = 0.3


def _ordered(  # noqa: PLR0917 - a row of the journal
    store: Store,
    session: Session,
    printer: str,
    application: Application,
    layout: str,
    pdf: bytes,
    why: tuple[str, str],
) -> PrintRecord:
    reason, words = why
    digest = hashlib.sha256(pdf).hexdigest()
    with store.work(session.account) as work:
        prints = work.prints(application.id)
        copy, before = next_copy(CARD_FACE, prints), latest(CARD_FACE, prints)
        if before is not None and not reason:
            if before.digest == digest:
                raise ReprintReasonMissing(copy=copy)
            reason = CHANGED
        if reason:
            row = table(REPRINT_REASONS).row(reason)
            reason = row.code
            if row.word == OTHER and not words:
                raise ReasonMissing
        event = PrintOrdered(
            print=PrintId(secrets.token_hex(16)),
            form=CARD_FACE,
            edition=layout,
            serial=f"{application.number}-{LETTER}{copy}",
            copy=copy,
            pages=1,
            printer=printer,
            digest=digest,
            paper=work.put_blob(pdf),
            reason=reason,
            words=words,
        )
        work.record(event, subject=application.id)
        return next(each for each in work.prints(application.id) if each.id == event.print)


def _day(day: date) -> str:
    return day.isoformat()
