"""`central staff`: who works at a service point, with which role, as its desks are told under the centre's seal."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from sscard_desk.central.staff import StaffMember
    from sscard_desk.central.store.staff import KnownAccount

_KEY_BYTES: Final = 32


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central staff`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    parser.add_argument("--point", required=True, help="service point code, four digits")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--add", metavar="NAME", help="what windows show of a new account")
    what.add_argument("--change", metavar="ACCOUNT", help="an account whose --name, --role or --login is to change")
    what.add_argument("--end", metavar="ACCOUNT", help="close an account: its desks shut it out at their next exchange")
    parser.add_argument("--name", default="", help="with --change: what windows show from now on")
    parser.add_argument("--login", default="", help="the name the account signs in with")
    parser.add_argument("--role", default="", choices=["", "clerk", "supervisor", "administrator"])
    parser.add_argument("--account", default="", help="with --add: the account that `enrol` printed at the desk")
    parser.add_argument(
        "--public-key", default="", metavar="HEX", help="with --account: its key, as `enrol` printed it"
    )


def run(words: argparse.Namespace) -> Result:
    """List the staff of a point, or change it; no password and no hash of one is ever here."""
    from sscard_desk.central.admin.acting import CONSOLE, acting
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.staff import accounts_of, end_account

    centre = open_centre(words.folder)
    try:
        changed = 0
        if words.add or words.change:
            from sscard_desk.central.staff import import_staff

            member = _member(words, accounts_of(centre, words.point))
            with acting(centre, CONSOLE, "staff.change", member.account) as noting:
                changed = import_staff(noting, words.point, [member])
        elif words.end:
            with acting(centre, CONSOLE, "staff.end", words.end) as noting:
                end_account(noting, words.end)
            changed = 1
        listed = accounts_of(centre, words.point)
    finally:
        centre.close()
    return {
        "changed": changed,
        "accounts": [
            {
                "account": each.account,
                "login": each.login,
                "name": each.name,
                "role": each.role,
                "ended": each.ended,
                "keys": len(each.public_keys),
            }
            for each in listed
        ],
    }


def _member(words: argparse.Namespace, listed: "Sequence[KnownAccount]") -> "StaffMember":
    import secrets

    from sscard_desk.central.staff import StaffMember
    from sscard_desk.domain.errors.operator import UsageWrong
    from sscard_desk.domain.errors.staff import AccountNotListed

    if words.change:
        known = next((each for each in listed if each.account == words.change), None)
        if known is None:
            raise AccountNotListed
        login, role = words.login or known.login, words.role or known.role
        return StaffMember(known.account, words.name or known.name, role, login=login)
    if not words.role:
        raise UsageWrong(reason="--add needs --role")
    try:
        key = bytes.fromhex(words.public_key)
    except ValueError:
        key = b"?"
    if len(key) not in {0, _KEY_BYTES}:
        raise UsageWrong(reason="--public-key is not 64 hex digits")
    return StaffMember(words.account or secrets.token_hex(16), words.add, words.role, key, words.login)


VERBS = (Verb("central staff", "who works at a service point, signed for its desks", run, arguments),)
