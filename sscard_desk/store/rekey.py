"""Gives an encrypted file another key, in one transaction of SQLCipher: killed at any moment, it has one of the two.

`PRAGMA rekey` writes every page again. Outside WAL the former pages lie in the rollback journal under the former key,
so a change that broke off is undone by whoever opens the file next. Whoever holds both keys can always open it.
"""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import sqlcipher3.dbapi2
from sqlalchemy import Engine

from sscard_desk.domain.errors.store import DatabaseDamaged, FolderInUse
from sscard_desk.store.engine import keyed_connection, translated
from sscard_desk.store.gate import gate_of

WAIT_S: Final = 5.0
"""For work that is under way; each piece of it takes milliseconds."""


def fitting(path: Path, keys: Sequence[bytes]) -> bytes | None:
    """Return which of these keys opens a file; None for none of them.

    Raises:
        DiskTrouble, FolderInUse: the file cannot be read just now.
    """
    for key in keys:
        connection = keyed_connection(path, key)
        try:
            connection.execute("PRAGMA busy_timeout = 10000")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlcipher3.dbapi2.Error as error:
            if getattr(error, "sqlite_errorname", "") != "SQLITE_NOTADB":
                raise translated(error) from None
        else:
            return key
        finally:
            connection.close()
    return None


def rekey(engine: Engine, key: bytes, wait_s: float = WAIT_S) -> None:
    """Give the file of an engine another key; the engine works on with it.

    Args:
        engine: of `open_engine`; nobody reads or writes through it meanwhile.
        key: the next key, 32 bytes.
        wait_s: for what is under way.

    Raises:
        FolderInUse: this or another process uses the file; it has its key still.
        DiskFull, DiskTrouble: likewise.
    """
    gate = gate_of(engine)
    with gate.shut(wait_s):
        gate.leave_pool(engine)
        connection = keyed_connection(gate.path, gate.key)
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            # leaves WAL, which SQLite does for the only connection of all processes alone
            (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            if mode != "delete":
                raise FolderInUse
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"")
        except sqlcipher3.dbapi2.Error as error:
            raise translated(error, key_proved=True) from None
        finally:
            with contextlib.suppress(sqlcipher3.dbapi2.Error):
                connection.close()
        found = fitting(gate.path, (key, gate.key))
        if found is None:
            raise DatabaseDamaged
        gate.key = found
        if found != key:
            raise FolderInUse
