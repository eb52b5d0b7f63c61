"""Pictures and scans under their SHA-256, and which service points brought them."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import Connection, delete, select

from sscard_desk.central.store import bodies
from sscard_desk.central.store.conflict_tables import blob_moved
from sscard_desk.central.store.rows import among, insert_new
from sscard_desk.central.store.tables import blob_point
from sscard_desk.central.store.upsert import put


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
    belongs to an application that went to another service point meanwhile is kept as that one's.

    Raises:
        BlobFolderAway, BlobFolderFull: nothing is kept.
    """
    names = tuple(hashlib.sha256(body).hexdigest() for body in brought)
    named = sorted(dict(zip(names, brought, strict=True)).items())
    bodies.keep(connection, named)
    gone = _moved(connection, point, names)
    insert_new(connection, blob_point, [{"blob": name, "point": gone.get(name, point)} for name, _ in named])
    return names


def move(connection: Connection, old: str, new: str, names: Sequence[str]) -> None:
    """Let pictures and scans belong to another service point, also those that are brought only later."""
    if not names:
        return
    there = at_point(connection, old, names)
    connection.execute(delete(blob_point).where(blob_point.c.point == old, blob_point.c.blob.in_(names)))
    insert_new(connection, blob_point, [{"blob": name, "point": new} for name in sorted(there)])
    connection.execute(delete(blob_moved).where(blob_moved.c.point == new, blob_moved.c.blob.in_(names)))
    for name in sorted(names):
        put(connection, blob_moved, blob=name, point=old, to_point=new)


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
