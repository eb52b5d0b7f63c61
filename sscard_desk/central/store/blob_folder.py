"""A folder of pictures and scans: each is a file under its SHA-256, there whole or not at all.

A file is written beside its place, forced to the disk and renamed; the folder that lists it is forced too. It is in
the open, as in the database: whoever runs the centre encrypts the disk (docs/threats.md). Several servers may share
the folder; a mark in it says whose it is, so that an empty mount point is never taken for it.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from sscard_desk.disk import PRIVATE_FOLDER, sync_folder, trouble, write_many, write_whole
from sscard_desk.domain.errors import StoreTrouble
from sscard_desk.domain.errors.blob_folder import BlobDamaged, BlobFolderAway, BlobFolderFull
from sscard_desk.domain.errors.store import DiskFull

MARK: Final = "centre-blobs"
PATH: Final = "blobs.path"
"""File of the centre's folder that says where the folder of blobs is."""
DEFAULT: Final = "blobs"
_LENGTH: Final = 64
_listed: Final = set[Path]()
"""Folders that this process has forced into the one above: at most 65,792 for each root."""


def root_of(centre_folder: Path) -> Path:
    """Return where a server looks for the folder: what `blobs.path` says, else `blobs` in the centre's own."""
    try:
        return Path((centre_folder / PATH).read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        return centre_folder / DEFAULT


def note_root(centre_folder: Path, root: Path) -> None:
    """Note where the folder is, for every process that works on the centre's folder."""
    write_whole(centre_folder / PATH, [f"{root.resolve()}\n".encode()])


class BlobFolder:
    """One folder; names are 64 hex characters, files lie two folders deep: `ab/cd/abcd...`."""

    def __init__(self, root: Path) -> None:
        """Look at nothing yet.

        Args:
            root: the folder.
        """
        self._root = root

    def mark(self) -> str:
        """Return whose folder it is; empty for none."""
        try:
            return (self._root / MARK).read_text(encoding="utf-8").strip()
        except OSError:
            return ""

    def is_new(self) -> bool:
        """Return whether nothing lies there, or no such folder is there."""
        return not self._root.exists() or not any(self._root.iterdir())

    def is_only_marked(self) -> bool:
        """Return whether a mark lies there and nothing else."""
        return [each.name for each in self._root.iterdir()] == [MARK]

    def begin(self, mark: str) -> None:
        """Make the folder and say whose it is.

        Raises:
            BlobFolderAway, BlobFolderFull: it could not be made.
        """
        try:
            self._root.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            sync_folder(self._root.parent)
            write_whole(self._root / MARK, [mark.encode()])
        except (OSError, StoreTrouble) as failed:
            raise _trouble(failed) from failed

    def need(self, mark: str) -> None:
        """Go on if it is the folder of this mark.

        Raises:
            BlobFolderAway: it is not there, or another centre's.
        """
        if self.mark() != mark:
            raise BlobFolderAway

    def free_bytes(self) -> int:
        """Return how much room there is.

        Raises:
            BlobFolderAway: it cannot be looked at, or nobody may write there.
        """
        try:
            if not os.access(self._root, os.W_OK):  # mounted again for reading alone, after a fault of the disk
                raise BlobFolderAway
            return shutil.disk_usage(self._root).free
        except OSError as failed:
            raise BlobFolderAway from failed

    def put(self, named: Sequence[tuple[str, bytes]]) -> None:
        """Write files, each in one step; they are on the disk when this returns.

        Args:
            named: (name, body).

        Raises:
            BlobFolderAway, BlobFolderFull: some of them may be there, whole.
        """
        files = {self._path(name): body for name, body in named}
        if not files:
            return
        try:
            made = [each for path in files for each in (path.parent.parent, path.parent) if each not in _listed]
            for each in dict.fromkeys(made):
                each.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            write_many(files, {each.parent for each in made})
            _listed.update(made)
        except (OSError, StoreTrouble) as failed:
            _listed.clear()  # somebody may have removed one of them
            raise _trouble(failed) from failed

    def get(self, name: str) -> bytes:
        """Return a file whose bytes are what its name says.

        Raises:
            BlobDamaged: it is not there, or has other bytes.
            BlobFolderAway: it cannot be read.
        """
        try:
            body = self._path(name).read_bytes()
        except FileNotFoundError as gone:
            raise BlobDamaged from gone
        except OSError as failed:
            raise BlobFolderAway from failed
        if hashlib.sha256(body).hexdigest() != name:
            raise BlobDamaged
        return body

    def has(self, name: str) -> bool:
        """Return whether there is such a file, without reading it."""
        return self._path(name).is_file()

    def remove(self, name: str) -> None:
        """Remove a file for good, if it is there.

        Raises:
            BlobFolderAway: it could not be removed.
        """
        path = self._path(name)
        try:
            path.unlink(missing_ok=True)
            if path.parent.is_dir():
                sync_folder(path.parent)
        except OSError as failed:
            raise BlobFolderAway from failed

    def names(self) -> Iterator[str]:
        """Yield the name of every file, sorted."""
        for path in self._files():
            if len(path.name) == _LENGTH:
                yield path.name

    def forget_parts(self, before_s: float) -> int:
        """Remove what was being written when a process was killed, if it is older than a time; return how many."""
        gone = 0
        for path in self._files():
            if path.suffix == ".part" and path.stat().st_mtime < before_s:
                path.unlink(missing_ok=True)
                gone += 1
        return gone

    def _files(self) -> Iterator[Path]:
        for first in sorted(each for each in self._root.iterdir() if each.is_dir()):
            for second in sorted(each for each in first.iterdir() if each.is_dir()):
                yield from sorted(second.iterdir())

    def _path(self, name: str) -> Path:
        if len(name) != _LENGTH or not name.isalnum():
            raise BlobDamaged
        return self._root / name[:2] / name[2:4] / name


def _trouble(failed: OSError | StoreTrouble) -> BlobFolderAway | BlobFolderFull:
    ours = trouble(failed) if isinstance(failed, OSError) else failed
    return BlobFolderFull() if isinstance(ours, DiskFull) else BlobFolderAway()
