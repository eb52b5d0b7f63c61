"""`enrol request`, `enrol answer` and `central join`: a computer that never has a line becomes a desk by a stick."""

import argparse
from pathlib import Path

from sscard_desk.cli.sign_in import read_code, read_password
from sscard_desk.cli.verb import Result, Verb


def request_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `enrol request`."""
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder on the stick")
    parser.add_argument("--url", default="", help="where the centre would be reached, if there is ever a line")
    parser.add_argument("--code-fd", type=int, help="file descriptor that the code of `central enrol` is read from")
    parser.add_argument("--desk-no", type=int, required=True, help="0 to 99, this desk's number at its point")
    parser.add_argument("--window", default="1", help="what people at the point call this counter")
    parser.add_argument("--account", required=True, help="name of the first account, an administrator")
    parser.add_argument("--display-name", required=True, help="how the window calls this account")
    parser.add_argument("--password-fd", type=int, help="file descriptor that its password is read from")
    parser.add_argument("--training", action="store_true", help="a desk for training; fixed for ever")


def request(words: argparse.Namespace) -> Result:
    """Make the accounts of a new data folder, and write its request onto a stick."""
    from sscard_desk.bootstrap.enrolment import NewAccount, begin_desk
    from sscard_desk.bootstrap.joining import ask_to_join
    from sscard_desk.bootstrap.settings import data_folder
    from sscard_desk.domain.errors.operator import FolderNotEmpty
    from sscard_desk.domain.errors.stick import StickMissing
    from sscard_desk.domain.ids import Role

    folder = data_folder()
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmpty
    if not words.to.is_dir():
        raise StickMissing
    code = read_code(words.code_fd)  # before the password: both may come from one descriptor, the code as first line
    first = NewAccount(words.account, read_password(words.password_fd), words.display_name, Role.ADMINISTRATOR)
    desk = begin_desk(folder, [first], training=words.training)
    path = ask_to_join(desk, code, words.to, desk_no=words.desk_no, window=words.window, url=words.url)
    account = desk.accounts[0]
    return {
        "folder": str(folder),
        "file": path.name,
        "account": account.account,
        "public_key": account.public_key.hex(),
    }


def answer_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `enrol answer`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="what `central join` wrote")
    parser.add_argument("--account", required=True, help="the account that was made with the request")
    parser.add_argument("--password-fd", type=int, help="file descriptor that its password is read from")


def answer(words: argparse.Namespace) -> Result:
    """Make the database of the folder whose request was answered."""
    from sscard_desk.bootstrap.joining import end_joining
    from sscard_desk.bootstrap.settings import data_folder

    folder = data_folder()
    desk = end_joining(folder, words.account, read_password(words.password_fd), words.file)
    return {"folder": str(folder), "desk": desk}


def join_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central join`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    parser.add_argument("file", type=Path, metavar="FILE", help="what `enrol request` wrote")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder on the stick")


def join(words: argparse.Namespace) -> Result:
    """Register the key of a computer without a line, and write the answer."""
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.stick.join import join as register

    centre = open_centre(words.folder)
    try:
        desk, path = register(centre, words.file, words.to)
    finally:
        centre.close()
    return {"desk": desk, "file": path.name}


VERBS = (
    Verb("enrol request", "ask by a stick to become a desk", request, request_arguments),
    Verb("enrol answer", "become a desk by the centre's answer on a stick", answer, answer_arguments),
    Verb("central join", "register a computer whose request came on a stick", join, join_arguments),
)
