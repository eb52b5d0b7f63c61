"""`backup` and `restore`: an encrypted copy of a desk at work, and its way back onto another computer."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sscard_desk.cli.sign_in import read_code, read_password, signed_in
from sscard_desk.cli.verb import Failed, Result, Verb

if TYPE_CHECKING:
    from sscard_desk.store.backup import Backup


def backup_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `backup`."""
    parser.add_argument("--to", type=Path, help="another folder than [backup] folder of desk.toml")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--list", action="store_true", help="say which backups there are")
    which.add_argument("--check", nargs="?", const="", metavar="NAME", help="open one, the newest if none is named")


def backup(words: argparse.Namespace) -> Result | Failed:
    """Make a backup, say which there are, or open one and go through everything in it."""
    from sscard_desk.bootstrap.backups import back_up, backups_of
    from sscard_desk.domain.errors.backup import BackupDamaged, NoBackup

    with signed_in(words) as desk:
        place = backups_of(desk, words.to)
        if words.list:
            return {"backups": [_told(each) for each in place.backups()]}
        if words.check is None:
            done = back_up(desk, words.to)
            return {"backup": _told(done.backup), "removed": list(done.removed)}
        whole = place.backups()
        if not whole and not words.check:
            raise NoBackup
        name = words.check or whole[-1].name
        found = place.verify(name)
        result: Result = {
            "backup": name,
            "sound": found.sound,
            "entries": found.entries,
            "chain_ok": found.chain_ok,
            "unsent": found.unsent,
            "blobs": found.blobs,
            "blobs_missing": list(found.blobs_missing),
            "blobs_damaged": list(found.blobs_damaged),
        }
        return result if found.sound else Failed(result, BackupDamaged(name=name, what="blobs"))


def restore_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `restore`."""
    parser.add_argument("backups", type=Path, help="the folder of the lost desk's backups")
    parser.add_argument("--name", default="", help="which one; the newest whole one if none is named")
    parser.add_argument("--account", required=True, help="an account of the lost desk")
    parser.add_argument("--password-fd", type=int, help="file descriptor that its password is read from")
    parser.add_argument("--code-fd", type=int, help="file descriptor that the code of `central enrol` is read from")
    parser.add_argument("--desk-no", type=int, required=True, help="0 to 99, a number that the lost desk did not have")
    parser.add_argument("--url", default="", help="where the centre is reached, if not where it was")
    parser.add_argument("--window", default="", help="what people at the point call this counter, if not as before")


def restored(words: argparse.Namespace) -> Result | Failed:
    """End the lost desk's journal and go on as a new desk; every step may be repeated.

    A list of erasures that fits none of the keys is told beside the result: the restore is whole all the same.
    """
    from sscard_desk.bootstrap.restore import NewPlace, restore
    from sscard_desk.bootstrap.settings import data_folder
    from sscard_desk.domain.errors.backup import ErasureListStrange

    code = read_code(words.code_fd)  # before the password: both may come from one descriptor, the code as first line
    new = NewPlace(data_folder(), code, words.desk_no, words.url, words.window)
    done = restore(words.backups, words.name, words.account, read_password(words.password_fd), new)
    result: Result = {
        "backup": done.backup.name,
        "lost_desk": done.backup.desk,
        "backup_seq": done.backup.seq,
        "ended_at_seq": done.ended.seq,
        "lost_from_seq": done.lost_from,
        "lost_to_seq": done.lost_to,
        "sent_now": done.sent,
        "blobs_sent_now": done.blobs_sent,
        "set_aside": [{"seq": seq, "code": code} for seq, code in done.set_aside],
        "drafts": done.drafts,
        "erased": done.erased,
        "strange_erasures": done.strange_erasures,
        "free_blanks": list(done.free_blanks),
        "items": done.report.items,
        "proved": done.report.proved,
        "folder": str(new.home),
    }
    return Failed(result, ErasureListStrange()) if done.strange_erasures else result


def _told(backup: "Backup") -> Result:
    return {
        "name": backup.name,
        "made_at": backup.made_at.isoformat(),
        "seq": backup.seq,
        "blobs": len(backup.blobs),
        "blobs_missing": list(backup.missing),
    }


VERBS = (
    Verb("backup", "make an encrypted backup, or look one through", backup, backup_arguments, store=True),
    Verb("restore", "bring a lost desk back onto this computer, as a new desk", restored, restore_arguments),
)
