"""`central authority`: which authority signs certificates, and changing it."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from sscard_desk.cli.verb import Result, Verb


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central authority`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--begin", action="store_true", help="make the next authority, which desks learn of")
    what.add_argument("--change", action="store_true", help="let the next authority sign from now on")
    parser.add_argument("--yes", action="store_true", help="change although desks have not learned of it")


def run(words: argparse.Namespace) -> Result:
    """Say which authorities are believed; make the next one, or let it sign.

    Raises:
        UsageWrong: there is no next one, or desks have not learned of it.
    """
    from sscard_desk.central import authority_change
    from sscard_desk.central.admin.acting import CONSOLE, DONE, noted
    from sscard_desk.central.centre import open_centre
    from sscard_desk.domain.errors.operator import UsageWrong

    centre = open_centre(words.folder)
    try:
        if words.begin and authority_change.begin_next(words.folder, datetime.now(UTC)):
            noted(centre, CONSOLE, "authority.begin", authority_change.NEXT, DONE)
        waiting = (words.folder / authority_change.NEXT).exists()
        with centre.database.reading() as connection:
            untold = authority_change.not_yet_told(connection, words.folder) if waiting else 0
        if words.change:
            if not waiting:
                raise UsageWrong(reason="--change needs --begin first")
            if untold and not words.yes:
                raise UsageWrong(reason=f"{untold} desks have not learned of the next authority: --change --yes")
            authority_change.change(words.folder)
            noted(centre, CONSOLE, "authority.change", authority_change.NEXT, DONE)
    finally:
        centre.close()
    return {
        "desks_not_told": untold,
        "authorities": [
            {"signs": one.signs, "fingerprint": one.fingerprint, "end": one.end.isoformat()}
            for one in authority_change.authorities(words.folder)
        ],
    }


VERBS = (Verb("central authority", "say which authority signs certificates, or change it", run, arguments),)
