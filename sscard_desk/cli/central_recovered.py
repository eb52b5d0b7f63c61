"""`central recovered`: the centre's database was put back to an older copy; desks send again what it lost."""

import argparse
from pathlib import Path

from sscard_desk.cli.verb import Result, Verb


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central recovered`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    parser.add_argument("--desk", default="", help="a desk that was enrolled after the copy, to be entered again")
    parser.add_argument("--point", default="", help="its service point")
    parser.add_argument("--public-key", default="", metavar="HEX", help="what its `export-unsent` says")


def recovered(words: argparse.Namespace) -> Result:
    """Say so once, after the copy was put back and before desks are served again."""
    from sscard_desk.central.admin.acting import CONSOLE, acting
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.recovered import enter_known_desk, note_recovery, recovered_before
    from sscard_desk.domain.errors.operator import UsageWrong

    centre = open_centre(words.folder)
    try:
        if words.desk:
            try:
                key = bytes.fromhex(words.public_key)
                with acting(centre, CONSOLE, "desk.enter-known", words.desk) as noting:
                    enter_known_desk(noting, words.desk, words.point, key)
            except ValueError:
                raise UsageWrong(reason="--public-key is 64 hex characters of a desk that is not known yet") from None
            done = recovered_before(centre)
        else:
            with acting(centre, CONSOLE, "centre.recovered", "") as noting:
                done = note_recovery(noting)
    finally:
        centre.close()
    return {
        "recovery": done.name,
        "since_ms": done.since_ms,
        "desks": [{"desk": one.desk, "state": one.state, "last_seq": one.last_seq} for one in done.desks],
    }


VERBS = (Verb("central recovered", "the database was put back to an older copy", recovered, arguments),)
