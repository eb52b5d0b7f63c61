"""`enrol`: make this computer a desk of a centre."""

import argparse

from sscard_desk.cli.sign_in import read_code, read_password
from sscard_desk.cli.verb import Result, Verb


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `enrol`."""
    parser.add_argument("--url", required=True, help="where the centre is reached, https://host:port")
    parser.add_argument("--code-fd", type=int, help="file descriptor that the code of `central enrol` is read from")
    parser.add_argument("--desk-no", type=int, required=True, help="0 to 99, this desk's number at its point")
    parser.add_argument("--window", default="1", help="what people at the point call this counter")
    parser.add_argument("--account", required=True, help="name of the first account, an administrator")
    parser.add_argument("--display-name", required=True, help="how the window calls this account")
    parser.add_argument("--password-fd", type=int, help="file descriptor that its password is read from")
    parser.add_argument("--training", action="store_true", help="a desk for training; fixed for ever")


def run(words: argparse.Namespace) -> Result:
    """Make the data folder, enrol, and fetch register, banks, staff and stock."""
    from sscard_desk.bootstrap.enrolment import NewAccount, begin_desk, join_centre
    from sscard_desk.bootstrap.settings import data_folder
    from sscard_desk.domain.errors.operator import FolderNotEmpty
    from sscard_desk.domain.ids import Role

    folder = data_folder()
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmpty
    code = read_code(words.code_fd)  # before the password: both may come from one descriptor, the code as first line
    first = NewAccount(words.account, read_password(words.password_fd), words.display_name, Role.ADMINISTRATOR)
    desk = begin_desk(folder, [first], training=words.training)
    report = join_centre(desk, words.url, code, desk_no=words.desk_no, window=words.window)
    account = desk.accounts[0]
    return {
        "folder": str(folder),
        "account": account.account,
        "public_key": account.public_key.hex(),
        "items": report.items,
        "proved": report.proved,
    }


VERBS = (Verb("enrol", "make this computer a desk of a centre", run, arguments),)
