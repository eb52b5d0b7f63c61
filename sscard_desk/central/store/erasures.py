"""The centre's record of erasures: what was erased and why, who asked for it, which pictures are not to come back."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, Connection, LargeBinary, Text, delete, func, insert, or_, select, update
from sqlalchemy import Table as SqlTable

from sscard_desk.central.store.rows import among as one_of
from sscard_desk.central.store.rows import insert_new
from sscard_desk.central.store.tables import application, desk, entry, metadata
from sscard_desk.domain.erasure import Why
from sscard_desk.domain.events import PayloadErased
from sscard_desk.wire.blob_names import names_in
from sscard_desk.wire.entry import decode_event
from sscard_desk.wire.erasure import ErasureOrder

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
_ORDERS: Final = frozenset(why.value for why in Why if why.from_centre)


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
    return [Request(**row) for row in rows.mappings()]


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


def last_received(connection: Connection) -> int:
    """Return when the centre received anything last, milliseconds since 1970 UTC; 0 for never."""
    return int(connection.execute(select(func.coalesce(func.max(entry.c.received_ms), 0))).scalar_one())
