"""Print the registration form and start its time limit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sscard_desk.domain.application import Application
from sscard_desk.domain.due_date import add_days
from sscard_desk.domain.errors.operator import FormIncomplete
from sscard_desk.domain.events import FormIssued
from sscard_desk.forms.checks import check
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.digest import content_digest
from sscard_desk.forms.load import load_form
from sscard_desk.ports.calendar import WorkingDays
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.press import Press
from sscard_desk.usecases.recording import record_in

REGISTRATION = "registration"


@dataclass(frozen=True)
class TimeLimit:
    """How long an applicant may keep the form; differs by city."""

    days: int = 10
    working: bool = True


def due_date(today: date, limit: TimeLimit, calendar: WorkingDays) -> date:
    """Return the last day for bringing the form back."""
    return add_days(today, limit.days, calendar.is_working_day if limit.working else None)


def registration_paper(
    press: Press,
    application: Application,
    answers: Mapping[str, str],
    *,
    due: date | None = None,
    draft: bool = False,
) -> bytes:
    """Draw the registration form as PDF: for the preview (a draft has a watermark) and for the printer."""
    copy = application.copies + 1
    return press.draw(
        load_form(REGISTRATION),
        application,
        paper_answers(application, answers),
        copy=copy,
        serial=f"{application.number}-R{copy}",
        due=due,
        draft=draft,
    )


def issue_form(
    store: Store,
    session: Session,
    application: Application,
    answers: Mapping[str, str],
    *,
    pdf: bytes,
    due: date | None,
) -> Application:
    """Keep what was printed; what was typed stands in the journal from now on.

    Args:
        store: the desk's database.
        session: who is signed in.
        application: at `bank_confirmed` or later, before signatures.
        answers: the form's answers, complete.
        pdf: the paper as it was printed.
        due: last day for bringing it back.

    Raises:
        FormIncomplete: fields are missing or wrong.
        StepNotAllowed: no bank was confirmed yet, or signatures stand.
    """
    definition = load_form(REGISTRATION)
    full = paper_answers(application, answers)
    wrong = check(definition, full).blocking
    if wrong:
        raise FormIncomplete(fields=tuple(finding.field for finding in wrong))
    with store.work(session.account) as work:
        issued = record_in(
            work,
            FormIssued(
                edition=definition.edition,
                serial=f"{application.number}-R{application.copies + 1}",
                copy=application.copies + 1,
                answers=full,
                digest=shown_digest(definition, full, application),
                due=due,
                paper=work.put_blob(pdf),
            ),
            application.id,
        )
        work.drop_draft(application.id)
        return issued


def paper_answers(application: Application, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers with what other steps decided: bank, outlet, document and photo."""
    return {
        **application.answers,
        **answers,
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
