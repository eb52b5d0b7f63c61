"""`central rescue`: makes the centre's rescue key, and answers a desk whose last password is lost."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sscard_desk.cli.sign_in import read_passphrase
from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from sscard_desk.central.centre import OpenCentre


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central rescue`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--make-key", action="store_true", help="make the rescue key; desks hear its public half")
    what.add_argument("--request", type=Path, metavar="FILE", help="answer the request of a desk")
    parser.add_argument("--account", default="", help="with --request: the administrator who may open the desk")
    parser.add_argument("--operator", default="", help="with --request: who answers, for the record")
    parser.add_argument("--answer", type=Path, metavar="FILE", help="with --request: write the answer here")
    parser.add_argument("--passphrase-fd", type=int, metavar="N", help="descriptor with the rescue key's passphrase")


def run(words: argparse.Namespace) -> Result:
    """Make the key, answer a request, or list what was answered."""
    from sscard_desk.central import rescue_key
    from sscard_desk.central.admin.acting import CONSOLE, acting
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.store import rescues

    centre = open_centre(words.folder)
    answer = None
    try:
        if words.make_key:
            with acting(centre, CONSOLE, "rescue.key", rescue_key.FILE) as noting:
                rescue_key.make(noting, read_passphrase(words.passphrase_fd))
        elif words.request:
            answer = _answer(centre, words)
        with centre.database.reading() as connection:
            done = rescues.every(connection)
    finally:
        centre.close()
    return {
        "has_key": (words.folder / rescue_key.FILE).is_file(),
        "answer": answer,
        "answered": [
            {
                "request": each.request,
                "desk": each.desk,
                "account": each.account,
                "operator": each.operator,
                "used": each.used_ms is not None,
            }
            for each in done
        ],
    }


def _answer(centre: "OpenCentre", words: argparse.Namespace) -> str:
    from sscard_desk.central import rescues
    from sscard_desk.central.admin.acting import acting
    from sscard_desk.disk import trouble, write_whole
    from sscard_desk.domain.errors.operator import UsageWrong

    if not (words.account and words.operator):
        raise UsageWrong(reason="--request needs --account and --operator")
    try:
        text = words.request.read_bytes().decode("ascii", "replace")
    except OSError as error:
        raise trouble(error) from error
    passphrase = read_passphrase(words.passphrase_fd)
    with acting(centre, words.operator, "rescue.answer", words.account) as noting:
        answer = rescues.answer(noting, text, words.account, words.operator, passphrase).text()
    if words.answer:
        write_whole(words.answer, [f"{answer}\n".encode()])
    return answer


VERBS = (Verb("central rescue", "answer a desk whose last password is lost", run, arguments),)
