"""The centre's database on SQLite: who reads sees one moment, who writes is alone.

The interpreter's own SQLite is too old for this (before 3.51.3 a reset of the write-ahead log can lose committed
pages), so the library comes from `sqlcipher3`. The file carries no key of its own: whoever runs the centre encrypts
its disk (see docs/threats.md). Everything outside this file is SQLAlchemy Core and knows no dialect.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import sqlcipher3.dbapi2
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool

from sscard_desk.central.migrations import level, migrate, ours
from sscard_desk.central.store.blob_sweep import sweep
from sscard_desk.central.store.bodies import OPTION
from sscard_desk.central.store.memory import Memory
from sscard_desk.central.store.pool import pool_in_use
from sscard_desk.central.store.sqlite_news import SqliteNews
from sscard_desk.central.store.transactions import News, Result
from sscard_desk.domain.errors.centre_database import DatabaseAway
from sscard_desk.domain.errors.store import DatabaseNewer

OLDEST_SQLITE = (3, 51, 3)
BUSY_MS = 30_000


class SqliteDatabase:
    """One file, one writer at a time, any number of readers."""

    def __init__(self, path: Path, folder: Path | None = None) -> None:
        """Open or make the database and bring its tables up to date.

        Args:
            path: the file.
            folder: the centre's, in which it notes where its blobs are; None for a database without a centre.

        Raises:
            DatabaseNewer: a newer program made it.
            RuntimeError: the SQLite library is older than `OLDEST_SQLITE`.
        """
        if sqlcipher3.dbapi2.sqlite_version_info < OLDEST_SQLITE:
            raise RuntimeError(f"SQLite {sqlcipher3.dbapi2.sqlite_version} is too old for the centre")
        self._path = path
        self._writer = Lock()
        self._engine = create_engine(
            "sqlite+pysqlite://",
            module=sqlcipher3.dbapi2,
            creator=lambda: _connect(path),
            poolclass=QueuePool,
            pool_size=8,
            max_overflow=40,
            # what a failed statement was given may be somebody's name: it goes into no exception and no log
            hide_parameters=True,
            execution_options={OPTION: folder},
        )
        event.listen(self._engine, "begin", _begin)
        with self.reading() as connection:
            found = level(connection)
        if found > ours():
            raise DatabaseNewer(found=found, ours=ours())
        with self.writing() as connection:
            migrate(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Begin a transaction that sees one moment and writes nothing."""
        with _had(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Begin a transaction that commits durably when the block ends without an exception."""
        with _had(), self._writer, self._engine.connect() as connection:
            alone = connection.execution_options(sscard_write=True)
            with alone.begin():
                yield alone

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Do work in a writing transaction; who writes is alone, so it is never done twice."""
        with self.writing() as connection:
            return work(connection)

    def news_for(self, memory: Memory) -> News:
        """Begin to tell a memory what anybody commits; it looks at each question whether the file has changed."""
        return SqliteNews(memory, _connect(self._path))

    def in_use(self) -> int:
        """Return how many connections somebody holds now."""
        return pool_in_use(self._engine)

    def forget_freed(self) -> None:
        """Remove files that are to go, and empty the log beside the database: it holds pages as they were.

        Readers put the second off.
        """
        sweep(self)
        with _had(), self._writer, self._engine.connect() as connection:
            raw = connection.connection.driver_connection
            if raw is not None:
                raw.execute("PRAGMA busy_timeout = 0")
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                raw.execute(f"PRAGMA busy_timeout = {BUSY_MS}")

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


@contextmanager
def _had() -> Iterator[None]:
    try:
        yield
    except OperationalError as failed:
        # locked for too long, or a full disk
        raise DatabaseAway from failed


def _connect(path: Path) -> Any:
    connection = sqlcipher3.dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _begin(connection: Connection) -> None:
    # the library's own BEGIN comes too late for a consistent read; SQLite needs to know a writer from the start
    alone = bool(connection.get_execution_options().get("sscard_write"))
    connection.exec_driver_sql("BEGIN IMMEDIATE" if alone else "BEGIN")
