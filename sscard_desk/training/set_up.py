"""From nothing to a training counter: a centre with its register, staff and stock, and a desk enrolled at it.

A marker is the first thing in the empty folder, and becomes the word that all is ready in one step at the end. Where it
still lies, a set-up was broken off: what that left is removed, and it begins anew. Without it nothing is ever removed.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sscard_desk.bootstrap.enrolment import NewAccount, NewDesk, begin_desk, join_centre
from sscard_desk.central import imports
from sscard_desk.central.centre import OpenCentre, init_centre
from sscard_desk.disk import make_folder
from sscard_desk.domain.errors.operator import FolderNotEmpty
from sscard_desk.store.facts import DataFolder
from sscard_desk.store.lock import FolderLock
from sscard_desk.training.persons import persons
from sscard_desk.training.photos import PICTURED, fill_photos
from sscard_desk.training.point import TrainingPoint, training_point
from sscard_desk.training.stations import station

PERSONS: Final = 100_000
MARKER: Final = "training-set-up"
_LEFT: Final = (
    "centre",
    "blobs",
    "key-slots.json",
    "key-slots.json.lock",
    "sign-in-tries.json",
    "unsent.count",
    "folder.json",
    "desk.toml",
    "desk.db*",
    "persons.current",
    "persons-*.db*",
    "loading*.db*",
    "*.part",
)
"""What a broken-off set-up leaves besides marker and lock."""

Tell = Callable[[str], None]


@dataclass(frozen=True)
class TrainingFolder:
    """A data folder of training with the centre's folder inside.

    Attributes:
        path: the data folder.
    """

    path: Path

    @property
    def centre(self) -> Path:
        """Where the training centre keeps its data."""
        return self.path / "centre"

    @property
    def cards(self) -> Path:
        """Where the virtual cards are kept between runs."""
        return self.path / "cards"

    @property
    def printed(self) -> Path:
        """Where the training printer leaves its papers."""
        return self.path / "printed"

    @property
    def ready(self) -> bool:
        """Whether a training desk was set up here, to its end."""
        return (self.centre / "ready").exists()


def set_up(folder: TrainingFolder, tell: Tell, *, count: int = PERSONS) -> None:
    """Make centre and desk in an empty folder, or anew where an earlier set-up was broken off.

    Args:
        folder: the data folder; empty, not there, or left by a set-up that did not come to its end.
        tell: is given a word for each part that is done.
        count: how many synthetic persons the register has.

    Raises:
        FolderNotEmpty: something else lies there; nothing was touched.
        FolderInUse: another program sets it up, or works in it.
        StationSilent: the centre did not start.
    """
    make_folder(folder.path)
    with FolderLock(folder.path):
        _clear(folder.path)
        _make(folder, tell, count)
        (folder.path / MARKER).replace(folder.centre / "ready")


def _clear(path: Path) -> None:
    """Leave the folder with the marker alone, and the lock that is held.

    Raises:
        FolderNotEmpty: it holds something that no set-up left, or was never begun by one.
    """
    marker, own = path / MARKER, {MARKER, DataFolder(path).lock.name}
    found = [entry for entry in path.iterdir() if entry.name not in own and not _lock_journal(entry, path)]
    if any(not (marker.exists() and any(entry.match(left) for left in _LEFT)) for entry in found):
        raise FolderNotEmpty
    marker.touch()
    for entry in found:
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _lock_journal(entry: Path, path: Path) -> bool:
    """Return whether this is what SQLite keeps beside the held lock."""
    return entry.name.startswith(f"{DataFolder(path).lock.name}-")


def _make(folder: TrainingFolder, tell: Tell, count: int) -> None:
    point = training_point()
    staff = [NewAccount(a.name, a.password, a.display_name, a.role) for a in point.accounts]
    desk = begin_desk(folder.path, staff, training=True)
    tell("accounts")
    centre = init_centre(folder.centre, training=True, name="training centre")
    try:
        code = _fill(centre, point, desk, count)
        fill_photos(centre, persons(min(count, PICTURED)))
    finally:
        centre.close()
    tell("centre")
    with station("central", "serve", "--folder", str(folder.centre)) as server:
        join_centre(desk, server.reached()["url"], code, desk_no=point.desk_no, window=point.window)
    tell("desk")


def _fill(centre: OpenCentre, point: TrainingPoint, desk: NewDesk, count: int) -> str:
    imports.import_point(centre, point.code, point.name, point.region)
    imports.import_banks(centre, point.banks)
    members = [imports.StaffMember(a.account, a.display_name, a.role.value, a.public_key) for a in desk.accounts]
    imports.import_staff(centre, point.code, members)
    blanks = [
        imports.LentBlank(blank.identification_code, blank.card_number, blank.stock_no, point.desk)
        for blank in point.blanks
    ]
    imports.lend_blanks(centre, point.code, blanks)
    imports.import_persons(centre, point.region, persons(count))
    return imports.enrolment_code(centre, point.desk, point.code).text()
