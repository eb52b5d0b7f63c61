"""`central operator`: who administers the centre in a browser."""

import argparse
from pathlib import Path

from sscard_desk.cli.verb import Result, Verb


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central operator`."""
    acts = parser.add_subparsers(dest="act", required=True)
    for act, said in (
        ("add", "add an operator and print the password for the first sign-in"),
        ("reset", "give an operator a new first password; second factor and sessions end"),
        ("remove", "end an operator and their sessions"),
        ("policy", "whether revoking desks, registers, erasures and keeping periods ask for a second operator"),
        ("list", "the operators, with second factor, recovery codes and sessions"),
    ):
        each = acts.add_parser(act, help=said, description=said)
        if act == "policy":
            each.add_argument("--second-person", choices=["on", "off"], help="changes it; only told without")
        elif act != "list":
            each.add_argument("name", help="2 to 32 small letters, digits, dots or hyphens")
        each.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
        each.add_argument("--database", default="", metavar="URL", help="of the centre, where it has moved since")
        each.add_argument("--json", action="store_true", help="print one JSON object")


def run(words: argparse.Namespace) -> Result:
    """Do one act upon the operators of a centre."""
    from sscard_desk.central.admin import operators
    from sscard_desk.central.centre import open_centre

    centre = open_centre(words.folder, words.database)
    try:
        if words.act == "list":
            return {"operators": operators.listed(centre)}
        if words.act == "policy":
            on = {"on": True, "off": False, None: None}[words.second_person]
            return {"second_person": operators.policy(centre, on)}
        if words.act == "remove":
            operators.remove(centre, words.name)
            return {"operator": words.name}
        first = operators.add(centre, words.name) if words.act == "add" else operators.reset(centre, words.name)
        return {"operator": words.name, "first_password": first, "valid_hours": operators.FIRST_HOURS}
    finally:
        centre.close()


VERBS = (Verb("central operator", "who administers the centre in a browser", run, arguments),)
