"""`checklist APPLICATION`: what the case asks to bring, how it was shown, and what is due."""

import argparse

from sscard_desk.cli.sign_in import signed_in
from sscard_desk.cli.verb import Result, Verb


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `checklist`."""
    parser.add_argument("application", help="the application number")


def run(words: argparse.Namespace) -> Result:
    """Derive the checklist from the case; names of people and their numbers are no part of it."""
    from sscard_desk.domain.due import due_items
    from sscard_desk.domain.numbers.application_number import parse_application_number
    from sscard_desk.usecases.case_of import case_of
    from sscard_desk.usecases.check_materials import checklist_of, promise_until

    number = str(parse_application_number(words.application))
    with signed_in(words) as desk:
        counter = desk.counter()
        application = counter.store.find_application(number)
        today = counter.today()
        lines = checklist_of(application)
        until = {line.asked.id: promise_until(line.asked, today, counter.working_days) for line in lines}
    situation = case_of(application)
    return {
        "application_no": application.number,
        "step": application.step.value,
        "cases": [case.id for case in situation.cases],
        "evidence": application.evidence,
        "evidence_source": application.evidence_source,
        "parties": list(situation.parties),
        "photo": "exempt" if situation.photo_exempt else "asked",
        "card_here": situation.card_here,
        "materials": [
            {
                "name": line.asked.id,
                "words": line.asked.words.zh,
                "state": line.state or "open",
                "promised": line.promised.isoformat() if line.promised else None,
                "accepts": list(line.asked.accepts),
                "promise_until": day.isoformat() if (day := until[line.asked.id]) else None,
                "blocks": line.blocks,
                "holds_card": line.asked.holds_card,
            }
            for line in lines
        ],
        "exception": application.materials_exception,
        "due": [
            {"subject": item.subject, "day": item.day.isoformat(), "state": item.state.value, "days": item.days}
            for item in due_items(application, today)
        ],
    }


VERBS = (Verb("checklist", "say what the case of an application asks to bring", run, arguments, store=True),)
