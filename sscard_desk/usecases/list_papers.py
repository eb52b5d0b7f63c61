"""Papers about many applications: class list, hand-over list for a bank, register of spoiled papers, a class's forms.

A list has a number of its own, of the same build as an application's and from the same running numbers, so that its
barcode is read by the same rule and no two papers of a desk are alike. A list of the same content as one that this desk
printed within the year before is the next copy of that one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.card_face import CARD_FACE
from sscard_desk.domain.prints import PrintRecord, latest, next_copy
from sscard_desk.forms.codes import table
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.digest import content_digest
from sscard_desk.forms.words import Words
from sscard_desk.ports.paper import Batch, Copy, Lists
from sscard_desk.usecases.form_of import REGISTRATION, form_of
from sscard_desk.usecases.issue_form import paper_answers
from sscard_desk.usecases.papers import MadePaper
from sscard_desk.usecases.press import Press
from sscard_desk.usecases.prints import BEIJING, SPOILED_REASONS

CLASS_LIST: Final = "class_list"
BANK_HANDOVER: Final = "bank_handover"
SPOILED_REGISTER: Final = "spoiled_register"
KNOWN_AGAIN: Final = timedelta(days=366)
"""So far back a list of the same content is looked for."""
CARD_FACE_WORDS: Final = Words("卡面", "Card face")
"""How the register names a face, which is no form of an edition."""


@dataclass(frozen=True)
class SchoolClass:
    """A class, as its list names it."""

    school: str
    name: str
    code: str = ""
    contact: str = ""
    phone: str = ""


def class_list(press: Press, school_class: SchoolClass, pupils: Sequence[Application]) -> MadePaper:
    """Make the list of a class whose applications were opened (申领花名册)."""
    answers = {
        "school": school_class.school,
        "school_code": school_class.code,
        "class": school_class.name,
        "contact": school_class.contact,
        "contact_phone": school_class.phone,
        "listed_on": _today(press).isoformat(),
    }
    return _made(press, CLASS_LIST, answers, {"students": [_pupil(each) for each in pupils]})


@dataclass(frozen=True)
class ClassForms:
    """The registration forms of one edition as one document.

    Attributes:
        definition: the form in its edition.
        pupils: whose forms were to be drawn; `batch.failed` counts among them.
        batch: the document, and who is not in it.
    """

    definition: FormDefinition
    pupils: tuple[Application, ...]
    batch: Batch


def class_forms(
    press: Press,
    pupils: Iterable[Application],
    *,
    due: date | None = None,
    before_each: Callable[[], None] = lambda: None,
) -> tuple[ClassForms, ...]:
    """Draw the registration forms of a class, one document for each edition that its applications began with.

    A form that cannot be drawn is left out and named by its place; the others are there.

    Args:
        press: draws.
        pupils: whose forms.
        due: last day for bringing them back.
        before_each: called before each form is drawn; what it raises ends the drawing.
    """

    def copies(definition: FormDefinition, those: Sequence[Application]) -> Iterator[Copy]:
        for pupil in those:
            before_each()
            yield _form(press, definition, pupil, due)

    by_edition: dict[str, tuple[FormDefinition, list[Application]]] = {}
    for pupil in pupils:
        definition = form_of(press.store, pupil, REGISTRATION)
        by_edition.setdefault(definition.edition, (definition, []))[1].append(pupil)
    return tuple(
        ClassForms(definition, tuple(those), press.draw_many(definition, copies(definition, those)))
        for definition, those in by_edition.values()
    )


def bank_handover(press: Press, bank: str, outlet: str, cards: Sequence[Application], contents: str = "") -> MadePaper:
    """Make the list of what is handed to one outlet of a bank (银行移交清单).

    Args:
        press: draws.
        bank: code; only applications that chose it are listed.
        outlet: code of the outlet, empty for all of the bank.
        cards: applications, those of other banks and outlets among them.
        contents: what is handed over, in words.
    """
    chosen = [each for each in cards if each.bank == bank and outlet in {"", each.outlet}]
    named = chosen[0] if chosen else None
    answers = {
        "bank": bank,
        "bank_name": named.bank_name if named else "",
        "outlet": outlet,
        "outlet_name": named.outlet_name if named and outlet else "",
        "handed_on": _today(press).isoformat(),
        "contents": contents,
    }
    return _made(press, BANK_HANDOVER, answers, {"cards": [_card(each) for each in chosen]})


def spoiled_register(press: Press, first: date, last: date, names: Mapping[str, str]) -> MadePaper:
    """Make the register of the papers that were spoiled in a period (作废表单登记表).

    Args:
        press: draws.
        first: first day, local.
        last: last day, local; included.
        names: display name of each account that may have marked a paper.
    """
    begin = datetime.combine(first, time(), BEIJING).astimezone(UTC)
    end = datetime.combine(last + timedelta(days=1), time(), BEIJING).astimezone(UTC)
    rows = [_spoiled(press, each, names) for each in press.store.spoiled_prints(begin, end)]
    answers = {"from_day": first.isoformat(), "to_day": last.isoformat()}
    return _made(press, SPOILED_REGISTER, answers, {"papers": rows})


def _pupil(application: Application) -> dict[str, str]:
    known = application.answers
    return {
        "student_name": application.name,
        "student_sex": known.get("sex", ""),
        "student_document_kind": application.document_kind,
        "student_id_number": application.id_number,
        "student_birth": known.get("birth", ""),
        "guardian_name": known.get("agent_name", ""),
        "guardian_mobile": known.get("agent_mobile", ""),
        "student_application_no": application.number,
    }


def _card(application: Application) -> dict[str, str]:
    run = application.card
    return {
        "holder_name": application.name,
        "holder_document_kind": application.document_kind,
        "holder_id_number": application.id_number,
        "card_number": run.card_number if run else "",
        "issued_on": run.issue_date.isoformat() if run else "",
        "holder_mobile": application.answers.get("mobile", ""),
        "holder_application_no": application.number,
    }


def _spoiled(press: Press, record: PrintRecord, names: Mapping[str, str]) -> dict[str, str]:
    reason = table(SPOILED_REASONS).row(record.spoiled).words(press.language) if record.spoiled else ""
    marked = record.spoiled_at.astimezone(BEIJING).date().isoformat() if record.spoiled_at else ""
    return {
        "paper_serial": record.serial,
        "paper_name": _paper_name(press, record),
        "paper_copy": str(record.copy),
        "spoiled_on": marked,
        "spoiled_reason": record.spoiled_words or reason,
        "spoiled_by": names.get(record.spoiled_by or "", ""),
    }


def _paper_name(press: Press, record: PrintRecord) -> str:
    if record.form == CARD_FACE:
        return CARD_FACE_WORDS(press.language)
    return press.store.forms.of(record.form, record.edition).label(press.language)


def _form(press: Press, definition: FormDefinition, application: Application, due: date | None) -> Copy:
    copy = next_copy(REGISTRATION, press.store.prints(application.id), application.copies)
    serial = f"{application.number}-{definition.letter}{copy}"
    facts = press.facts(definition, application, copy=copy, serial=serial, due=due)
    return Copy(paper_answers(application, {}), facts)


def _made(press: Press, name: str, answers: Mapping[str, str], lists: Lists) -> MadePaper:
    definition = press.store.forms.current(name, _today(press))
    before = _printed_before(press, definition, content_digest(definition, answers, "", lists))
    if before is not None:
        number, copy = before.serial.rpartition("-")[0], before.copy + 1
    else:
        with press.store.work(press.session.account) as work:
            number, copy = work.next_application_number(), 1
    serial = f"{number}-{definition.letter}{copy}"
    pdf = press.draw_list(definition, number, answers, lists, copy=copy, serial=serial)
    return MadePaper(definition, serial, copy, answers, lists, pdf)


def _printed_before(press: Press, definition: FormDefinition, digest: str) -> PrintRecord | None:
    """Return the newest print here of a list of this content whose paper is or may be there."""
    store, now = press.store, press.clock.now()
    prints = store.list_prints(now - KNOWN_AGAIN, now + KNOWN_AGAIN)  # a clock may have been set back since
    return latest(
        definition.name,
        (each for each in prints if (each.digest, each.edition, each.desk) == (digest, definition.edition, store.desk)),
    )


def _today(press: Press) -> date:
    return press.clock.counted().astimezone().date()
