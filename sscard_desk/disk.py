"""Files that are there whole or not at all, readable by this account of the system only."""

import contextlib
import errno
import os
import secrets
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from sscard_desk.domain.errors import StoreTrouble
from sscard_desk.domain.errors.store import DiskFull, DiskLow, DiskTrouble

PRIVATE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700
LOW_MB: Final = 500
"""A day at a busy counter needs about 50 MB of pictures and scans; ten days are left to make room."""
_AT_ONCE: Final = 16
_REPLACE_TRIES: Final = 5
_REPLACE_WAIT_S: Final = 0.02
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


def write_whole(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file beside its place, force it to the disk, then put it in its place in one step.

    Raises:
        DiskFull, DiskTrouble: what stood at the place before still stands there.
    """
    write_named(path.parent, parts, lambda: path.name)


def write_named(folder: Path, parts: Iterable[bytes], name: Callable[[], str]) -> Path:
    """Write a file as `write_whole` does, under a name that is known once its parts were gone through, one by one.

    Raises:
        DiskFull, DiskTrouble: what stood at the place before still stands there.
    """
    beside = folder / f"{secrets.token_hex(8)}.part"
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), PRIVATE)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        path = folder / name()
        _into_place(beside, path)
        sync_folder(folder)
    except BaseException as error:  # what the parts come from may break off too
        with contextlib.suppress(OSError):
            beside.unlink()
        if isinstance(error, OSError):
            raise trouble(error) from error
        raise
    return path


def write_many(files: Mapping[Path, bytes], folders: Collection[Path] = ()) -> None:
    """Write files as `write_whole` does, all of them forced to the disk together: that costs little more than one.

    Args:
        files: what to write, by place; their folders are there.
        folders: further folders to be forced, in which something was made.

    Raises:
        DiskFull, DiskTrouble: some may stand in their places, each whole.
    """
    beside = {path: path.with_name(f"{secrets.token_hex(8)}.part") for path in files}
    try:
        with ThreadPoolExecutor(_AT_ONCE, "disk") as together:
            list(together.map(lambda path: _write_beside(beside[path], files[path]), files))
            for path, part in beside.items():
                _into_place(part, path)
            list(together.map(sync_folder, {path.parent for path in files} | set(folders)))
    except OSError as error:
        # every thread has ended: what one of them still wrote is there to be removed
        for part in beside.values():
            with contextlib.suppress(OSError):
                part.unlink()
        raise trouble(error) from error


def _write_beside(part: Path, body: bytes) -> None:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def make_folder(path: Path) -> None:
    """Make a folder that only this account of the system may enter.

    Raises:
        DiskFull, DiskTrouble: it could not be made.
    """
    try:
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise trouble(error) from error


def need_room(folder: Path, at_least_mb: int = LOW_MB) -> None:
    """Warn before the disk is full.

    Raises:
        DiskLow: less is free where the folder lies.
        DiskTrouble: the system does not say.
    """
    try:
        free_mb = shutil.disk_usage(folder).free // 1_000_000
    except OSError as error:
        raise trouble(error) from error
    if free_mb < at_least_mb:
        raise DiskLow(free_mb=free_mb)


def trouble(error: OSError) -> StoreTrouble:
    """Return our own error for one of the system's; it names no path."""
    if error.errno in _NO_ROOM:
        return DiskFull()
    return DiskTrouble(reason=errno.errorcode.get(error.errno or 0, "OSError"))


def _into_place(beside: Path, path: Path) -> None:
    for _ in range(_REPLACE_TRIES):
        try:
            beside.replace(path)
        except PermissionError:
            time.sleep(_REPLACE_WAIT_S)  # Windows refuses while another process reads what stands there
        else:
            return
    beside.replace(path)


def sync_folder(folder: Path) -> None:
    """Force to the disk which files a folder has.

    Raises:
        OSError: the folder cannot be opened or forced.
    """
    if os.name != "posix":
        return  # Windows keeps a rename with the file system's own journal and opens no folder for fsync
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
