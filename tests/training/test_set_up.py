"""A set-up clears what a broken-off one left, and touches nothing else."""

from pathlib import Path

import pytest

from sscard_desk.domain.errors.operator import FolderNotEmpty
from sscard_desk.domain.errors.store import FolderInUse
from sscard_desk.store.lock import FolderLock
from sscard_desk.training.set_up import MARKER, TrainingFolder, set_up


class Cut(Exception):
    """The set-up is broken off."""


def cut_after(wanted: str) -> object:
    def tell(word: str) -> None:
        if word == wanted:
            raise Cut

    return tell


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("word", ["accounts", "centre"])
def test_a_broken_off_set_up_begins_anew(tmp_path: Path, word: str) -> None:
    folder = TrainingFolder(tmp_path / "desk")
    for _ in range(2):
        with pytest.raises(Cut):
            set_up(folder, cut_after(word), count=20)  # type: ignore[arg-type] # a teller like any other
        assert not folder.ready
        assert MARKER in names(folder.path)


@pytest.mark.real
def test_a_set_up_after_a_broken_off_one_comes_to_its_end(tmp_path: Path) -> None:
    folder = TrainingFolder(tmp_path / "desk")
    with pytest.raises(Cut):
        set_up(folder, cut_after("desk"), count=20)  # type: ignore[arg-type] # a teller like any other
    (folder.path / "0123456789abcdef.part").touch()
    set_up(folder, lambda _word: None, count=20)
    assert folder.ready
    assert MARKER not in names(folder.path)
    assert not list(folder.path.glob("*.part"))
    with pytest.raises(FolderNotEmpty):
        set_up(folder, lambda _word: None, count=20)
    assert folder.ready


def test_nothing_is_touched_in_a_folder_without_the_marker(tmp_path: Path) -> None:
    (tmp_path / "desk.db").write_bytes(b"somebody's")
    (tmp_path / "centre").mkdir()
    with pytest.raises(FolderNotEmpty):
        set_up(TrainingFolder(tmp_path), lambda _word: None, count=20)
    assert (tmp_path / "desk.db").read_bytes() == b"somebody's"
    assert (tmp_path / "centre").is_dir()
    assert MARKER not in names(tmp_path)


def test_what_no_set_up_leaves_is_not_removed_beside_the_marker_either(tmp_path: Path) -> None:
    for name in (MARKER, "key-slots.json", "thesis.odt"):
        (tmp_path / name).touch()
    with pytest.raises(FolderNotEmpty):
        set_up(TrainingFolder(tmp_path), lambda _word: None, count=20)
    assert {MARKER, "key-slots.json", "thesis.odt"} <= names(tmp_path)


def test_two_set_ups_do_not_work_in_one_folder(tmp_path: Path) -> None:
    (tmp_path / MARKER).touch()
    (tmp_path / "key-slots.json").touch()
    with FolderLock(tmp_path), pytest.raises(FolderInUse):
        set_up(TrainingFolder(tmp_path), lambda _word: None, count=20)
    assert (tmp_path / "key-slots.json").exists()
