"""One window and one sync agent per data folder.

The lock is an exclusive transaction on a file that holds nothing: SQLite locks files on Windows and Linux alike, and
the system frees the lock when the process ends, however it ends.
"""

import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self

from sscard_desk.domain.errors.store import DiskTrouble, FolderInUse
from sscard_desk.store.facts import DataFolder


class FolderLock:
    """Held from entering to leaving a `with` block, or from `take` to `release`."""

    def __init__(self, folder: Path) -> None:
        self._path = DataFolder(folder).lock
        self._connection: sqlite3.Connection | None = None

    def take(self) -> None:
        """Take the lock at once.

        Raises:
            FolderInUse: another window has it.
            DiskTrouble: the lock file cannot be made.
        """
        if self._connection is not None:
            raise FolderInUse
        connection = None
        try:
            connection = sqlite3.connect(self._path, timeout=0, isolation_level=None, check_same_thread=False)
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if connection is not None:
                connection.close()
            if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise FolderInUse from None
            raise DiskTrouble(reason=error.sqlite_errorname) from error
        self._connection = connection

    def release(self) -> None:
        """Give the lock back; doing so twice is no trouble."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
