"""The strip of the person being served, from an application or from an identity that is not opened yet."""

from datetime import date

from sscard_desk.domain.application import Application
from sscard_desk.domain.due import Due, due_items, most_pressing
from sscard_desk.domain.errors.operator import UnknownCode
from sscard_desk.domain.numbers.citizen_id import age_on
from sscard_desk.domain.numbers.shown import masked
from sscard_desk.forms.codes import table
from sscard_desk.ui.states import ChipState, Mark, PersonState
from sscard_desk.ui.words import Both, Words, say


def code_words(name: str, code: str) -> Words:
    """Return the words of a code in its table, or the code itself where the table does not know it."""
    try:
        row = table(name).row(code)
    except UnknownCode:
        return code
    return Both(row.words.zh, row.words.en) if row.words.zh else code


def facts_of(answers: dict[str, str], today: date) -> tuple[Words, ...]:
    """Return sex, ethnic group and age as far as they are known."""
    facts: list[Words] = []
    if answers.get("sex"):
        facts.append(code_words("sex", answers["sex"]))
    if answers.get("ethnic"):
        facts.append(say("missing.ethnic", group=code_words("ethnic", answers["ethnic"])))
    if answers.get("birth"):
        facts.append(say("missing.age", years=age_on(date.fromisoformat(answers["birth"]), today)))
    return tuple(facts)


def due_chip(application: Application, today: date) -> ChipState | None:
    """Return the most pressing limit as a chip where it ends today or has passed."""
    item = most_pressing(due_items(application, today))
    if item is None or not item.state.pressing:
        return None
    if item.state is Due.TODAY:
        return ChipState(say("due.chip_today"), Mark.WARN, name="person_due")
    return ChipState(say("due.chip_overdue", days=-item.days), Mark.ERR, name="person_due")


def person_state(application: Application, today: date) -> PersonState:
    """Return the strip of an application; the number is masked."""
    return PersonState(
        name=application.name,
        number=masked(application.id_number),
        facts=facts_of(application.answers, today),
        chip=say(f"missing.origin.{application.origin}"),
        application_no=application.number,
        due=due_chip(application, today),
    )
