"""Turns that two transactions take where no row stands that both could hold.

PostgreSQL only: whoever writes to SQLite is alone. A turn ends with its transaction. Names share 64 locks of each kind,
so that a large batch does not fill the server's table of locks; two that meet by chance wait for each other a moment.
"""

import hashlib
from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection

from sscard_desk.central.migrations import POSTGRESQL

SUBJECT: Final = "subject"
"""Of an application that has no row yet, a list or a batch: begun by pushes, ended by an erasure."""
BLOB: Final = "blob"
"""Of a picture at a service point: brought by its desks, taken elsewhere by a transfer."""
LOCKS: Final = 64
_ALONE: Final = "SELECT count(pg_advisory_xact_lock(turn)) FROM unnest($1::bigint[]) AS turn"
_SHARED: Final = "SELECT count(pg_advisory_xact_lock_shared(turn)) FROM unnest($1::bigint[]) AS turn"


def take(connection: Connection, kind: str, names: Collection[str], *, share: bool = False) -> None:
    """Wait for a turn for each of these names, in one order for everybody.

    Args:
        connection: a writing transaction; what it reads from now on is what those before it have left.
        kind: `SUBJECT` or `BLOB`.
        names: of that kind.
        share: wait only for whoever does not share.
    """
    if names and connection.dialect.name == POSTGRESQL:
        turns = sorted({_turn(kind, name) for name in names})
        connection.exec_driver_sql(_SHARED if share else _ALONE, (turns,))


def at(point: str, names: Collection[str]) -> set[str]:
    """Return what pictures are called where they belong to a service point."""
    return {f"{point}\t{name}" for name in names}


def _turn(kind: str, name: str) -> int:
    """Return a key of the server's: the kind above, one of 64 below; 0x55CA alone is the migrations'."""
    high = int.from_bytes(hashlib.sha256(kind.encode()).digest()[:3], "big")
    return high << 32 | hashlib.sha256(name.encode()).digest()[0] % LOCKS
