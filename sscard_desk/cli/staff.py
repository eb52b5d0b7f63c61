"""`staff`: who may work at this desk; a first password is given here beside the person, never by the centre."""

import argparse
import getpass
from typing import TYPE_CHECKING

from sscard_desk.cli.sign_in import read_line, signed_in
from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from sscard_desk.bootstrap.desk import OpenDesk


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `staff`."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--give", metavar="NAME", help="give an account of the centre's list a first or new password here"
    )
    what.add_argument("--close", metavar="NAME", help="close an account's way in at this desk")
    what.add_argument("--own", action="store_true", help="change the password of who is signed in")
    parser.add_argument("--login", default="", help="name to sign in with, where the centre's list has none")
    parser.add_argument("--new-password-fd", type=int, metavar="N", help="descriptor with the new password")


def run(words: argparse.Namespace) -> Result:
    """List who may work here, or give or close a way in; NAME is an account, a login or a display name."""
    from sscard_desk.bootstrap import key_slots

    with signed_in(words, first_line=words.new_password_fd == words.password_fd) as desk:
        if words.give:
            account = _account(desk, words.give)
            key_slots.give_password(desk, account, words.login, _new_password(words.new_password_fd))
        elif words.close:
            key_slots.close_way_in(desk, _account(desk, words.close))
        elif words.own:
            old, new = _new_password(words.new_password_fd, "Old password: "), _new_password(words.new_password_fd)
            key_slots.change_password(desk, words.account, old, new)
        book, rows = desk.store.slot_book(), desk.store.reference("staff")
    ways = {each.account for each in book.slots.values()}
    return {
        "key_change_waits": bool(book.rekey),
        "accounts": [
            {
                "account": row["id"],
                "name": row.get("name", ""),
                "login": row.get("login", ""),
                "role": row.get("role", ""),
                "listed": bool(row.get("serial")),
                "ended": bool(row.get("ended")),
                "way_in": row["id"] in ways,
            }
            for row in rows
        ],
    }


def _account(desk: "OpenDesk", name: str) -> str:
    """Return the one account of the list that a name means.

    Raises:
        AccountNotListed: none or several.
    """
    from sscard_desk.domain.errors.staff import AccountNotListed

    rows = desk.store.reference("staff")
    found = [row["id"] for row in rows if name in {row["id"], row.get("login"), row.get("name")}]
    if len(found) != 1:
        raise AccountNotListed
    return found[0]


def _new_password(descriptor: int | None, prompt: str = "New password: ") -> str:
    """Return a password that the person types, or the next line of a descriptor.

    Raises:
        SignInNeeded: none came.
    """
    from sscard_desk.domain.errors.operator import SignInNeeded

    try:
        if descriptor is None:
            return getpass.getpass(prompt)
        return read_line(descriptor).decode("utf-8").rstrip("\r")
    except (OSError, EOFError, UnicodeDecodeError):
        raise SignInNeeded from None


VERBS = (Verb("staff", "who may work at this desk, and their first password", run, arguments, store=True),)
