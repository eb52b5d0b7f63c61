"""The centre's record of erasures, the requests for them, and the statements that erase."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    LargeBinary,
    Text,
    delete,
    func,
    insert,
    or_,
    select,
    union,
    update,
)
from sqlalchemy import Table as SqlTable

from sscard_desk.central.store import bodies
from sscard_desk.central.store.blob_parts import blob_part
from sscard_desk.central.store.conflict_tables import blob_moved, correction, transfer
from sscard_desk.central.store.feeds import Change, gone_rows
from sscard_desk.central.store.photos import photo_release, register_photo, studio_photo
from sscard_desk.central.store.rows import among as one_of
from sscard_desk.central.store.rows import insert_new
from sscard_desk.central.store.tables import application, blob_point, desk, entry, feed, item, metadata
from sscard_desk.domain.erasure import Why
from sscard_desk.domain.events import PayloadErased
from sscard_desk.wire.blob_names import names_in
from sscard_desk.wire.entry import decode_event
from sscard_desk.wire.erasure import ErasureOrder
from sscard_desk.wire.feed import TRANSFER, point_scope

erasure: Final = SqlTable(
    "erasure",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("why", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("operator", Text, nullable=False),
    Column("entries", BigInteger, nullable=False),
    Column("blobs", BigInteger, nullable=False),
    Column("digest", Text, nullable=False),
    Column("seal", LargeBinary, nullable=False),
)
erasure_request: Final = SqlTable(
    "erasure_request",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("desk", Text, nullable=False),
    Column("asked_ms", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("operator", Text, nullable=False),
    Column("decided_ms", BigInteger),
)
erased_blob: Final = SqlTable(
    "erased_blob", metadata, Column("id", Text, primary_key=True), Column("at_ms", BigInteger, nullable=False)
)

ASKED: Final = "asked"
GRANTED: Final = "granted"
REFUSED: Final = "refused"
CHUNK: Final = 2_000
_ORDERS: Final = frozenset(why.value for why in Why if why.from_centre)
_UNDECIDED: Final = frozenset({"conflict", "refused"})


@dataclass(frozen=True)
class KeptEntry:
    """An entry of a subject: its id and hash, whether it was taken, and what it says, None once that was erased."""

    entry_id: str
    hash: bytes
    taken: bool
    payload: bytes | None = field(repr=False)


@dataclass(frozen=True)
class Recorded:
    """One erasure on record.

    Attributes:
        order: what was erased and why.
        operator: who did it; empty for the rule.
        blobs: how many pictures and scans went.
        seal: the centre's own, over the order.
        carried_out: the desks that have said that they erased it too.
    """

    order: ErasureOrder
    operator: str
    blobs: int
    seal: bytes
    carried_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Request:
    """A person's request, as a desk recorded it; `state` is `asked`, `granted` or `refused`."""

    subject: str
    desk: str
    asked_ms: int
    state: str
    words: str
    operator: str
    decided_ms: int | None


def among(connection: Connection, subjects: Collection[str]) -> frozenset[str]:
    """Return which of these subjects were erased."""
    if not subjects:
        return frozenset()
    named = one_of(connection, erasure.c.subject, subjects)
    return frozenset(connection.execute(select(erasure.c.subject).where(named)).scalars())


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


def scopes_of_writers(connection: Connection, subject: str) -> set[str]:
    """Return the scopes of the service points whose desks wrote of a subject, also of what was never taken.

    Args:
        connection: a transaction.
        subject: an application, a list or a batch.
    """
    wrote = select(desk.c.point).distinct().join(entry, entry.c.desk == desk.c.id).where(entry.c.subject == subject)
    return {point_scope(code) for code in connection.execute(wrote).scalars()}


def erase_rows(connection: Connection, subject: str) -> None:
    """Erase what entries of a subject say, its state, and what its conflicts held; headers and hashes stay."""
    mine = (entry.c.subject == subject) & (entry.c.kind != PayloadErased.kind)
    connection.execute(update(entry).where(mine).values(payload=None, salt=None, current=b"", reason=""))
    connection.execute(delete(application).where(application.c.subject == subject))
    nothing = msgspec.msgpack.encode(())
    connection.execute(update(correction).where(correction.c.subject == subject).values(differences=nothing, person=""))
    connection.execute(update(transfer).where(transfer.c.subject == subject).values(reason="", answer=""))
    of_it = photo_release.c.application == subject
    connection.execute(update(photo_release).where(of_it).values(id_number="", receipt="", blob=""))


def hide_words(connection: Connection, scope: str, subject: str) -> list[Change]:
    """Empty what the feed of a scope told of a transfer in words, for desks that are behind too; return its end."""
    told = (feed.c.scope == scope) & (feed.c.kind == TRANSFER) & (feed.c.id == subject)
    gone = gone_rows(connection, scope, TRANSFER, [subject])
    connection.execute(update(feed).where(told).values(body=b"", deleted=1))
    return gone


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
    insert_new(connection, erased_blob, [{"id": name, "at_ms": now_ms} for name in ordered])
    return here


def note_names(connection: Connection, names: Collection[str], now_ms: int) -> None:
    """Keep the names of pictures that an entry brought after its subject was erased: they are still on their way."""
    insert_new(connection, erased_blob, [{"id": name, "at_ms": now_ms} for name in sorted(names)])


