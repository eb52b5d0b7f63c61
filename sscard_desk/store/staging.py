"""A large list while it comes: its parts in an encrypted file of their own, so that a restart goes on where it was.

One file holds the parts of every scope that is under way; its key follows from the database's, and after a change of
that what had come is fetched anew. A part is committed before more is asked for: a process that is killed loses the
part that was coming. NORMAL, since all of it can be fetched again; the file goes when nothing is under way.

What a stick brings has a file of its own beside it: the line may be at the same scope meanwhile.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import Connection, Engine

from sscard_desk.domain.errors.store import DatabaseDamaged
from sscard_desk.store import person_generations
from sscard_desk.store.engine import open_engine, reading, writing
from sscard_desk.wire.messages import SnapshotInfo

FILE: Final = "loading.db"
CARRIED: Final = "loading-stick.db"
LABEL: Final = b"sscard-desk loading"
CARRIED_LABEL: Final = b"sscard-desk loading from a stick"
PART_BYTES: Final = 131_072
PART_SECONDS: Final = 5.0
"""What came on a slow line is kept at the latest after so long."""
_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS staged (scope TEXT PRIMARY KEY, info BLOB NOT NULL)",
    """CREATE TABLE IF NOT EXISTS part (
        scope TEXT NOT NULL, first INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (scope, first))""",
)


class Staging:
    """What is under way in a data folder."""

    def __init__(self, path: Path, key: Callable[[], bytes]) -> None:
        """Look at nothing yet.

        Args:
            path: of the file.
            key: returns its key, 32 bytes, as it is today.
        """
        self._path, self._key = path, key

    def begin(self, info: SnapshotInfo, goes_on: Callable[[SnapshotInfo], bool]) -> "StagedFile":
        """Return what has come of a scope's file, or of an older one that is still good; else an empty one.

        Args:
            info: the centre's newest file of the scope.
            goes_on: whether an older file is worth being gone on with.

        Raises:
            DiskFull, DiskTrouble: nothing can be kept.
        """
        try:
            return self._begin(info, goes_on)
        except DatabaseDamaged:
            person_generations.remove(self._path)  # damaged, or under a key of before
            return self._begin(info, goes_on)

    def forget(self, passed: Callable[[SnapshotInfo], bool]) -> None:
        """Drop what was put in its place when a process was killed, and files of a key of before.

        Args:
            passed: whether a file is in its place already.
        """
        if not self._path.exists():
            return
        with suppress(DatabaseDamaged):
            engine = self._open()
            try:
                with writing(engine) as connection:
                    left = list(connection.exec_driver_sql("SELECT scope, info FROM staged").all())
                    for scope, body in left:
                        if passed(msgspec.msgpack.decode(body, type=SnapshotInfo)):
                            _drop(connection, scope)
                    empty = connection.exec_driver_sql("SELECT count(*) FROM staged").scalar_one() == 0
            finally:
                engine.dispose()
            if not empty:
                return
        person_generations.remove(self._path)

    def _begin(self, info: SnapshotInfo, goes_on: Callable[[SnapshotInfo], bool]) -> "StagedFile":
        engine = self._open()
        try:
            with writing(engine) as connection:
                said = connection.exec_driver_sql("SELECT info FROM staged WHERE scope = ?", (info.scope,)).scalar()
                known = None if said is None else msgspec.msgpack.decode(said, type=SnapshotInfo)
                if known is None or (known.sha256 != info.sha256 and not goes_on(known)):
                    _drop(connection, info.scope)
                    known = info
                    values = (info.scope, msgspec.msgpack.encode(info))
                    connection.exec_driver_sql("INSERT INTO staged (scope, info) VALUES (?, ?)", values)
                end = "SELECT coalesce(max(first + length(body)), 0) FROM part WHERE scope = ?"
                size = int(connection.exec_driver_sql(end, (info.scope,)).scalar_one())
            return StagedFile(self._path, engine, known, size)
        except BaseException:
            engine.dispose()
            raise

    def _open(self) -> Engine:
        engine = open_engine(self._path, self._key(), synchronous="NORMAL", cache_mb=1, key_proved=True)
        try:
            with writing(engine) as connection:
                for statement in _TABLES:
                    connection.exec_driver_sql(statement)
        except BaseException:
            engine.dispose()
            raise
        return engine


class StagedFile:
    """`ports.sync.Staged`: one file while it comes; used from one thread."""

    def __init__(self, path: Path, engine: Engine, info: SnapshotInfo, size: int) -> None:
        self._path, self._engine, self._info = path, engine, info
        self._kept, self._coming, self._since = size, bytearray(), time.monotonic()

    @property
    def info(self) -> SnapshotInfo:
        """Which file it is."""
        return self._info

    @property
    def size(self) -> int:
        """How many bytes from its beginning are here."""
        return self._kept + len(self._coming)

    def add(self, piece: bytes) -> None:
        """Take what comes next; full parts are committed.

        Raises:
            DiskFull, DiskTrouble: what was committed before is there.
        """
        self._coming += piece
        if len(self._coming) >= PART_BYTES or time.monotonic() - self._since >= PART_SECONDS:
            self.keep()

    def keep(self) -> None:
        """Commit what has come."""
        if self._coming:
            with writing(self._engine) as connection:
                values = (self._info.scope, self._kept, bytes(self._coming))
                connection.exec_driver_sql("INSERT INTO part (scope, first, body) VALUES (?, ?, ?)", values)
            self._kept += len(self._coming)
            self._coming.clear()
        self._since = time.monotonic()

    def clear(self) -> None:
        """Begin the same file anew."""
        with writing(self._engine) as connection:
            connection.exec_driver_sql("DELETE FROM part WHERE scope = ?", (self._info.scope,))
        self._kept = 0
        self._coming.clear()

    def is_whole(self) -> bool:
        """Return whether what is here has the file's hash; it is read once for that."""
        self.keep()
        found = hashlib.sha256()
        for part in self._parts():
            found.update(part)
        return found.hexdigest() == self._info.sha256

    def read(self) -> "PartReader":
        """Return the file to be read from its beginning, a part at a time."""
        return PartReader(self._parts())

    def drop(self) -> None:
        """Forget it: it is in its place, or not what it should be."""
        self._coming.clear()
        with writing(self._engine) as connection:
            _drop(connection, self._info.scope)
            left = int(connection.exec_driver_sql("SELECT count(*) FROM staged").scalar_one())
        if not left:
            self._engine.dispose()
            person_generations.remove(self._path)

    def close(self) -> None:
        """Close the file; what has come is kept."""
        try:
            self.keep()
        finally:
            self._engine.dispose()

    def _parts(self) -> Iterator[bytes]:
        at = 0
        while at < self._kept:
            with reading(self._engine) as connection:
                one = "SELECT body FROM part WHERE scope = ? AND first = ?"
                part: bytes = connection.exec_driver_sql(one, (self._info.scope, at)).scalar_one()
            yield part
            at += len(part)


class PartReader:
    """Bytes one part after the other, as a decompressor asks for them."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts, self._part, self._at = parts, b"", 0

    def read(self, size: int = -1) -> bytes:
        """Return up to so many of the next bytes; nothing at the end."""
        if self._at == len(self._part):
            self._part, self._at = next(self._parts, b""), 0
        end = len(self._part) if size < 0 else min(self._at + size, len(self._part))
        piece, self._at = self._part[self._at : end], end
        return piece


def _drop(connection: Connection, scope: str) -> None:
    connection.exec_driver_sql("DELETE FROM part WHERE scope = ?", (scope,))
    connection.exec_driver_sql("DELETE FROM staged WHERE scope = ?", (scope,))
