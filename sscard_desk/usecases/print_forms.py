"""The two papers of an application, drawn for the printer: each alone, or both in one command."""

from collections.abc import Mapping

from sscard_desk.domain.application import Application
from sscard_desk.domain.due import Counting
from sscard_desk.domain.errors.operator import FormIncomplete
from sscard_desk.domain.events import BankConfirmed, FormIssued, PrintMoved
from sscard_desk.domain.prints import PrintRecord, PrintState, latest
from sscard_desk.domain.steps import FROM
from sscard_desk.forms.checks import check
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.digest import content_digest
from sscard_desk.ports.store import Store
from sscard_desk.usecases.bank_list import bank_list
from sscard_desk.usecases.confirm_bank import (
    Bank,
    banks,
    confirm_in,
    confirmation_answers,
    confirmation_paper,
)
from sscard_desk.usecases.counter import Counter
from sscard_desk.usecases.form_of import CONFIRMATION, REGISTRATION, form_of, known_to
from sscard_desk.usecases.issue_form import (
    issue_in,
    paper_answers,
    registration_paper,
    shown_digest,
)
from sscard_desk.usecases.press import shows_photo
from sscard_desk.usecases.prints import Drawn, PrintPlan, order_prints, plan_print
from sscard_desk.usecases.time_limit import LastDay


def plan_confirmation(
    store: Store, application: Application, bank: Bank, *, reason: str = "", words: str = ""
) -> PrintPlan:
    """Return the next print of the confirmation form with this bank."""
    definition = form_of(store, application, CONFIRMATION)
    digest = _confirmation_digest(definition, application, bank)
    return plan_print(application, store.prints(application.id), definition, digest, reason=reason, words=words)


def plan_registration(
    store: Store,
    application: Application,
    answers: Mapping[str, str],
    *,
    due: LastDay | None,
    reason: str = "",
    words: str = "",
) -> PrintPlan:
    """Return the next print of the registration form with these answers."""
    definition = form_of(store, application, REGISTRATION)
    digest = shown_digest(definition, paper_answers(application, answers), application)
    prints = store.prints(application.id)
    return plan_print(application, prints, definition, digest, due=due, reason=reason, words=words)


def draw_confirmation(counter: Counter, plan: PrintPlan, bank: Bank) -> Drawn:
    """Draw a planned confirmation form."""
    pdf = confirmation_paper(counter.press(), plan.application, bank, plan.copy)
    return Drawn(plan, pdf, counter.paper.pages(pdf))


def draw_registration(counter: Counter, plan: PrintPlan, answers: Mapping[str, str]) -> Drawn:
    """Draw a planned registration form."""
    day = plan.due.day if plan.due else None
    assumed = plan.due is not None and plan.due.counted is Counting.WEEKDAYS
    pdf = registration_paper(counter.press(), plan.application, answers, due=day, due_assumed=assumed, copy=plan.copy)
    return Drawn(plan, pdf, counter.paper.pages(pdf))


def confirmation_is_out(store: Store, application: Application) -> bool:
    """Return whether the confirmation form with the bank that was confirmed is printed, or on its way."""
    bank = confirmed_bank(store, application)
    if bank is None:
        return True
    digest = _confirmation_digest(form_of(store, application, CONFIRMATION), application, bank)
    prints = [record for record in store.prints(application.id) if record.state is not PrintState.UNKNOWN]
    last = latest(CONFIRMATION, prints)
    return last is not None and last.digest == digest and not last.spoiled


def _confirmation_digest(definition: FormDefinition, application: Application, bank: Bank) -> str:
    """Return the content digest of the confirmation form; a portrait that it does not show is not in it."""
    photo = (application.photo or "") if shows_photo(definition) else ""
    return content_digest(definition, confirmation_answers(application, bank), photo)


def confirmed_bank(store: Store, application: Application) -> Bank | None:
    """Return the bank that was confirmed, None before that."""
    return next((bank for bank in banks(store) if bank.code == application.bank), None)


def draw_both(
    counter: Counter, application: Application, answers: Mapping[str, str], due: LastDay | None
) -> list[Drawn]:
    """Draw the confirmation form of the confirmed bank and the registration form.

    Raises:
        FormIncomplete: answers are missing or wrong; nothing was drawn.
        UnknownCode: no bank was confirmed yet.
    """
    definition = form_of(counter.store, application, REGISTRATION)
    known = known_to(definition, paper_answers(application, answers))
    wrong = check(definition, known | dict(answers), bank_list(counter.store)).blocking
    if wrong:
        raise FormIncomplete(fields=tuple(finding.field for finding in wrong))
    papers = []
    bank = confirmed_bank(counter.store, application)
    if bank is not None:
        papers.append(draw_confirmation(counter, plan_confirmation(counter.store, application, bank), bank))
    plan = plan_registration(counter.store, application, answers, due=due)
    return [*papers, draw_registration(counter, plan, answers)]


def print_both(
    counter: Counter, application: Application, answers: Mapping[str, str], due: LastDay | None
) -> list[PrintRecord]:
    """Order the confirmation form and the registration form in one command, to be handed over and followed.

    Args:
        counter: the counter.
        application: with a confirmed bank.
        answers: the registration form's, complete.
        due: last day for bringing it back.

    Returns:
        Both records in the order in which they are printed.

    Raises:
        FormIncomplete: answers are missing or wrong.
        ReprintReasonMissing: one of them is out already with the same content.
    """
    papers = draw_both(counter, application, answers, due)
    return order_prints(counter.store, counter.session, counter.devices.printer.name, papers)


def registration_came_out(
    counter: Counter, record: PrintRecord, answers: Mapping[str, str]
) -> tuple[PrintRecord, Application | None]:
    """Keep that the printer said a registration form is out, and start the form's time limit.

    Both stand in one transaction. A form whose content changed while it waited for paper is not issued: its digest is
    not that of the application any more.

    Args:
        counter: the counter.
        record: the print that was completed.
        answers: as they were printed.

    Returns:
        The record, and the application with its form issued, or None where the paper says something else by now.
    """
    store = counter.store
    with store.work(counter.session.account) as work:
        application = work.application(record.application)
        work.record(PrintMoved(print=record.id, state=PrintState.COMPLETED.value), subject=record.application)
        after = next(each for each in work.prints(record.application) if each.id == record.id)
        full = paper_answers(application, answers)
        same = shown_digest(form_of(work, application, REGISTRATION), full, application) == record.digest
        if not same or application.step not in FROM[FormIssued.kind]:
            return after, None
        issued = issue_in(
            work, application, answers, paper=record.paper, due=record.due, copy=record.copy, counted=record.counted
        )
        return after, issued


def confirmation_came_out(counter: Counter, record: PrintRecord, bank: Bank) -> tuple[PrintRecord, Application | None]:
    """Keep that the printer said a confirmation form is out, and with it the applicant's choice, in one transaction.

    Returns:
        The record, and the application with its bank, or None where the same bank was confirmed before the paper came.
    """
    with counter.store.work(counter.session.account) as work:
        application = work.application(record.application)
        work.record(PrintMoved(print=record.id, state=PrintState.COMPLETED.value), subject=record.application)
        after = next(each for each in work.prints(record.application) if each.id == record.id)
        if application.bank == bank.code or application.step not in FROM[BankConfirmed.kind]:
            return after, None
        return after, confirm_in(work, application, bank, paper=record.paper, copy=record.copy)
