"""The applicant brings the form back: each correction is kept as old and new."""

from collections.abc import Mapping
from dataclasses import replace

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import FormIncomplete
from sscard_desk.domain.events import CutOut, Difference, FormReturned, SignaturesVoided
from sscard_desk.domain.register import correction, register_value
from sscard_desk.forms.checks import check
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.bank_list import bank_list
from sscard_desk.usecases.case_of import case_of
from sscard_desk.usecases.form_of import REGISTRATION, form_of, known_to
from sscard_desk.usecases.issue_form import paper_answers, shown_digest
from sscard_desk.usecases.recording import record, record_in
from sscard_desk.usecases.returned_paper import NO_PAPER, ReturnedPaper


def take_back_form(
    store: Store,
    session: Session,
    application: Application,
    corrections: Mapping[str, str],
    paper: ReturnedPaper = NO_PAPER,
) -> Application:
    """Keep that the form came back, with the corrections keyed from it.

    Args:
        store: the desk's database.
        session: who is signed in.
        application: at `form_issued`, or later before signatures.
        corrections: field name to new text; empty when nothing was corrected.
        paper: the pages as they were scanned, if they were; they and their cut-outs are kept encrypted.

    Raises:
        FormIncomplete: a correction leaves a field missing or wrong; nothing is kept.
        StepNotAllowed: the form was not issued, or signatures stand.
    """
    definition = form_of(store, application, REGISTRATION)
    answers = paper_answers(application, corrections)
    full = known_to(definition, answers) | dict(corrections)
    wrong = check(definition, full, bank_list(store)).blocking
    if wrong:
        raise FormIncomplete(fields=tuple(finding.field for finding in wrong))
    changes = tuple(
        Difference(name, old=application.answers.get(name, ""), new=value, taken=True, source="applicant")
        for name, value in sorted(corrections.items())
        if value != application.answers.get(name, "")
    )
    with store.work(session.account) as work:
        scans = tuple(work.put_blob(page.straight) for page in paper.pages)
        cut_outs = tuple(CutOut(cut.name, work.put_blob(cut.jpeg)) for page in paper.pages for cut in page.cut_outs)
        returned = record_in(
            work,
            FormReturned(
                answers=answers,
                changes=changes,
                digest=shown_digest(definition, answers, application),
                parties=case_of(application, answers).parties,
                scans=scans,
                cut_outs=cut_outs,
            ),
            application.id,
        )
        said = (replace(each, old=register_value(application, each.field)) for each in changes)
        asked = correction(application, said)
        if asked is not None:
            work.record(asked, subject=application.id)
        work.drop_draft(application.id)
        return returned


def void_signatures(store: Store, session: Session, application: Application, reason: str) -> Application:
    """Open signed content again: every signature and the approval fall, and the reason is shown.

    Raises:
        StepNotAllowed: nothing is signed, or the card was begun.
    """
    return record(store, session, SignaturesVoided(reason), application.id)