def unwanted(connection: Connection, by: str, names: Collection[str]) -> frozenset[str]:
    """Return which of these blobs were erased and are named by no entry of the desk that brings them.

    Entries come before their blobs: one that is wanted again, such as the same chip's picture for another application,
    is named by then and taken off the list.
    """
    listed = set(connection.execute(select(erased_blob.c.id).where(erased_blob.c.id.in_(sorted(names)))).scalars())
    if not listed:
        return frozenset()
    held = select(entry.c.payload).where(entry.c.desk == by, entry.c.payload.is_not(None))
    again = {name for payload in connection.execute(held).scalars() for name in listed & names_in(payload)}
    connection.execute(delete(erased_blob).where(erased_blob.c.id.in_(sorted(again))))
    return frozenset(listed - again)


def points_of_blobs(connection: Connection, names: Collection[str]) -> set[str]:
    """Return the service points that any of these belongs to or ever did."""
    ordered = sorted(names)
    now = select(blob_point.c.point).where(blob_point.c.blob.in_(ordered))
    left = select(blob_moved.c.point).where(blob_moved.c.blob.in_(ordered))
    gone_to = select(blob_moved.c.to_point).where(blob_moved.c.blob.in_(ordered))
    return set(connection.execute(union(now, left, gone_to)).scalars())


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


def note(connection: Connection, order: ErasureOrder, seal: bytes, operator: str, blobs: int) -> None:
    """Put an erasure on record, and answer the request for it, if there is one."""
    connection.execute(
        insert(erasure).values(
            subject=order.subject,
            why=order.why,
            rule=order.rule,
            at_ms=order.at_ms,
            operator=operator,
            entries=order.entries,
            blobs=blobs,
            digest=order.digest,
            seal=seal,
        )
    )
    decide(connection, order.subject, GRANTED, order.at_ms, operator=operator)


def every(connection: Connection) -> list[Recorded]:
    """Return the record, oldest first, with the desks that have carried each out."""
    told = dict[str, set[str]]()
    said = select(entry.c.subject, entry.c.desk).where(
        entry.c.kind == PayloadErased.kind, entry.c.subject.in_(select(erasure.c.subject))
    )
    for subject, by in connection.execute(said):
        told.setdefault(subject, set()).add(by)
    rows = connection.execute(select(erasure).order_by(erasure.c.at_ms, erasure.c.subject))
    return [
        Recorded(
            ErasureOrder(row.subject, row.why, row.rule, row.at_ms, row.entries, row.digest),
            row.operator,
            row.blobs,
            row.seal,
            tuple(sorted(told.get(row.subject, ()))),
        )
        for row in rows
    ]


def missing(connection: Connection) -> list[str]:
    """Return the subjects that desks erased by an order which the record does not have: the centre was put back.

    The word of a desk counts for what stands at its service point, or nowhere; nobody has another's work erased.
    """
    said = (
        select(entry.c.subject, entry.c.payload)
        .join(desk, desk.c.id == entry.c.desk)
        .outerjoin(application, application.c.subject == entry.c.subject)
        .where(
            entry.c.kind == PayloadErased.kind,
            entry.c.payload.is_not(None),
            entry.c.subject.not_in(select(erasure.c.subject)),
            or_(application.c.point.is_(None), application.c.point == desk.c.point),
        )
    )
    found = set[str]()
    for subject, payload in connection.execute(said):
        try:
            event = decode_event(PayloadErased.kind, payload)
        except msgspec.MsgspecError:
            continue
        if isinstance(event, PayloadErased) and event.reason in _ORDERS:
            found.add(subject)
    return sorted(found)


def ask(connection: Connection, rows: Iterable[tuple[str, str, int]]) -> None:
    """Keep requests (subject, desk, time); one that was made before stays as it was."""
    blank = {"state": ASKED, "words": "", "operator": ""}
    made = [{"subject": subject, "desk": by, "asked_ms": at} | blank for subject, by, at in rows]
    insert_new(connection, erasure_request, made)


def decide(
    connection: Connection, subject: str, state: str, now_ms: int, *, words: str = "", operator: str = ""
) -> bool:
    """Keep what was decided about a request; return whether there was one."""
    values = {"state": state, "words": words, "operator": operator, "decided_ms": now_ms}
    done = connection.execute(update(erasure_request).where(erasure_request.c.subject == subject).values(**values))
    return bool(done.rowcount)


def requests(connection: Connection) -> list[Request]:
    """Return the requests, oldest first."""
    rows = connection.execute(select(erasure_request).order_by(erasure_request.c.asked_ms, erasure_request.c.subject))
    return [Request(**row._mapping) for row in rows]  # noqa: SLF001 - a public name of SQLAlchemy


def desks_of(connection: Connection, subjects: Collection[str]) -> dict[str, set[str]]:
    """Return for each subject the desks that wrote entries of it, but for what explains erasures."""
    found = {subject: set[str]() for subject in subjects}
    query = select(entry.c.subject, entry.c.desk).where(
        one_of(connection, entry.c.subject, subjects), entry.c.kind != PayloadErased.kind
    )
    for subject, by in connection.execute(query.distinct()):
        found[subject].add(by)
    return found


def last_received(connection: Connection) -> int:
    """Return when the centre received anything last, milliseconds since 1970 UTC; 0 for never."""
    return int(connection.execute(select(func.coalesce(func.max(entry.c.received_ms), 0))).scalar_one())
