"""Pictures and scans in a folder: none is lost by a kill, a full disk or a move, none stays that was dropped."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Connection

from sscard_desk.central import blob_moving
from sscard_desk.central.centre import OpenCentre, open_centre
from sscard_desk.central.server import CentreServer
from sscard_desk.central.store import blobs, bodies
from sscard_desk.central.store.blob_sweep import sweep
from sscard_desk.central.store.bodies import DATABASE, FOLDER
from sscard_desk.domain.errors.blob_folder import BlobDamaged, BlobFolderAway, BlobFolderFull
from sscard_desk.domain.errors.centre import AnswerMalformed, CentreBusy
from sscard_desk.domain.errors.operator import FolderNotEmpty
from sscard_desk.domain.ids import BlobId
from tests.faults.sync.full_disk import SmallDisk, may_mount
from tests.machines.counter import POINT, Counter

BODIES = tuple(Random(number).randbytes(2_000 + number) for number in range(40))
NAMES = tuple(hashlib.sha256(body).hexdigest() for body in BODIES)


@pytest.fixture
def place() -> str:
    return FOLDER


def file_of(centre: OpenCentre, name: str) -> Path:
    return centre.folder / "blobs" / name[:2] / name[2:4] / name


def keep(centre: OpenCentre, *bodies: bytes) -> None:
    centre.database.write(lambda connection: blobs.keep_all(connection, POINT, bodies))


def found(centre: OpenCentre, name: str) -> bytes | None:
    with centre.database.reading() as connection:
        return blobs.find(connection, POINT, name)


def drop(centre: OpenCentre, *names: str) -> None:
    centre.database.write(lambda connection: bodies.drop(connection, names))


def test_what_is_kept_is_a_file_and_no_row_holds_its_bytes(centre: OpenCentre) -> None:
    keep(centre, *BODIES)
    keep(centre, BODIES[0])
    assert [file_of(centre, name).read_bytes() for name in NAMES] == list(BODIES)
    assert file_of(centre, NAMES[0]).stat().st_mode & 0o777 == 0o600
    assert blob_moving.counted(centre) == blob_moving.Counted(FOLDER, 0, len(BODIES), 0)
    assert [found(centre, name) for name in NAMES] == list(BODIES)


def test_a_file_that_was_changed_or_removed_is_given_to_nobody_and_named(centre: OpenCentre) -> None:
    keep(centre, *BODIES[:3])
    file_of(centre, NAMES[0]).write_bytes(BODIES[0][:-1])
    file_of(centre, NAMES[1]).unlink()
    for name in NAMES[:2]:
        with pytest.raises(BlobDamaged):
            found(centre, name)
    assert blob_moving.check(centre) == blob_moving.Checked(3, tuple(sorted(NAMES[:2])), 0)
    keep(centre, BODIES[1])  # a desk that brings it again
    assert found(centre, NAMES[1]) == BODIES[1]


def test_what_is_dropped_goes_from_the_folder_also_after_a_kill_between_the_two(centre: OpenCentre) -> None:
    keep(centre, *BODIES[:4])
    drop(centre, *NAMES[:2])
    assert found(centre, NAMES[0]) is None
    assert file_of(centre, NAMES[0]).exists()  # killed here: it is on the list
    keep(centre, BODIES[1])  # wanted again meanwhile
    centre.database.forget_freed()
    assert [file_of(centre, name).exists() for name in NAMES[:4]] == [False, True, True, True]
    assert blob_moving.counted(centre).going == 0


def test_a_file_whose_transaction_never_ended_is_removed_by_a_check(centre: OpenCentre) -> None:
    def killed(connection: Connection) -> None:
        blobs.keep_all(connection, POINT, BODIES[:1])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        centre.database.write(killed)
    keep(centre, BODIES[1])
    assert file_of(centre, NAMES[0]).exists()
    assert found(centre, NAMES[0]) is None
    assert blob_moving.check(centre) == blob_moving.Checked(1, (), 1)
    assert not file_of(centre, NAMES[0]).exists()


def test_keeping_and_dropping_the_same_picture_at_once_never_leaves_a_name_without_its_file(centre: OpenCentre) -> None:
    def again_and_again(which: int) -> None:
        for _ in range(12):
            if which % 2:
                keep(centre, *BODIES[:3])
            else:
                drop(centre, *NAMES[:3])
                sweep(centre.database)

    threads = [threading.Thread(target=again_and_again, args=(which,)) for which in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sweep(centre.database)
    checked = blob_moving.check(centre)
    assert (checked.damaged, checked.removed) == ((), 0)
    with centre.database.reading() as connection:
        held = bodies.held(connection, NAMES[:3])
    assert {name for name in NAMES[:3] if file_of(centre, name).exists()} == held


def test_a_folder_that_is_not_this_centres_is_refused_and_nothing_is_kept(centre: OpenCentre, tmp_path: Path) -> None:
    keep(centre, BODIES[0])
    (centre.folder / "blobs").rename(tmp_path / "unmounted")
    (centre.folder / "blobs").mkdir()  # an empty mount point
    with pytest.raises(BlobFolderAway):
        keep(centre, BODIES[1])
    with pytest.raises(BlobFolderAway):
        found(centre, NAMES[0])
    with pytest.raises(BlobFolderAway):
        CentreServer(centre)
    assert list((centre.folder / "blobs").iterdir()) == []
    with pytest.raises(BlobFolderAway):
        blob_moving.move(centre, FOLDER, tmp_path / "other")
    assert blob_moving.move(centre, FOLDER, tmp_path / "unmounted").moved == 0  # it lies there now
    assert found(centre, NAMES[0]) == BODIES[0]
    assert found(centre, NAMES[1]) is None


def test_a_folder_with_something_in_it_is_not_taken(embedded: OpenCentre, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter").write_text("here first")
    with pytest.raises(FolderNotEmpty):
        blob_moving.move(embedded, FOLDER, tmp_path / "full")
    assert blob_moving.counted(embedded).place == DATABASE


def test_two_servers_of_one_database_share_a_folder(centre: OpenCentre, address: str, tmp_path: Path) -> None:
    if not address:
        pytest.skip("the embedded database has one server")
    second_folder = tmp_path / "second"
    shutil.copytree(centre.folder, second_folder, ignore=shutil.ignore_patterns("blobs"))
    second = open_centre(second_folder)
    try:
        with pytest.raises(BlobFolderAway):
            keep(second, BODIES[0])  # it has not been told where it sees the folder
        blob_moving.move(second, FOLDER, centre.folder / "blobs")
        keep(second, *BODIES[:2])
        keep(centre, *BODIES[1:3])
        assert [found(each, name) for each in (centre, second) for name in NAMES[:3]] == [*BODIES[:3]] * 2
        blob_moving.move(second, DATABASE)
        keep(centre, BODIES[3])  # the first hears of it with its next transaction
        assert blob_moving.counted(centre) == blob_moving.Counted(DATABASE, 4, 0, 0)
    finally:
        second.close()


def test_a_desk_is_told_to_come_again_while_the_folder_is_away_and_then_delivers(address: str, tmp_path: Path) -> None:
    with Counter(tmp_path / "centre", address=address) as counter, counter.client() as desk:
        blob_moving.move(counter.open, FOLDER, tmp_path / "pictures")
        (tmp_path / "pictures").rename(tmp_path / "away")
        with pytest.raises(CentreBusy):
            desk.put_blobs([BODIES[0]])
        assert list(desk.missing_blobs([BlobId(NAMES[0])])) == [NAMES[0]]
        (tmp_path / "away").rename(tmp_path / "pictures")
        desk.put_blobs([BODIES[0]])
        assert list(desk.missing_blobs([BlobId(NAMES[0])])) == []
        assert desk.get_blob(BlobId(NAMES[0])) == BODIES[0]
        (tmp_path / "pictures" / NAMES[0][:2] / NAMES[0][2:4] / NAMES[0]).write_bytes(b"rotten")
        with pytest.raises(AnswerMalformed):
            desk.get_blob(BlobId(NAMES[0]))


@pytest.fixture
def small(centre: OpenCentre) -> Iterator[SmallDisk]:
    if not may_mount():
        pytest.skip("only root may mount a small disk")
    with SmallDisk() as disk:
        blob_moving.move(centre, DATABASE)
        shutil.move(centre.folder / "blobs", disk.folder / "blobs")
        blob_moving.move(centre, FOLDER, disk.folder / "blobs")
        yield disk


def test_a_full_disk_is_said_and_every_picture_that_was_acknowledged_is_there(
    centre: OpenCentre, small: SmallDisk
) -> None:
    kept, refused = [], 0
    for left, (name, body) in enumerate(zip(NAMES, BODIES, strict=True)):
        small.leave(left % 5)
        try:
            keep(centre, body)
            kept.append(name)
        except BlobFolderFull:
            refused += 1
            assert found(centre, name) is None
        small.empty()
    group = [Random(1_000 + number).randbytes(3_000) for number in range(12)]
    for left in range(0, 12, 3):
        small.leave(left)
        with pytest.raises(BlobFolderFull):
            keep(centre, *group)
        small.empty()
        assert not any(found(centre, hashlib.sha256(body).hexdigest()) for body in group)
        assert not list((small.folder / "blobs").rglob("*.part"))
    assert kept
    assert refused
    assert [hashlib.sha256(found(centre, name) or b"").hexdigest() for name in kept] == kept
    keep(centre, *BODIES)
    assert [found(centre, name) for name in NAMES] == list(BODIES)


@pytest.mark.parametrize("to", [FOLDER, DATABASE])
def test_a_move_killed_at_any_moment_goes_on_and_loses_nothing(centre: OpenCentre, to: str) -> None:
    blob_moving.move(centre, DATABASE if to == FOLDER else FOLDER)
    keep(centre, *BODIES)
    words = ["central", "blobs", "move", "--folder", str(centre.folder), "--to", to, "--json"]
    code = f"""
import os, sys
from sscard_desk.central import blob_moving
turns = iter(range({len(BODIES)}))
blob_moving.GROUP = 3
whole = blob_moving.move
def die(_):
    if next(turns) == int(sys.argv[1]):
        os.kill(os.getpid(), {signal.SIGKILL.value})
blob_moving.move = lambda *given: whole(*given, tell=die)
from sscard_desk.cli import run
sys.exit(run.run({words!r}))
"""
    ends = []
    for turn in (0, 1, 3):
        done = subprocess.run(
            [sys.executable, "-c", code, str(turn)], capture_output=True, timeout=60, env=os.environ, check=False
        )
        ends.append(done.returncode)
        assert [found(centre, name) for name in NAMES] == list(BODIES)
    assert ends == [-signal.SIGKILL] * 3
    counted = blob_moving.counted(centre)
    assert counted.database
    assert counted.folder
    assert blob_moving.move(centre, to).damaged == ()
    assert [found(centre, name) for name in NAMES] == list(BODIES)
    there = (0, len(BODIES)) if to == FOLDER else (len(BODIES), 0)
    assert blob_moving.counted(centre) == blob_moving.Counted(to, *there, 0)
    assert blob_moving.check(centre).removed == 0
