"""`central portraits`: how many register pictures a desk may fetch, and which of them never got their application."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sscard_desk.cli.verb import Result, Verb
from sscard_desk.domain.errors.operator import UsageWrong

MOST_SHOWN: Final = 1_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central portraits`."""
    acts = parser.add_subparsers(dest="act", required=True)
    listed = acts.add_parser("list", help="limits, and register pictures without their application, oldest first")
    listed.add_argument("--desk", default="", help="of one desk alone")
    listed.add_argument("--most", type=int, default=MOST_SHOWN, help="at most so many, the oldest")
    limit = acts.add_parser("limit", help="how many register pictures a desk is given in an hour")
    limit.add_argument("--desk", default="", help="one desk; all others without it")
    limit.add_argument("--per-hour", type=int, required=True, metavar="N", help="0 gives none")
    for each in (listed, limit):
        each.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
        each.add_argument("--database", default="", metavar="URL", help="of the centre, where it has moved since")
        each.add_argument("--json", action="store_true", help="print one JSON object")


def run(words: argparse.Namespace) -> Result:
    """Look at what was given out, or set a limit.

    Raises:
        UsageWrong: a number below 0.
        DeskUnknown: there is none of this name.
    """
    if (words.per_hour if words.act == "limit" else words.most) < 0:
        raise UsageWrong(reason="a number is not below 0")
    return _limit(words) if words.act == "limit" else _list(words)


def _list(words: argparse.Namespace) -> Result:
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.store import photo_limits

    centre = open_centre(words.folder, words.database)
    try:
        with centre.database.reading() as connection:
            found = photo_limits.unmatched(connection)
            photos = photo_limits.unmatched_photos(connection, words.desk, words.most)
            limits = photo_limits.limits(connection)
    finally:
        centre.close()
    return {
        "per_hour": limits.get("", photo_limits.shipped_limit()),
        "limits": [{"desk": desk, "per_hour": count} for desk, count in limits.items() if desk],
        "unmatched": sum(one.count for one in found if words.desk in {"", one.desk}),
        "photos": [{"at": _time(one.at_ms), "desk": one.desk, "application": one.application} for one in photos],
    }


def _limit(words: argparse.Namespace) -> Result:
    from sscard_desk.central.admin.acting import CONSOLE, acting
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.photos import limit_register_photos

    centre = open_centre(words.folder, words.database)
    try:
        with acting(centre, CONSOLE, "portraits.limit", f"{words.desk or '*'} {words.per_hour}") as noting:
            limit_register_photos(noting, words.desk, words.per_hour)
    finally:
        centre.close()
    return {"desk": words.desk, "per_hour": words.per_hour}


def _time(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="seconds")


VERBS = (Verb("central portraits", "register pictures: the limit, and those without application", run, arguments),)
