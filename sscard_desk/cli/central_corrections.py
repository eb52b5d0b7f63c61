"""`central corrections` and `central conflicts`: what desks ask of the register, and what nobody has decided yet."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from sscard_desk.central.corrections import Requested


def corrections_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central corrections`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    parser.add_argument("--all", action="store_true", help="answered ones too")
    answer = parser.add_mutually_exclusive_group()
    answer.add_argument("--accept", default="", metavar="ID", help="the register has been corrected")
    answer.add_argument("--decline", default="", metavar="ID", help="the register stays as it is")
    parser.add_argument("--operator", default="", help="who answers")


def corrections(words: argparse.Namespace) -> Result:
    """List what desks ask of the register; answer one request first, if one is named.

    Raises:
        UsageWrong: an answer without `--operator`.
    """
    from sscard_desk.central import corrections as asked
    from sscard_desk.central.admin.acting import CONSOLE, recording
    from sscard_desk.central.centre import open_centre
    from sscard_desk.domain.errors.operator import UsageWrong

    answered = words.accept or words.decline
    if answered and not words.operator.strip():
        raise UsageWrong(reason="an answer needs --operator")
    centre = open_centre(words.folder)
    try:
        state = asked.ACCEPTED if words.accept else asked.DECLINED
        known = False
        if answered:
            with recording(centre, CONSOLE, f"correction.{state}", answered) as record:
                known = asked.answer(centre, answered, state, words.operator.strip(), record)
        with centre.database.reading() as connection:
            found = asked.requests(connection, "" if words.all else asked.REQUESTED)
    finally:
        centre.close()
    return {"answered": known, "requests": [_told(each) for each in found]}


def conflicts_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central conflicts`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")


def conflicts(words: argparse.Namespace) -> Result:
    """List second applications and cards outside their application that nobody has decided yet."""
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.conflicts import open_ones

    centre = open_centre(words.folder)
    try:
        with centre.database.reading() as connection:
            found = open_ones(connection)
    finally:
        centre.close()
    names = ("what", "number", "point", "desk", "card")
    return {"conflicts": [{name: each[name] for name in names} | {"since_ms": int(each["at_ms"])} for each in found]}


def _told(request: "Requested") -> Result:
    return {
        "id": request.entry_id,
        "person": request.person,
        "point": request.point,
        "desk": request.desk,
        "state": request.state,
        "asked_ms": request.at_ms,
        "fields": [
            {"field": each.field, "register": each.old, "said": each.new, "by": each.source}
            for each in request.differences
        ],
    }


VERBS = (
    Verb("central corrections", "what desks ask of the register, and the answers", corrections, corrections_arguments),
    Verb("central conflicts", "what two desks did that nobody has decided yet", conflicts, conflicts_arguments),
)
