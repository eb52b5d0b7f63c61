"""What the centre holds of a subject that is to be erased, and the statements that erase it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, select, union, update

from sscard_desk.central.store import bodies
from sscard_desk.central.store.blob_parts import blob_part
from sscard_desk.central.store.conflict_tables import blob_moved, card_released, correction, transfer
from sscard_desk.central.store.erasures import note_names
from sscard_desk.central.store.feeds import Change, gone_rows
from sscard_desk.central.store.photos import photo_release, register_photo, studio_photo
from sscard_desk.central.store.rows import among as one_of
from sscard_desk.central.store.tables import application, blob_point, desk, entry, feed, item
from sscard_desk.domain.events import PayloadErased
from sscard_desk.wire.feed import TRANSFER, point_scope

CHUNK: Final = 2_000
_UNDECIDED: Final = frozenset({"conflict", "refused"})


@dataclass(frozen=True)
class KeptEntry:
    """An entry of a subject: its id and hash, whether it was taken, and what it says, None once that was erased."""

    entry_id: str
    hash: bytes
    taken: bool
    payload: bytes | None = field(repr=False)


def entries_of(connection: Connection, subject: str, *, hold: bool = True) -> list[KeptEntry]:
    """Return what is kept of a subject, but for what explains erasures.

    Args:
        connection: a transaction.
        subject: an application, a list or a batch.
        hold: nobody changes it before the transaction ends.
    """
    query = select(entry.c.entry_id, entry.c.hash, entry.c.outcome, entry.c.payload)
    mine = query.where((entry.c.subject == subject) & (entry.c.kind != PayloadErased.kind))
    ordered = mine.order_by(entry.c.desk, entry.c.seq)
    rows = connection.execute(ordered.with_for_update() if hold else ordered)
    return [KeptEntry(row.entry_id, row.hash, row.outcome not in _UNDECIDED, row.payload) for row in rows]


def desks_of(connection: Connection, subjects: Collection[str]) -> dict[str, set[str]]:
    """Return for each subject the desks that wrote entries of it, but for what explains erasures."""
    found = {subject: set[str]() for subject in subjects}
    query = select(entry.c.subject, entry.c.desk).where(
        one_of(connection, entry.c.subject, subjects), entry.c.kind != PayloadErased.kind
    )
    for subject, by in connection.execute(query.distinct()):
        found[subject].add(by)
    return found


def scopes_of_writers(connection: Connection, subject: str) -> set[str]:
    """Return the scopes of the service points whose desks wrote of a subject, also of what was never taken.

    Args:
        connection: a transaction.
        subject: an application, a list or a batch.
    """
    wrote = select(desk.c.point).distinct().join(entry, entry.c.desk == desk.c.id).where(entry.c.subject == subject)
    return {point_scope(code) for code in connection.execute(wrote).scalars()}


def items_of(connection: Connection, ids: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    """Return in which scopes entries were published, each as (entry id, version)."""
    found: dict[str, list[tuple[str, int]]] = {}
    for start in range(0, len(ids), CHUNK):
        some = item.c.id.in_(ids[start : start + CHUNK])
        scopes = connection.execute(select(item.c.scope).distinct().where(item.c.kind == "entry", some)).scalars().all()
        for scope in scopes:
            rows = connection.execute(
                select(item.c.id, item.c.version).where(item.c.scope == scope, item.c.kind == "entry", some)
            )
            found.setdefault(scope, []).extend((row.id, row.version) for row in rows)
    return found


def payloads_at(connection: Connection, points: Collection[str], after: dict[str, int]) -> Iterator[tuple[str, bytes]]:
    """Yield (subject, payload) of what desks of these points wrote after a seq of each; linear in that.

    Args:
        connection: a transaction.
        points: service points.
        after: seq by desk, moved on as rows are read.
    """
    desks = connection.execute(select(desk.c.id).where(desk.c.point.in_(sorted(points))).order_by(desk.c.id))
    for one in desks.scalars().all():
        while True:
            rows = connection.execute(
                select(entry.c.seq, entry.c.subject, entry.c.payload)
                .where(entry.c.desk == one, entry.c.seq > after.get(one, 0))
                .order_by(entry.c.seq)
                .limit(CHUNK)
            ).all()
            if not rows:
                break
            after[one] = rows[-1].seq
            yield from ((row.subject, row.payload) for row in rows if row.payload is not None)


def points_of_blobs(connection: Connection, names: Collection[str]) -> set[str]:
    """Return the service points that any of these belongs to or ever did."""
    ordered = sorted(names)
    now = select(blob_point.c.point).where(blob_point.c.blob.in_(ordered))
    left = select(blob_moved.c.point).where(blob_moved.c.blob.in_(ordered))
    gone_to = select(blob_moved.c.to_point).where(blob_moved.c.blob.in_(ordered))
    return set(connection.execute(union(now, left, gone_to)).scalars())


def erase_rows(connection: Connection, subject: str) -> None:
    """Erase what entries of a subject say, its state, and what its conflicts held; headers and hashes stay."""
    mine = (entry.c.subject == subject) & (entry.c.kind != PayloadErased.kind)
    connection.execute(update(entry).where(mine).values(payload=None, salt=None, current=b"", reason=""))
    connection.execute(delete(application).where(application.c.subject == subject))
    nothing = msgspec.msgpack.encode(())
    connection.execute(update(correction).where(correction.c.subject == subject).values(differences=nothing, person=""))
    connection.execute(update(transfer).where(transfer.c.subject == subject).values(reason="", answer=""))
    connection.execute(update(card_released).where(card_released.c.subject == subject).values(reason=""))
    of_it = photo_release.c.application == subject
    connection.execute(update(photo_release).where(of_it).values(id_number="", receipt="", blob=""))


def hide_words(connection: Connection, scope: str, subject: str) -> list[Change]:
    """Empty what the feed of a scope told of a transfer in words, for desks that are behind too; return its end."""
    told = (feed.c.scope == scope) & (feed.c.kind == TRANSFER) & (feed.c.id == subject)
    gone = gone_rows(connection, scope, TRANSFER, [subject])
    connection.execute(update(feed).where(told).values(body=b"", deleted=1))
    return gone


def drop_blobs(connection: Connection, names: Collection[str], now_ms: int) -> int:
    """Drop blobs, and keep their names so that one that comes late is not kept; return how many were here."""
    ordered = sorted(names)
    if not ordered:
        return 0
    bodies.lock(connection, ordered)
    for table in (register_photo, studio_photo):
        held = set(connection.execute(select(table.c.blob).where(table.c.blob.in_(ordered))).scalars())
        ordered = [name for name in ordered if name not in held]  # the register's own picture is not an application's
    connection.execute(delete(blob_point).where(blob_point.c.blob.in_(ordered)))
    connection.execute(delete(blob_part).where(blob_part.c.blob.in_(ordered)))
    here = bodies.drop(connection, ordered)
    note_names(connection, ordered, now_ms)
    return here
