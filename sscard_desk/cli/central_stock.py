"""`central stock`: where the blank cards are, which two desks have, and the centre's word for a spoiled one."""

import argparse
from pathlib import Path

from sscard_desk.cli.verb import Result, Verb


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central stock`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    parser.add_argument("--point", default="", help="only this service point")
    parser.add_argument("--confirm", default="", metavar="CODE", help="a spoiled card that is in hand here")
    parser.add_argument("--operator", default="", help="who has seen it, as journals call them")


def run(words: argparse.Namespace) -> Result:
    """Show each desk's cards by state and the cards that two desks have; confirm a spoiled one first, if one is named.

    Raises:
        UsageWrong: `--confirm` without `--operator`.
    """
    from sscard_desk.central import blanks
    from sscard_desk.central.admin.acting import CONSOLE, acting
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.store.blanks import balance, twice
    from sscard_desk.domain.errors.operator import UsageWrong

    if words.confirm and not words.operator.strip():
        raise UsageWrong(reason="--confirm needs --operator")
    centre = open_centre(words.folder)
    try:
        confirmed = 0
        if words.confirm:
            with acting(centre, CONSOLE, "blank.confirm", words.confirm) as noting:
                confirmed = blanks.confirm(noting, words.confirm, words.operator.strip())
        with centre.database.reading() as connection:
            found, elsewhere = balance(connection, words.point), twice(connection)
    finally:
        centre.close()
    return {
        "confirmed": confirmed,
        "desks": [
            {"desk": desk, "states": [{"state": state, "cards": count} for state, count in states.items()]}
            for desk, states in found.items()
        ],
        "elsewhere": [{"identification_code": code, "desks": list(desks)} for code, desks in elsewhere.items()],
    }


VERBS = (Verb("central stock", "show the blank cards of all desks, confirm a spoiled one", run, arguments),)
