"""The list of what is to be, or was, erased at this desk. It outlives the data: nothing erased comes back."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update
from sqlalchemy.dialects.sqlite import insert

from sscard_desk.domain.erasure import Erasure, Why
from sscard_desk.domain.events import PayloadErased
from sscard_desk.store import tables
from sscard_desk.store.clock import milliseconds, moment

_table = tables.erasure.c


def ask(connection: Connection, subjects: Collection[str], why: Why, rule: str, now: datetime) -> None:
    """Note subjects to be erased; one that is on the list stays as it is, but the centre's word stands over the desk's.

    Args:
        connection: a writing transaction.
        subjects: applications, lists, batches.
        why: the reason.
        rule: days or order.
        now: UTC.
    """
    for subject in subjects:
        row = {"subject": subject, "reason": why.value, "rule": rule, "asked_ms": milliseconds(now)}
        new = insert(tables.erasure).values(**row)
        if why.from_centre:
            changed = {"reason": new.excluded.reason, "rule": new.excluded.rule}
            new = new.on_conflict_do_update(index_elements=["subject"], set_=changed)
        else:
            new = new.on_conflict_do_nothing()
        connection.execute(new)


def done(connection: Connection, subject: str, seq: int, now: datetime) -> None:
    """Note that an erasure was carried out, and which entry explains it; the first entry stays named."""
    same = (_table.subject == subject) & _table.seq.is_(None)
    connection.execute(update(tables.erasure).where(same).values(seq=seq, done_ms=milliseconds(now)))


def wait_again(connection: Connection, subjects: Collection[str]) -> None:
    """Entries of these were received: what an erasure that was carried out did not find yet is erased too."""
    late = (_table.subject.in_(subjects)) & _table.seq.is_not(None)
    connection.execute(update(tables.erasure).where(late).values(seq=None, done_ms=None))


def late(connection: Connection) -> Sequence[str]:
    """Return the subjects of which something stands here although their erasure was carried out."""
    entry, payload = tables.entry.c, tables.payload.c
    rows = connection.execute(
        select(_table.subject)
        .distinct()
        .join(tables.entry, entry.subject == _table.subject)
        .join(tables.payload, payload.seq == entry.seq)
        .where(_table.seq.is_not(None) & (entry.kind != PayloadErased.kind) & entry.received_ms.is_not(None))
    )
    return list(rows.scalars())


def holds(connection: Connection, subject: str) -> bool:
    """Return whether a subject is to be, or was, erased."""
    return connection.execute(select(_table.subject).where(_table.subject == subject)).first() is not None


def waiting(connection: Connection) -> Sequence[Erasure]:
    """Return what is not carried out yet, in order of subject."""
    rows = connection.execute(select(tables.erasure).where(_table.seq.is_(None)).order_by(_table.subject))
    return [_read(row) for row in rows]


def every(connection: Connection) -> Sequence[Erasure]:
    """Return the whole list, oldest first."""
    rows = connection.execute(select(tables.erasure).order_by(_table.asked_ms, _table.subject))
    return [_read(row) for row in rows]


def last_done(connection: Connection) -> datetime | None:
    """Return when the newest order of the centre was carried out, None for never."""
    mine = _table.reason != Why.DESK_DAYS.value
    newest = connection.execute(
        select(_table.done_ms).where(mine & _table.done_ms.is_not(None)).order_by(_table.done_ms.desc()).limit(1)
    ).scalar()
    return None if newest is None else moment(newest)


def _read(row: Row[*tuple[Any, ...]]) -> Erasure:
    return Erasure(
        subject=row.subject,
        why=Why(row.reason),
        rule=row.rule,
        asked=moment(row.asked_ms),
        seq=row.seq,
        done=None if row.done_ms is None else moment(row.done_ms),
    )
