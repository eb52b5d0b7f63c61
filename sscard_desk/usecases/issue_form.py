"""Print the registration form and start its time limit."""

from collections.abc import Mapping
from datetime import date

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import FormIncomplete
from sscard_desk.domain.events import FormIssued
from sscard_desk.domain.ids import BlobId
from sscard_desk.forms.checks import check
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.digest import content_digest
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store, UnitOfWork
from sscard_desk.usecases.bank_list import need_listed
from sscard_desk.usecases.case_of import case_of
from sscard_desk.usecases.form_of import REGISTRATION, form_of, known_to
from sscard_desk.usecases.name_on_card import FIELD, name_trouble
from sscard_desk.usecases.press import Press
from sscard_desk.usecases.record_items import record_items
from sscard_desk.usecases.recording import record_in


def registration_paper(
    press: Press,
    application: Application,
    answers: Mapping[str, str],
    *,
    due: date | None = None,
    draft: bool = False,
    due_assumed: bool = False,
    copy: int | None = None,
) -> bytes:
    """Draw the registration form as PDF: for the preview (a draft has a watermark) and for the printer.

    Args:
        press: draws.
        application: whose form.
        answers: answers that are not recorded yet.
        due: last day for bringing it back.
        draft: whether it is a preview.
        due_assumed: whether the last day was counted without a calendar of its year, which the paper says.
        copy: which copy; the next one without.
    """
    copy = application.copies + 1 if copy is None else copy
    return press.draw(
        form_of(press.store, application, REGISTRATION),
        application,
        paper_answers(application, answers),
        copy=copy,
        serial=f"{application.number}-R{copy}",
        due=due,
        draft=draft,
        due_assumed=due_assumed,
    )


def issue_form(
    store: Store,
    session: Session,
    application: Application,
    answers: Mapping[str, str],
    *,
    pdf: bytes,
    due: date | None,
    counted: str = "",
    copy: int | None = None,
) -> Application:
    """Keep what was printed; what was typed stands in the journal from now on.

    Args:
        store: the desk's database.
        session: who is signed in.
        application: at `bank_confirmed` or later, before signatures.
        answers: the form's answers, complete.
        pdf: the paper as it was printed.
        due: last day for bringing it back.
        counted: how the days of the limit were counted, a `Counting` word.
        copy: as printed; the next one without.

    Raises:
        FormIncomplete: fields are missing or wrong, or the outlet is not on the centre's list any more.
        StepNotAllowed: no bank was confirmed yet, or signatures stand.
    """
    definition = form_of(store, application, REGISTRATION)
    need_listed(store, definition, known_to(definition, paper_answers(application, answers)) | dict(answers))
    with store.work(session.account) as work:
        paper = work.put_blob(pdf)
        copy = copy or application.copies + 1
        return issue_in(work, application, answers, paper=paper, due=due, copy=copy, counted=counted)


def issue_in(
    work: UnitOfWork,
    application: Application,
    answers: Mapping[str, str],
    *,
    paper: BlobId | None,
    due: date | None,
    copy: int,
    counted: str = "",
) -> Application:
    """Issue the form in a running transaction; raises as `issue_form` does."""
    definition = form_of(work, application, REGISTRATION)
    full = paper_answers(application, answers)
    wrong = check(definition, known_to(definition, full) | dict(answers)).blocking
    if wrong:
        raise FormIncomplete(fields=tuple(finding.field for finding in wrong))
    event = FormIssued(
        edition=definition.edition,
        serial=f"{application.number}-R{copy}",
        copy=copy,
        answers=full,
        digest=shown_digest(definition, full, application),
        due=due,
        paper=paper,
        counted=counted,
        parties=case_of(application, full).parties,
    )
    issued = record_in(work, event, application.id)
    work.drop_draft(application.id)
    return issued


def paper_answers(application: Application, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers with what other steps decided: bank, outlet, document and photo, and whether the name fits."""
    given = {**application.answers, **answers}
    trouble = name_trouble(given.get("name", ""))
    return {
        **given,
        **record_items(application, given),
        **({FIELD: trouble} if trouble or FIELD in given else {}),
        "bank": application.bank,
        "bank_name": application.bank_name,
        "outlet": application.outlet,
        "outlet_name": application.outlet_name,
        "document_kind": application.document_kind,
        "photo_source": "exempt" if application.photo_exempt else application.photo_source,
    }


def shown_digest(definition: FormDefinition, answers: Mapping[str, str], application: Application) -> str:
    """Return the SHA-256 of what signatures are bound to: edition, answers and portrait."""
    return content_digest(definition, answers, application.photo or "")
