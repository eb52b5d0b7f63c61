"""`central audit`: what was done at the centre, and whether the record of it still holds."""

import argparse
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from sscard_desk.cli.verb import Failed, Result, Verb


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central audit`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    parser.add_argument("--database", default="", metavar="URL", help="of the centre, where it has moved since")
    parser.add_argument("--operator", help="of one operator alone; `console` for the command line")
    parser.add_argument("--most", type=int, default=100, metavar="N", help="at most so many, the newest")
    parser.add_argument("--verify", action="store_true", help="look at every entry of the chain anew")


def run(words: argparse.Namespace) -> Result | Failed:
    """Show the newest acts, and verify the chain where that is asked for."""
    from sscard_desk.central.admin.secrets import AUDIT, derived
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.store import audit
    from sscard_desk.domain.errors.administration import AuditBroken

    centre = open_centre(words.folder, words.database)
    try:
        with centre.database.reading() as connection:
            found = audit.acts(connection, operator=words.operator, most=words.most)
            head, newest, broken = (
                audit.verify(connection, derived(centre.keys, AUDIT)) if words.verify else (None, None, None)
            )
    finally:
        centre.close()
    shown = ("seq", "operator", "act", "object", "outcome")
    result: Result = {
        "acts": [
            {"at": datetime.fromtimestamp(act.at_ms / 1000, UTC).isoformat(timespec="seconds")}
            | {name: value for name, value in asdict(act).items() if name in shown}
            for act in found
        ],
        "head": head,
        "hash": newest.hex() if newest is not None else None,
    }
    return Failed(result, AuditBroken(seq=broken)) if broken is not None else result


VERBS = (Verb("central audit", "what was done at the centre, and whether the record holds", run, arguments),)
