"""`rescue`: the last password of this desk is lost; the centre answers, and one administrator sets a new one."""

import argparse
from pathlib import Path

from sscard_desk.cli.sign_in import read_password
from sscard_desk.cli.verb import Result, Verb


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `rescue`."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--request", type=Path, metavar="FILE", help="ask: write the request here")
    what.add_argument("--answer", type=Path, metavar="FILE", help="the centre's answer")
    parser.add_argument("--login", default="", help="name to sign in with, where the centre's list has none")
    parser.add_argument("--new-password-fd", type=int, metavar="N", help="descriptor with the new password")


def run(words: argparse.Namespace) -> Result:
    """Ask for a rescue, or take the answer; the same password is typed both times."""
    from sscard_desk.bootstrap.rescue import ask, finish
    from sscard_desk.bootstrap.settings import data_folder
    from sscard_desk.disk import trouble, write_whole
    from sscard_desk.domain.errors.slots import RecoveryAnswerWrong

    password = read_password(words.new_password_fd)
    if words.request:
        text = ask(data_folder(), password).text()
        write_whole(words.request, [f"{text}\n".encode()])
        return {"request": text, "account": None}
    try:
        answer = words.answer.read_text(encoding="ascii")
    except UnicodeDecodeError:
        raise RecoveryAnswerWrong from None
    except OSError as error:
        raise trouble(error) from error
    return {"request": None, "account": finish(data_folder(), answer, password, words.login).account}


VERBS = (Verb("rescue", "the last password is lost: ask the centre, take its answer", run, arguments),)
