"""The journal's far end: what the centre has, with its receipts, and what it did not take."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, select, update

from sscard_desk.domain.errors.operator import StepNotAllowed
from sscard_desk.domain.events import PayloadErased
from sscard_desk.store import tables
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.messages import EntryAnswer, Receipt

_entry = tables.entry.c
_aside = tables.aside.c


def unsent(connection: Connection) -> int:
    """Return how many entries have no receipt, set-aside ones included."""
    waiting = select(func.count()).select_from(tables.entry).where(_entry.received_ms.is_(None))
    return int(connection.execute(waiting).scalar_one())


def pending(connection: Connection, limit: int, max_bytes: int) -> Sequence[Entry]:
    """Return entries without receipt that were not set aside, in order of seq; at least one, then up to the limits."""
    rows = connection.execute(
        select(_entry.header, _entry.size, tables.payload.c.payload, tables.payload.c.salt)
        .outerjoin(tables.payload, tables.payload.c.seq == _entry.seq)
        .outerjoin(tables.aside, _aside.seq == _entry.seq)
        .where(_entry.received_ms.is_(None) & _aside.seq.is_(None))
        .order_by(_entry.seq)
        .limit(limit)
    )
    found: list[Entry] = []
    room = max_bytes
    for row in rows:
        room -= row.size
        if found and room < 0:
            break
        found.append(Entry(header=row.header, payload=row.payload, salt=row.salt))
    return found


def settle(connection: Connection, answers: Sequence[EntryAnswer], server_ms: int) -> None:
    """Keep answers: a receipt acknowledges the entry that it names, anything else sets it aside."""
    for answer in answers:
        row = connection.execute(
            select(_entry.seq, _entry.hash).where(
                (_entry.seq == answer.seq) & (_entry.entry_id == answer.entry_id) & _entry.received_ms.is_(None)
            )
        ).one_or_none()
        if row is None:
            continue  # heard before, or not about an entry of ours
        if answer.outcome in ("stored", "already-stored"):
            if answer.receipt is not None and answer.receipt.hash == row.hash and answer.receipt.seq == row.seq:
                _acknowledge(connection, answer.receipt)
            continue  # without a receipt for this very entry nothing is proved: it is sent again
        tables.put(
            connection,
            tables.aside,
            seq=answer.seq,
            outcome=answer.outcome,
            code=answer.code,
            reason=answer.reason,
            current=answer.current,
            server_ms=server_ms,
        )


def set_aside(connection: Connection) -> Sequence[tuple[int, str, str]]:
    """Return (seq, code, reason) of the entries that the centre did not take."""
    rows = connection.execute(select(_aside.seq, _aside.code, _aside.reason).order_by(_aside.seq))
    return [(row.seq, row.code, row.reason) for row in rows]


def send_again(connection: Connection, seq: int) -> None:
    """Take an entry off the list set aside: it goes out with the next push."""
    connection.execute(delete(tables.aside).where(_aside.seq == seq))


def need_receipts(connection: Connection, entries: Sequence[int]) -> None:
    """Make sure that the centre has all of these entries.

    Raises:
        StepNotAllowed: it has not, or there is no such entry.
    """
    kept = connection.execute(
        select(func.count()).select_from(tables.receipt).where(tables.receipt.c.seq.in_(entries))
    ).scalar_one()
    if kept != len(set(entries)):
        raise StepNotAllowed(act=PayloadErased.kind, step="unsent")


def _acknowledge(connection: Connection, receipt: Receipt) -> None:
    tables.put(
        connection,
        tables.receipt,
        seq=receipt.seq,
        received_ms=receipt.received_ms,
        hash=receipt.hash,
        seal=receipt.seal,
    )
    connection.execute(update(tables.entry).where(_entry.seq == receipt.seq).values(received_ms=receipt.received_ms))
    send_again(connection, receipt.seq)
