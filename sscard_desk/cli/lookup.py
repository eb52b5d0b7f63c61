"""`lookup TEXT`: find persons in the cached register."""

import argparse

from sscard_desk.cli.sign_in import signed_in
from sscard_desk.cli.verb import Result, Verb


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `lookup`."""
    parser.add_argument("text", help="number, name, pinyin or initials, or their beginning")
    parser.add_argument("--limit", type=int, default=20, help="at most so many persons")


def run(words: argparse.Namespace) -> Result:
    """Search, best first; numbers are masked unless one was given whole."""
    from sscard_desk.domain.errors.operator import UsageWrong
    from sscard_desk.domain.numbers.shown import masked
    from sscard_desk.usecases.identify import look_up

    if words.limit < 1:
        raise UsageWrong(reason="--limit is at least 1")
    with signed_in(words) as desk:
        found = look_up(words.text, desk.store.persons, words.limit)
        open_now = {person.key: desk.store.open_for(person.id_number) for person in found}
        cached = desk.store.persons.count()
    rows = []
    for person in found:
        application = open_now[person.key]
        rows.append(
            {
                "name": person.name,
                "number": person.id_number if person.id_number == words.text else masked(person.id_number),
                "sex": person.sex,
                "birth": person.birth.isoformat(),
                "open_application": application.number if application else None,
            }
        )
    return {"persons": rows, "cached": cached}


VERBS = (Verb("lookup", "find persons in the cached register", run, arguments, store=True),)
