"""`central stock`: where the blank cards are, which two desks have, numbers that are kept; the centre's word."""

import argparse
from dataclasses import asdict
from pathlib import Path

from sscard_desk.cli.verb import Result, Verb


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central stock`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    parser.add_argument("--point", default="", help="only this service point")
    parser.add_argument("--confirm", default="", metavar="CODE", help="a spoiled card that is in hand here")
    parser.add_argument("--operator", default="", help="who has seen it, as journals call them")
    parser.add_argument(
        "--release", default="", metavar="CODE", help="a card whose number an application keeps that does not have it"
    )
    parser.add_argument("--reason", default="", help="with --release: why nobody has that card; no personal data")


def run(words: argparse.Namespace) -> Result:
    """Show each desk's cards by state, those that two desks have, and numbers kept by applications without the card.

    A spoiled card is confirmed first, and a kept number let go, if one is named.

    Raises:
        UsageWrong: `--confirm` without `--operator`, `--release` without that or a reason.
        KeptCardUnknown, KeptCardBegun, KeptCardKeyGiven: the number stays.
    """
    from sscard_desk.central import blanks, kept_cards
    from sscard_desk.central.admin.acting import CONSOLE, acting
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.store.blanks import balance, twice
    from sscard_desk.central.store.kept_cards import kept_cards as find_kept
    from sscard_desk.domain.errors.operator import UsageWrong

    if words.confirm and not words.operator.strip():
        raise UsageWrong(reason="--confirm needs --operator")
    if words.release and not (words.operator.strip() and words.reason.strip()):
        raise UsageWrong(reason="--release needs --operator and --reason")
    centre = open_centre(words.folder)
    try:
        confirmed = 0
        if words.confirm:
            with acting(centre, CONSOLE, "blank.confirm", words.confirm) as noting:
                confirmed = blanks.confirm(noting, words.confirm, words.operator.strip())
        if words.release:
            with acting(centre, CONSOLE, "card.release", words.release) as noting:
                kept_cards.let_go(noting, words.release, words.operator.strip(), words.reason.strip())
        with centre.database.reading() as connection:
            found, elsewhere = balance(connection, words.point), twice(connection)
            kept = [one for one in find_kept(connection) if words.point in {"", one.point}]
    finally:
        centre.close()
    return {
        "confirmed": confirmed,
        "desks": [
            {"desk": desk, "states": [{"state": state, "cards": count} for state, count in states.items()]}
            for desk, states in found.items()
        ],
        "elsewhere": [{"identification_code": code, "desks": list(desks)} for code, desks in elsewhere.items()],
        "kept": [asdict(one) | {"may_go": one.may_go} for one in kept],
    }


VERBS = (
    Verb(
        "central stock",
        "show the blank cards of all desks and kept numbers, confirm or release one",
        run,
        arguments,
    ),
)
