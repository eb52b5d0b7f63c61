"""Opens an encrypted database file: SQLCipher 4 with a raw 32-byte key, through SQLAlchemy.

Every failure of the file or the disk leaves here as one of our own errors, because the engine translates them where
they arise. A wrong key and a damaged first page look the same to SQLCipher ("file is not a database"); `facts`
tells them apart by the check value it keeps.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, ExceptionContext, QueuePool, create_engine, event

from sscard_desk.domain.errors import StoreTrouble
from sscard_desk.domain.errors.store import DatabaseDamaged, DatabaseKeyWrong, DiskFull, DiskTrouble, FolderInUse
from sscard_desk.store.gate import Gate

KEY_BYTES: Final = 32
OLDEST_SQLITE: Final = (3, 51, 3)
"""Older versions have a fault in resetting the WAL that loses committed pages."""

BUSY_MS: Final = 10_000
_PRIMARY: Final = 0xFF
_CONNECTIONS: Final = 3
_MORE_AT_PEAKS: Final = 5

Synchronous = Literal["FULL", "NORMAL", "OFF"]


def check_sqlite(found: tuple[int, ...] = sqlcipher3.dbapi2.sqlite_version_info) -> None:
    """Make sure that the SQLite inside SQLCipher is new enough.

    Raises:
        RuntimeError: it is too old to keep data safely; the installation is wrong.
    """
    if found < OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {found} loses committed pages; {OLDEST_SQLITE} or newer is needed")


def open_engine(
    path: Path, key: bytes, *, synchronous: Synchronous = "FULL", cache_mb: int = 8, key_proved: bool = False
) -> Engine:
    """Return an engine on an encrypted file; the file is made by the first write if it is not there.

    Args:
        path: the database file.
        key: 32 random bytes, used as they are (no key derivation).
        synchronous: FULL where a commit must survive a power cut, NORMAL for what can be fetched again.
        cache_mb: page cache per connection.
        key_proved: the key is known to be right, so what cannot be decrypted is damaged.

    Raises:
        ValueError: the key has another length.
    """
    check_sqlite()
    if len(key) != KEY_BYTES:
        raise ValueError(f"a database key has {KEY_BYTES} bytes")
    gate = Gate(path, key)

    def connect() -> Any:
        gate.wait_open()
        connection = keyed_connection(path, gate.key)
        try:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute(f"PRAGMA cache_size = -{cache_mb * 1024}")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            # what a row is replaced by is deleted first, so that what may not be deleted is not replaced either
            connection.execute("PRAGMA recursive_triggers = ON")
            # the first statements that touch the file: here a wrong key shows
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(f"PRAGMA synchronous = {synchronous}")
        except sqlcipher3.dbapi2.Error as error:
            connection.close()
            raise translated(error, key_proved=key_proved) from None
        return connection

    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher3.dbapi2,
        creator=connect,
        poolclass=QueuePool,
        pool_size=_CONNECTIONS,
        max_overflow=_MORE_AT_PEAKS,
        hide_parameters=True,  # an error tells its statement, never the values: they are names and numbers
    )
    event.listen(engine, "begin", _begin)
    gate.stand_before(engine)

    def own_error(context: ExceptionContext) -> None:
        error = context.original_exception
        if int(getattr(error, "sqlite_errorcode", None) or 0) & _PRIMARY in _OURS:
            # anything else (a constraint, a wrong statement) is a defect and keeps its own type
            raise translated(error, key_proved=key_proved) from None

    event.listen(engine, "handle_error", own_error)
    return engine


def keyed_connection(path: Path, key: bytes) -> Any:
    """Return a bare connection to an encrypted file; nothing of it was read yet."""
    connection = sqlcipher3.dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    # its log goes to stderr, where a verb of the command line promises its own last line
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection inside `BEGIN IMMEDIATE`; commit at the end, roll back on any exception.

    Raises:
        DiskFull, DiskTrouble: nothing was kept.
        FolderInUse: another process held the database for longer than 10 s.
    """
    with engine.connect().execution_options(sscard_write=True) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one state of the database throughout."""
    with engine.connect() as connection, connection.begin():
        yield connection


def translated(error: BaseException, *, key_proved: bool = False) -> StoreTrouble:
    """Return our own error for one of SQLite's."""
    name = str(getattr(error, "sqlite_errorname", None) or "SQLITE_ERROR")
    match int(getattr(error, "sqlite_errorcode", None) or 0) & _PRIMARY:
        case sqlite3.SQLITE_FULL:
            return DiskFull()
        case sqlite3.SQLITE_NOTADB:
            return DatabaseDamaged() if key_proved else DatabaseKeyWrong()
        case sqlite3.SQLITE_CORRUPT:
            return DatabaseDamaged()
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return FolderInUse()
        case _:
            return DiskTrouble(reason=name)


_OURS: Final = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
    }
)


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("sscard_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
