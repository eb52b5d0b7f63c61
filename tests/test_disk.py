import errno
from pathlib import Path

import pytest

from sscard_desk import disk
from sscard_desk.domain.errors.store import DiskFull, DiskLow, DiskTrouble


def test_a_file_is_private_and_replaces_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "file"
    disk.write_whole(path, [b"one"])
    disk.write_whole(path, [b"t", b"wo"])
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_a_write_that_breaks_off_leaves_the_file_before_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    disk.write_whole(path, [b"one"])

    def parts():
        yield b"two"
        raise OSError(errno.ENOSPC, "no room")

    with pytest.raises(DiskFull):
        disk.write_whole(path, parts())
    assert path.read_bytes() == b"one"
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_what_the_parts_come_from_may_break_off_too(tmp_path: Path) -> None:
    path = tmp_path / "file"

    def parts():
        yield b"two"
        raise KeyError("no such row")

    with pytest.raises(KeyError):
        disk.write_whole(path, parts())
    assert list(tmp_path.iterdir()) == []


def test_a_file_may_get_its_name_from_what_is_in_it(tmp_path: Path) -> None:
    gone: list[bytes] = []
    made = disk.write_named(
        tmp_path, (gone.append(part) or part for part in (b"a", b"b")), lambda: b"".join(gone).hex()
    )
    assert (made, made.read_bytes()) == (tmp_path / "6162", b"ab")


def test_troubles_of_the_system_are_named_without_a_path(tmp_path: Path) -> None:
    with pytest.raises(DiskTrouble) as trouble:
        disk.write_whole(tmp_path / "no such folder" / "file", [b"one"])
    assert trouble.value.reason == "ENOENT"
    assert str(tmp_path) not in str(trouble.value)
    (tmp_path / "file").touch()
    with pytest.raises(DiskTrouble):
        disk.make_folder(tmp_path / "file")


def test_little_room_is_said_before_there_is_none(tmp_path: Path) -> None:
    disk.need_room(tmp_path, at_least_mb=0)
    with pytest.raises(DiskLow) as low:
        disk.need_room(tmp_path, at_least_mb=10**9)
    assert 0 <= low.value.free_mb < 10**9
