"""The record of acts at the centre: only added to, each entry chained to the one before by a keyed hash.

Whoever owns the database but not the centre's folder cannot make an entry that holds. Cutting the newest entries off
is seen only against a number and hash noted elsewhere (`central audit --verify` prints them; see docs/threats.md).
"""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, Connection, LargeBinary, Table, Text, insert, select

from sscard_desk.central.migrations import POSTGRESQL
from sscard_desk.central.store.tables import metadata

Record = Callable[[Connection, str], None]
"""Notes in a writing transaction what it does, and to what."""
FIRST: Final = bytes(32)
"""What stands before the first entry."""
_TURN: Final = 0x55CB
"""Key of the advisory lock under which one transaction at a time adds an entry."""
_CHUNK: Final = 5_000

audit: Final = Table(
    "audit",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("operator", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("prev", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)


@dataclass(frozen=True)
class Act:
    """One act.

    Attributes:
        seq: counts from 1 without a gap.
        at_ms: the centre's time, milliseconds since 1970 UTC.
        operator: who; `console:` and an account of the system for the command line, empty for somebody who did not
            sign in.
        act: a word of `admin.acts`.
        object: key of what it was done to, never a person's number or name.
        outcome: `done`, or the code of the error.
    """

    seq: int
    at_ms: int
    operator: str
    act: str
    object: str
    outcome: str


def unrecorded(_connection: Connection, _on: str) -> None:
    """Note nothing: what a rule or a desk does is no act of an operator."""


def note(connection: Connection, key: bytes, *, at_ms: int, operator: str, act: str, on: str, outcome: str) -> None:
    """Add an act, last in its transaction.

    Args:
        connection: the writing transaction of the act.
        key: 32 bytes that chain the record.
        at_ms: the centre's time.
        operator: who.
        act: what.
        on: to what.
        outcome: what became of it.
    """
    if connection.dialect.name == POSTGRESQL:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock($1)", (_TURN,))
    newest = connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).first()
    seq, prev = (newest.seq + 1, newest.hash) if newest else (1, FIRST)
    made = Act(seq, at_ms, operator, act, on, outcome)
    connection.execute(insert(audit).values(vars(made) | {"prev": prev, "hash": _hash(key, prev, made)}))


def acts(connection: Connection, *, operator: str | None = None, before: int = 0, most: int = 100) -> list[Act]:
    """Return the newest acts, newest first.

    Args:
        connection: a reading transaction.
        operator: of one operator alone; `console` for every account of the system.
        before: none with this seq or a later one; 0 for the newest.
        most: at most so many.
    """
    query = select(*_ACT).order_by(audit.c.seq.desc()).limit(most)
    if operator is not None:
        query = query.where(
            (audit.c.operator == operator) | audit.c.operator.startswith(f"{operator}:", autoescape=True)
        )
    if before:
        query = query.where(audit.c.seq < before)
    return [Act(**row._asdict()) for row in connection.execute(query)]


def verify(connection: Connection, key: bytes) -> tuple[int, bytes, int | None]:
    """Look at every entry anew.

    Returns:
        The newest seq and its hash, and the first seq that does not hold, or None.
    """
    seq, prev = 0, FIRST
    for made, before, said in _all(connection):
        seq += 1
        right = made.seq == seq and before == prev and hmac.compare_digest(said, _hash(key, before, made))
        if not right:
            return made.seq, said, made.seq
        prev = said
    return seq, prev, None


def _all(connection: Connection) -> Iterator[tuple[Act, bytes, bytes]]:
    after = 0
    while True:
        query = select(*_ACT, audit.c.prev, audit.c.hash).where(audit.c.seq > after).order_by(audit.c.seq)
        rows = connection.execute(query.limit(_CHUNK)).all()
        for row in rows:
            *values, before, said = row
            yield Act(*values), before, said
        if len(rows) < _CHUNK:
            return
        after = rows[-1].seq


def _hash(key: bytes, prev: bytes, made: Act) -> bytes:
    return hmac.digest(key, prev + msgspec.msgpack.encode(tuple(vars(made).values())), hashlib.sha256)


_ACT: Final = (audit.c.seq, audit.c.at_ms, audit.c.operator, audit.c.act, audit.c.object, audit.c.outcome)
