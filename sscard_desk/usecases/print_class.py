"""The papers of a school's class in one job: its list and the registration form of every pupil, each with a record.

The list's print leads: its document holds all pages, and what the printer says of it holds for the forms within.
A form that is printed here says what the school's list told; the time limit starts when the desk issues one.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.base import OperatorCanFix
from sscard_desk.domain.errors.cases import NothingToPrint
from sscard_desk.domain.events import PrintOrdered
from sscard_desk.domain.ids import PrintId
from sscard_desk.domain.prints import PrintRecord, list_subject
from sscard_desk.domain.steps import Step
from sscard_desk.forms.codes import table
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store, UnitOfWork
from sscard_desk.usecases.desk_time import need_true_date
from sscard_desk.usecases.form_of import REGISTRATION, form_of
from sscard_desk.usecases.issue_form import paper_answers, shown_digest
from sscard_desk.usecases.list_papers import ClassForms, SchoolClass, class_forms, class_list
from sscard_desk.usecases.papers import MadePaper
from sscard_desk.usecases.press import Press
from sscard_desk.usecases.prints import CHANGED, REPRINT_REASONS, PrintPlan, need_reprint_reason, plan_print

MOST_NAMED: Final = 3
"""So many schools or classes stand in the list's head; of more, the first ones and how many there are."""


@dataclass(frozen=True)
class ClassPrint:
    """What is ready for the printer.

    Attributes:
        made: the class list.
        forms: one plan for each form that is in the document, in its order.
        pdf: list and forms, bound.
        pages: how many the document has.
        left_out: pupils whose form could not be drawn, and why.
        reason: why the list is printed again, a code of `reprint_reason`; of no meaning for a first copy.
        words: the same in free words.
    """

    made: MadePaper
    forms: tuple[PrintPlan, ...]
    pdf: bytes = field(repr=False)
    pages: int
    left_out: tuple[tuple[Application, OperatorCanFix], ...] = ()
    reason: str = ""
    words: str = ""


def printable(store: Store, numbers: Sequence[str]) -> tuple[Application, ...]:
    """Return those applications of a class whose form nobody filled in yet, in this order.

    Args:
        store: the desk's database.
        numbers: application numbers, as an import returned them.
    """
    found = (store.find_application(number) for number in numbers)
    return tuple(each for each in found if each.step is Step.OPENED)


def class_of(pupils: Sequence[Application]) -> SchoolClass:
    """Return school and class as most rows name them; a list that names several classes has each of them once."""
    return SchoolClass(_named(pupils, "school"), _named(pupils, "class_name"))


def draw_class(
    press: Press,
    pupils: Sequence[Application],
    *,
    reason: str = "",
    words: str = "",
    cancel: Cancel | None = None,
    watch: Callable[[int, int], None] = lambda _done, _all: None,
) -> ClassPrint:
    """Draw a class's list and forms as one document.

    Args:
        press: draws.
        pupils: whose forms, in the order of the list.
        reason: code of `reprint_reason`, where forms of the same content are out already.
        words: the same in free words.
        cancel: looked at before each form.
        watch: told how many of how many forms are drawn.

    Raises:
        ClockWrong: nobody knows which date would stand on them.
        NothingToPrint: no application of the class waits for its form.
        ReprintReasonMissing: a form of the same content is out, and nobody said why it is printed again.
        Cancelled: somebody asked to stop.
    """
    if not pupils:
        raise NothingToPrint
    need_true_date(press.store)
    for pupil in pupils:
        need_reprint_reason(_plan(press.store, pupil, reason, words))
    unsigned, done = press.unsigned(), 0

    def count() -> None:
        nonlocal done
        if cancel is not None:
            cancel.check()
        watch(done, len(pupils))
        done += 1

    documents = class_forms(unsigned, pupils, before_each=count)
    watch(len(pupils), len(pupils))
    made = class_list(unsigned, class_of(pupils), pupils)
    whole = press.bind([made.pdf, *(each.batch.pdf for each in documents if each.batch.pdf)])
    left_out = tuple((document.pupils[at], error) for document in documents for at, error in document.batch.failed)
    forms = tuple(_plan(press.store, pupil, reason, words) for each in documents for pupil in _drawn(each))
    if made.copy > 1 and not reason:  # no form of the same content is out, so it is the forms that changed
        reason = table(REPRINT_REASONS).row(CHANGED).code
    return ClassPrint(replace(made, pdf=whole), forms, whole, press.paper.pages(whole), left_out, reason, words)


def order_class(store: Store, session: Session, printer: str, papers: ClassPrint) -> PrintRecord:
    """Record in one transaction that a class's papers are to be printed; the printer has heard of none yet.

    Returns:
        The list's record, which is handed over and followed for all of them.

    Raises:
        DiskFull: nothing was kept.
    """
    made, key = papers.made, PrintId(secrets.token_hex(16))
    members = tuple(PrintId(secrets.token_hex(16)) for _ in papers.forms)
    subject = list_subject(made.serial.rpartition("-")[0])
    with store.work(session.account) as work:
        for member, plan in zip(members, papers.forms, strict=True):
            _order_form(work, plan, member, within=key, printer=printer)
        event = PrintOrdered(
            print=key,
            form=made.definition.name,
            edition=made.definition.edition,
            serial=made.serial,
            copy=made.copy,
            pages=papers.pages,
            printer=printer,
            digest=made.digest,
            paper=work.put_blob(papers.pdf),
            members=members,
            reason=papers.reason if made.copy > 1 else "",
            words=papers.words if made.copy > 1 else "",
        )
        work.record(event, subject=subject)
        return next(each for each in work.prints(subject) if each.id == key)


def _order_form(work: UnitOfWork, plan: PrintPlan, key: PrintId, *, within: PrintId, printer: str) -> None:
    event = PrintOrdered(
        print=key,
        form=plan.definition.name,
        edition=plan.definition.edition,
        serial=plan.serial,
        copy=plan.copy,
        pages=plan.definition.paper.least_pages,
        printer=printer,
        digest=plan.digest,
        reason=plan.reason,
        words=plan.words,
        within=within,
    )
    work.record(event, subject=plan.application.id)


def _plan(store: Store, pupil: Application, reason: str, words: str) -> PrintPlan:
    definition = form_of(store, pupil, REGISTRATION)
    digest = shown_digest(definition, paper_answers(pupil, {}), pupil)
    plan = plan_print(pupil, store.prints(pupil.id), definition, digest, reason=reason, words=words)
    return plan if plan.copy > 1 else replace(plan, reason="", words="")


def _drawn(forms: ClassForms) -> tuple[Application, ...]:
    failed = {at for at, _ in forms.batch.failed}
    return tuple(pupil for at, pupil in enumerate(forms.pupils) if at not in failed)


def _named(pupils: Sequence[Application], answer: str) -> str:
    names = list(dict.fromkeys(value for each in pupils if (value := each.answers.get(answer, ""))))
    more = f" ({len(names)})" if len(names) > MOST_NAMED else ""
    return "、".join(names[:MOST_NAMED]) + more
