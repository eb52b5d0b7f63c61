"""The desk's own append-only journal: gapless numbers, each entry naming the hash of the one before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from sscard_desk.domain.errors.store import JournalBroken
from sscard_desk.domain.events import Event
from sscard_desk.store import tables
from sscard_desk.wire.entry import GENESIS, Entry, Header, Place, write_entry


@dataclass(frozen=True)
class Author:
    """Who writes, where and when: what goes into each header of a transaction."""

    desk: str
    training: bool
    actor: str
    now: datetime
    clock_offset: int | None


def head(connection: Connection) -> tuple[int, bytes]:
    """Return (seq, hash) of the last entry; (0, 32 zero bytes) for an empty journal."""
    found = connection.execute(
        select(tables.entry.c.seq, tables.entry.c.hash).order_by(tables.entry.c.seq.desc()).limit(1)
    ).one_or_none()
    return (0, GENESIS) if found is None else (found.seq, found.hash)


def last_header(connection: Connection) -> Header:
    """Return the header of the newest entry.

    Raises:
        sqlalchemy.exc.NoResultFound: the journal is empty.
    """
    newest = select(tables.entry.c.header).order_by(tables.entry.c.seq.desc()).limit(1)
    return Entry(header=connection.execute(newest).scalar_one(), payload=None, salt=None).read_header()


def append(connection: Connection, author: Author, event: Event, *, subject: str, base_version: int) -> int:
    """Write the next entry and return its number in this database's history.

    The transaction must hold the write lock already, so that no other takes this seq.

    Args:
        connection: inside `BEGIN IMMEDIATE`.
        author: who acts.
        event: what happened.
        subject: random key of what it is about.
        base_version: the centre's version of the subject that this desk has seen.
    """
    seq, prev_hash = head(connection)
    entry = write_entry(
        Place(desk=author.desk, seq=seq + 1, prev_hash=prev_hash, training=author.training),
        event,
        subject=subject,
        base_version=base_version,
        actor=author.actor,
        now=author.now,
        clock_offset=author.clock_offset,
    )
    header = entry.read_header()
    payload, salt = entry.payload or b"", entry.salt or b""
    connection.execute(
        insert(tables.entry),
        {
            "seq": header.seq,
            "entry_id": header.entry_id,
            "kind": header.kind,
            "subject": subject,
            "header": entry.header,
            "hash": entry.hash,
            "size": len(entry.header) + len(payload) + len(salt),
        },
    )
    connection.execute(insert(tables.payload), {"seq": header.seq, "payload": payload, "salt": salt})
    return note_act(connection, header)


def note_act(connection: Connection, header: Header) -> int:
    """Put an entry, own or foreign, at the end of its subject's history; return its number there."""
    result = connection.execute(
        insert(tables.act),
        {
            "subject": header.subject,
            "desk": header.desk,
            "seq": header.seq,
            "kind": header.kind,
            "at_ms": header.recorded_at,
            "actor": header.actor,
        },
    )
    return int(result.inserted_primary_key[0]) if result.inserted_primary_key else 0


def last_act(connection: Connection, subject: str) -> int:
    """Return the number of a subject's newest act in this database's history, 0 without any."""
    newest = select(func.coalesce(func.max(tables.act.c.id), 0)).where(tables.act.c.subject == subject)
    return int(connection.execute(newest).scalar_one())


def entries(connection: Connection, after: int = 0) -> Iterator[Entry]:
    """Yield own entries in order of seq, erased ones without payload."""
    rows = connection.execute(
        select(tables.entry.c.header, tables.payload.c.payload, tables.payload.c.salt)
        .outerjoin(tables.payload, tables.payload.c.seq == tables.entry.c.seq)
        .where(tables.entry.c.seq > after)
        .order_by(tables.entry.c.seq)
    )
    for row in rows:
        yield Entry(header=row.header, payload=row.payload, salt=row.salt)


def erase_payload(connection: Connection, seq: int) -> None:
    """Drop what an entry said; its header stays, so the chain goes on through it."""
    connection.execute(delete(tables.payload).where(tables.payload.c.seq == seq))


def check_chain(connection: Connection) -> int:
    """Go through the whole journal; return how many entries it has.

    Raises:
        JournalBroken: at the first entry whose number, link, hash or payload does not hold.
    """
    expected, prev_hash = 1, GENESIS
    kept = connection.execute(select(tables.entry.c.seq, tables.entry.c.hash).order_by(tables.entry.c.seq))
    for entry, row in zip(entries(connection), kept, strict=True):
        try:
            header = entry.read_header()
        except msgspec.MsgspecError as error:
            raise JournalBroken(seq=expected, reason="header") from error
        if row.seq != expected or header.seq != expected:
            raise JournalBroken(seq=expected, reason="gap")
        if header.prev_hash != prev_hash:
            raise JournalBroken(seq=expected, reason="link")
        if row.hash != entry.hash:
            raise JournalBroken(seq=expected, reason="hash")
        if not entry.payload_fits():
            raise JournalBroken(seq=expected, reason="payload")
        expected, prev_hash = expected + 1, entry.hash
    return expected - 1
