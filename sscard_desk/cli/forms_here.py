"""The editions of forms that a desk heard of, for `forms check` and `forms preview` with `--account`."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sscard_desk.bootstrap.desk import OpenDesk
    from sscard_desk.forms.load import CheckedForm


def account_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words that let a verb look into the data folder; without them it needs none."""
    parser.add_argument("--account", help="who signs in, to see what the centre delivered to this desk")
    parser.add_argument("--password-fd", type=int, help="file descriptor that the password is read from")


@contextmanager
def desk_of(words: argparse.Namespace) -> "Iterator[OpenDesk | None]":
    """Open the data folder for the block where `--account` is given, nothing otherwise.

    Raises:
        SignInNeeded, NotSetUp, AccountUnknown, AccountPaused, PasswordWrong: the sign-in.
    """
    from sscard_desk.cli.sign_in import signed_in

    if not words.account:
        yield None
        return
    with signed_in(words) as desk:
        yield desk


def delivered(desk: "OpenDesk") -> "list[tuple[CheckedForm, str]]":
    """Return every edition that came from the centre, judged by this program, and why it is not used, if so."""
    from sscard_desk.forms.load import CheckedForm, check_files

    deliveries = desk.store.forms.deliveries
    found: list[tuple[CheckedForm, str]] = []
    for form in desk.store.forms.forms():
        for edition, _ in deliveries.editions(form):
            files = deliveries.files(form, edition)
            if files is not None:
                found.append((check_files(form, files), ""))
    for each in desk.store.refused_forms():
        problems = (each.problem,) if each.problem is not None else ()
        found.append((CheckedForm(each.form, each.edition, "", None, problems), each.why))
    return found
