"""The list of erasures beside the backups: whoever restores a backup can read it, whatever the key was then."""

import json
from datetime import UTC, datetime
from pathlib import Path

from sscard_desk.domain.erasure import Erasure, Why
from sscard_desk.store.backup import ERASED, BackupFolder

OLD, NEW, STRANGE = bytes(32), bytes([1]) * 32, bytes([2]) * 32
NOW = datetime(2026, 11, 26, tzinfo=UTC)


def erased(letter: str) -> Erasure:
    return Erasure(letter * 32, Why.DESK_DAYS, "365 days", NOW)


def subjects(folder: BackupFolder) -> list[str]:
    return sorted(one.subject[0] for one in folder.erasures())


def test_a_list_of_after_a_key_change_is_read_under_the_key_of_a_backup_of_before(tmp_path: Path) -> None:
    BackupFolder(tmp_path, NEW, (OLD,)).keep_erasures([erased("a")])
    assert subjects(BackupFolder(tmp_path, OLD)) == ["a"]
    assert subjects(BackupFolder(tmp_path, STRANGE)) == []


def test_a_list_of_before_a_key_change_is_read_and_goes_on_after_it(tmp_path: Path) -> None:
    BackupFolder(tmp_path, OLD).keep_erasures([erased("a")])
    now = BackupFolder(tmp_path, NEW, (OLD,))
    assert subjects(now) == ["a"]
    now.keep_erasures([erased("b")])
    assert (subjects(now), subjects(BackupFolder(tmp_path, OLD))) == (["a", "b"], ["a", "b"])


def test_a_list_that_no_key_fits_is_told_and_never_written_over(tmp_path: Path) -> None:
    BackupFolder(tmp_path, STRANGE).keep_erasures([erased("a")])
    here = BackupFolder(tmp_path, NEW, (OLD,))
    assert (here.strange_erasures(), subjects(here)) == (True, [])
    here.keep_erasures([erased("b")])
    assert (here.strange_erasures(), subjects(here)) == (False, ["b"])
    assert subjects(BackupFolder(tmp_path, STRANGE)) == ["a"]
    here.keep_erasures([erased("c")])
    assert (subjects(here), subjects(BackupFolder(tmp_path, STRANGE))) == (["b", "c"], ["a"])


def test_a_list_that_was_altered_counts_under_no_key(tmp_path: Path) -> None:
    folder = BackupFolder(tmp_path, NEW, (OLD,))
    folder.keep_erasures([erased("a")])
    told = json.loads((tmp_path / ERASED).read_bytes())
    told["erasures"] = []
    (tmp_path / ERASED).write_text(json.dumps(told), encoding="utf-8")
    assert [subjects(each) for each in (folder, BackupFolder(tmp_path, OLD))] == [[], []]
