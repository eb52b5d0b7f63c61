"""Signing in for one verb: secrets come from a file descriptor or the terminal; every account here sees arguments."""

import argparse
import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sscard_desk.bootstrap.desk import OpenDesk

LONGEST = 1024


@contextmanager
def signed_in(words: argparse.Namespace, *, first_line: bool = False) -> "Iterator[OpenDesk]":
    """Open the data folder in the name of `--account` until the block ends.

    Args:
        words: of the verb.
        first_line: whether the password is the first line of its descriptor, and something else follows.

    Raises:
        SignInNeeded: no password came.
        NotSetUp, AccountUnknown, AccountPaused, PasswordWrong: the sign-in.
    """
    from sscard_desk.bootstrap.desk import signed_in_desk
    from sscard_desk.bootstrap.settings import data_folder

    password = read_password(words.password_fd, first_line=first_line)
    with signed_in_desk(data_folder(), words.account, password) as desk:
        yield desk


def read_password(descriptor: int | None, *, first_line: bool = False) -> str:
    """Return the password from a file descriptor, whole or its first line, or from the terminal without one.

    Raises:
        SignInNeeded: none came.
    """
    from sscard_desk.domain.errors.operator import SignInNeeded

    try:
        if descriptor is None:
            return getpass.getpass("Password: ")
        if first_line:
            return read_line(descriptor).decode("utf-8").rstrip("\r")
        with os.fdopen(descriptor, "rb", closefd=False) as source:
            return source.read(LONGEST).decode("utf-8").rstrip("\r\n")
    except (OSError, EOFError, UnicodeDecodeError):
        raise SignInNeeded from None


def read_passphrase(descriptor: int | None) -> bytes:
    """Return a passphrase: one line of a file descriptor, or from the terminal without one.

    Raises:
        UsageWrong: none came.
    """
    from sscard_desk.domain.errors.operator import UsageWrong

    try:
        typed = getpass.getpass("Passphrase: ").encode() if descriptor is None else read_line(descriptor).rstrip(b"\r")
    except (OSError, EOFError):
        typed = b""
    if not typed:
        raise UsageWrong(reason="no passphrase came; give --passphrase-fd N or type it")
    return typed


def read_code(descriptor: int | None) -> str:
    """Return the enrolment code: one line of a file descriptor, or from the terminal without one.

    Raises:
        UsageWrong: none came.
    """
    from sscard_desk.domain.errors.operator import UsageWrong

    try:
        code = getpass.getpass("Enrolment code: ") if descriptor is None else read_line(descriptor).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError):
        code = ""
    if not code.strip():
        raise UsageWrong(reason="no enrolment code came; give --code-fd N or type it")
    return code.strip()


def read_line(descriptor: int) -> bytes:
    """Return one line of a descriptor without its end."""
    # byte by byte: what stands after the line is left in the pipe for whoever reads next
    line = b""
    while len(line) < LONGEST and (byte := os.read(descriptor, 1)) not in {b"", b"\n"}:
        line += byte
    return line
