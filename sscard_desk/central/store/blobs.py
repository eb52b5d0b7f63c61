"""Pictures and scans under their SHA-256, and which service points brought them."""

import hashlib
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, LargeBinary, delete, func, literal, or_, select

from sscard_desk.central.migrations import POSTGRESQL
from sscard_desk.central.store import bodies, turns
from sscard_desk.central.store.conflict_tables import blob_moved
from sscard_desk.central.store.rows import among, insert_new
from sscard_desk.central.store.tables import application, blob_point, desk, entry
from sscard_desk.central.store.upsert import put
from sscard_desk.wire.blob_names import names_in


def at_point(connection: Connection, point: str, names: Sequence[str]) -> set[str]:
    """Return which of these names a service point has brought."""
    query = select(blob_point.c.blob).where(blob_point.c.point == point, among(connection, blob_point.c.blob, names))
    return {row.blob for row in connection.execute(query)}


def name_of(body: bytes) -> str:
    """Return the name of a blob: SHA-256 as 64 hex characters."""
    return hashlib.sha256(body).hexdigest()


def hold(connection: Connection, body: bytes) -> str:
    """Keep a blob, once, as nobody's: no service point reaches it by its name; return its name."""
    name = hashlib.sha256(body).hexdigest()
    bodies.keep(connection, [(name, body)])
    while name not in bodies.lock(connection, [name], share=True):
        bodies.keep(connection, [(name, body)])  # somebody dropped it meanwhile
    return name


def keep_all(connection: Connection, point: str, brought: Sequence[bytes]) -> tuple[str, ...]:
    """Keep blobs, each once, as brought by a service point; return their names.

    They are written in order of their names: two that bring the same ones wait for each other, never both. What
    belongs to an application that went to another service point meanwhile is kept as that one's, and as this one's too
    where others here have it.

    Raises:
        BlobFolderAway, BlobFolderFull: nothing is kept.
    """
    names = tuple(hashlib.sha256(body).hexdigest() for body in brought)
    named = sorted(dict(zip(names, brought, strict=True)).items())
    turns.take(connection, turns.BLOB, turns.at(point, names), share=True)
    bodies.keep(connection, named)
    gone = _moved(connection, point, names)
    here = named_at(connection, point, gone)
    whose = [(name, gone.get(name, point)) for name, _ in named] + [(name, point) for name in here]
    insert_new(connection, blob_point, [{"blob": name, "point": at} for name, at in sorted(whose)])
    return names


def move(connection: Connection, old: str, new: str, names: Sequence[str], subject: str) -> None:
    """Let an application's pictures and scans belong to another service point, also those that come only later.

    What others of the old point have too stays there as well.

    Args:
        connection: a writing transaction.
        old: the service point that has it.
        new: where it goes.
        names: its pictures and scans.
        subject: the application.
    """
    if not names:
        return
    turns.take(connection, turns.BLOB, turns.at(old, names) | turns.at(new, names))
    there = at_point(connection, old, names)
    gone = sorted(set(names) - named_at(connection, old, names, but=subject))
    connection.execute(delete(blob_point).where(blob_point.c.point == old, blob_point.c.blob.in_(gone)))
    insert_new(connection, blob_point, [{"blob": name, "point": new} for name in sorted(there)])
    connection.execute(delete(blob_moved).where(blob_moved.c.point == new, blob_moved.c.blob.in_(names)))
    for name in sorted(names):
        put(connection, blob_moved, blob=name, point=old, to_point=new)


def named_at(connection: Connection, point: str, names: Collection[str], *, but: str = "") -> set[str]:
    """Return which of these are named by what a service point has; linear in that, read inside the database.

    Args:
        connection: a transaction.
        point: whose applications, lists and batches are looked through.
        names: pictures and scans.
        but: an application that does not count.
    """
    if not names:
        return set()
    wanted = [literal(name.encode(), LargeBinary) for name in sorted(names)]
    if connection.dialect.name == POSTGRESQL:
        named = or_(*(func.position(name.op("IN")(entry.c.payload)) > 0 for name in wanted))
    else:
        named = or_(*(func.instr(entry.c.payload, name) > 0 for name in wanted))
    desks = select(desk.c.id).where(desk.c.point == point)
    # a list or a batch has no row of its own, and stays with the desks that keep it
    whose = (application.c.point == point) | (application.c.subject.is_(None) & entry.c.desk.in_(desks))
    query = (
        select(entry.c.payload)
        .select_from(entry.outerjoin(application, application.c.subject == entry.c.subject))
        .where(whose, entry.c.subject != but, entry.c.payload.is_not(None), named)
    )
    return {name for payload in connection.execute(query).scalars() for name in names_in(payload)} & set(names)


def _moved(connection: Connection, point: str, names: Sequence[str]) -> dict[str, str]:
    rows = connection.execute(
        select(blob_moved.c.blob, blob_moved.c.to_point).where(
            blob_moved.c.point == point, among(connection, blob_moved.c.blob, names)
        )
    )
    return {row.blob: row.to_point for row in rows}


def find(connection: Connection, point: str, name: str) -> bytes | None:
    """Return a blob that a service point has brought, or None.

    Raises:
        BlobDamaged, BlobFolderAway: it was brought, and its file is not as it was.
    """
    return bodies.find(connection, name) if at_point(connection, point, [name]) else None
