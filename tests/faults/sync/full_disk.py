"""The disk full at every write of a sync once, at the desk and at the centre: a small memory disk with a ballast on it.

A file system hands out pages; with 0, 1, 2, ... of them left, each write that needs a new page is once the first that
does not get it. The smallest real thing that is truly full is a tmpfs of its own, which only root may mount.
"""

import os
import shutil
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Final, Self

from sscard_desk.domain.errors import CentreTrouble, StoreTrouble
from sscard_desk.domain.errors.centre import CentreBusy
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import open_desk
from sscard_desk.sync.passes import run_pass
from tests.faults.sync.acts import act
from tests.faults.sync.desk_process import KEY
from tests.faults.sync.findings import Found, compare, read_centre, went_back
from tests.faults.sync.look import Look, look_at
from tests.faults.sync.point import PEOPLE, NewPoints, line_of

PAGE: Final = 4_096
SIZE_MB: Final = 64
ACTS: Final = 4
PHOTO: Final = 30_000
DESK, SERVER = "desk", "server"


class SmallDisk:
    """A tmpfs of its own."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sscard-faults-disk-"))

    def __enter__(self) -> Self:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(self.folder)]
        subprocess.run(mount, check=True, capture_output=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        subprocess.run(["umount", "-l", str(self.folder)], check=False)
        self.folder.rmdir()

    @property
    def free(self) -> int:
        """Pages that are left."""
        return os.statvfs(self.folder).f_bavail

    def leave(self, pages: int) -> None:
        """Fill it but for so many pages."""
        with (self.folder / "ballast").open("wb") as ballast:
            os.posix_fallocate(ballast.fileno(), 0, (self.free - pages) * PAGE)

    def empty(self) -> None:
        """Take the ballast away."""
        (self.folder / "ballast").unlink(missing_ok=True)


def may_mount() -> bool:
    """Return whether a small disk can be had here."""
    try:
        with SmallDisk():
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


class FullDisk:
    """Syncs of new desks, at one of whose ends the disk has only so many pages."""

    def __init__(self, where: str, seed: int) -> None:
        self._where, self._seed = where, seed
        self._used = 0
        self._parts = ExitStack()

    def __enter__(self) -> Self:
        self._disk = self._parts.enter_context(SmallDisk())
        if self._where == SERVER:
            desks = Path(self._parts.enter_context(tempfile.TemporaryDirectory(prefix="sscard-faults-")))
            points = NewPoints(self._disk.folder / "world", desks)
        else:
            points = NewPoints()
        self._points = self._parts.enter_context(points)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._parts.__exit__(kind, value, trace)

    def pages(self) -> int:
        """Return how many pages a sync needs that nothing happens to, and some more."""
        found = self._sync(None)
        if not found.sound:
            raise RuntimeError(found.wrong)
        return self._used * 5 // 4 + 4

    def trial(self, pages: int) -> Found:
        """Run one sync with so many pages left, then with room again."""
        return self._sync(pages)

    def _sync(self, pages: int | None) -> Found:
        found, chance = Found(), Random(self._seed)
        point = self._points.next()
        other = point.desk(1)
        for _ in range(ACTS):
            act(other, 1, chance, people=point.people)
        act(other, 1, chance, people=point.people, large=PHOTO)
        point.settle(other, found)
        other.close()
        place = self._disk.folder / "desk" if self._where == DESK else None
        desk = point.desk(2, place)
        act(desk, 2, chance, people=point.people + PEOPLE)
        committed: list[tuple[int, str]] = []
        with self._points.centre.database.reading() as connection:
            # a log that was longer once has room for all: each trial begins with an empty one
            raw = connection.connection.driver_connection
        if raw is not None:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        free = self._disk.free
        if pages is not None:
            self._disk.leave(pages)
        self._work(desk, point.people + PEOPLE, chance, committed, found)
        self._used = free - self._disk.free
        self._disk.empty()
        if pages is not None:
            folder = point.folder(2, place)
            before = self._look(desk, point.name, found, None, committed, settled=False)
            if pages % 2:  # every other time the program is started again first
                desk.close()
                desk = open_desk(folder, KEY)
            point.settle(desk, found)
            after = self._look(desk, point.name, found, before, committed, settled=True)
            found.acknowledged = sum(kept.acknowledged for kept in after.journal)
        desk.close()
        if place is not None:
            shutil.rmtree(place)
        return found

    def _work(
        self, desk: DeskStore, people: int, chance: Random, committed: list[tuple[int, str]], found: Found
    ) -> None:
        """Record and sync; what fails has to say what it is."""
        hit = False
        for large in (*(0 for _ in range(ACTS)), PHOTO):
            try:
                committed.append(act(desk, 2, chance, people=people, large=large))
            except StoreTrouble:
                hit = True
        try:
            with line_of(desk) as line:
                run_pass(desk, line)
        except (StoreTrouble, CentreBusy):
            hit = True
        except CentreTrouble as other:
            found.wrong.append(f"a full disk is told as {other!r}")
        found.rounds += hit

    def _look(
        self,
        desk: DeskStore,
        point: str,
        found: Found,
        before: Look | None,
        committed: list[tuple[int, str]],
        *,
        settled: bool,
    ) -> Look:
        look = look_at(desk)
        compare(look, read_centre(self._points.centre, point, sorted(look.sent_blobs)), found, settled=settled)
        journal = {kept.seq: kept.hash for kept in look.journal}
        found.lost += sum(journal.get(seq) != said for seq, said in committed)
        if before is not None:
            found.wrong += went_back(before, look)
        return look
