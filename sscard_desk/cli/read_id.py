"""`read-id`: read the id card that lies on the reader."""

import argparse
from datetime import date

from sscard_desk.cli.verb import Result, Verb


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `read-id`."""
    parser.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="wait so long for a card")


def run(words: argparse.Namespace) -> Result:
    """Read the card; its fields are the object. The photo stays in its closed format and is not printed."""
    from sscard_desk.bootstrap.devices import make_id_reader
    from sscard_desk.bootstrap.settings import data_folder, load_settings
    from sscard_desk.ports.devices import Cancel
    from sscard_desk.usecases.identify import read_card

    card = read_card(make_id_reader(load_settings(data_folder())), Cancel(), words.wait)
    return {
        "kind": card.kind.value,
        "number": card.number,
        "name": card.name,
        "name_latin": card.name_latin,
        "sex": card.sex,
        "ethnic": card.ethnic,
        "nationality": card.nationality,
        "birth": card.birth.isoformat(),
        "address": card.address,
        "authority": card.authority,
        "valid_from": card.valid_from.isoformat(),
        "valid_to": _day(card.valid_to),
        "pass_number": card.pass_number,
        "issue_count": card.issue_count,
        "photo_bytes": len(card.photo_wlt),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


VERBS = (Verb("read-id", "read the id card on the reader", run, arguments),)
