"""Copies an open encrypted database as of one moment."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from sscard_desk.store.engine import keyed_connection


def copy_database(engine: Engine, target: Path, key: bytes) -> None:
    """Copy an open database as of one moment into a new file; writers go on meanwhile (WAL).

    Args:
        engine: the open database.
        target: the new file.
        key: of the new file; the same or another one.

    Raises:
        DiskFull, DiskTrouble: the copy is not whole.
    """
    copy = keyed_connection(target, key)
    try:
        with engine.connect() as connection:
            source: Any = connection.connection.driver_connection
            source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, whole by itself
    finally:
        copy.close()
    target.chmod(0o600)
