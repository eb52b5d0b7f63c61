"""Requests seen before, for all workers of a database together."""

from sqlalchemy import Connection, delete, literal, select

from sscard_desk.central.migrations import POSTGRESQL
from sscard_desk.central.store.tables import nonce as nonces


def take(connection: Connection, desk: str, nonce: str, time_ms: int, *, alone: bool) -> bool:
    """Note a request; return whether it is the first of its kind.

    Alone, a crash of the database may forget the last of them: whatever changes something may come twice and changes
    nothing.

    Args:
        connection: a writing transaction.
        alone: nothing else is written in it, so nobody waits for the disk.
        desk: who asks.
        nonce: of the request.
        time_ms: the time that it says, milliseconds since 1970 UTC.
    """
    if alone and connection.dialect.name == POSTGRESQL:
        connection.exec_driver_sql("SET LOCAL synchronous_commit TO OFF")
    known = select(nonces.c.desk).where(nonces.c.desk == desk, nonces.c.nonce == nonce).exists()
    row = select(literal(desk), literal(nonce), literal(time_ms)).where(~known)
    return connection.execute(nonces.insert().from_select(["desk", "nonce", "time_ms"], row)).rowcount == 1


def forget(connection: Connection, before_ms: int) -> int:
    """Drop what is too old to be served anyhow; return how many."""
    return connection.execute(delete(nonces).where(nonces.c.time_ms < before_ms)).rowcount
