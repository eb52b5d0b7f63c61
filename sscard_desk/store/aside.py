"""The list set aside: own entries that the centre did not take, and what was decided about them."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, delete, select, update

from sscard_desk.domain.conflicts.outcomes import LEAVE_AS_THEY_ARE
from sscard_desk.domain.events import ConflictSettled
from sscard_desk.domain.ids import AccountId
from sscard_desk.ports.conflicts import AsideEntry
from sscard_desk.store import tables
from sscard_desk.store.clock import moment
from sscard_desk.wire.entry import Entry, decode_event

_aside, _entry = tables.aside.c, tables.entry.c


def every(connection: Connection) -> Sequence[AsideEntry]:
    """Return the list in order of seq; what was decided and waits for the centre is among it."""
    rows = connection.execute(
        select(tables.aside, _entry.entry_id, _entry.kind, _entry.subject, _entry.header)
        .join(tables.entry, _entry.seq == _aside.seq)
        .order_by(_aside.seq)
    )
    found: list[AsideEntry] = []
    for row in rows:
        header = Entry(header=row.header, payload=None, salt=None).read_header()
        found.append(
            AsideEntry(
                seq=row.seq,
                entry_id=row.entry_id,
                kind=row.kind,
                subject=row.subject,
                at=moment(header.recorded_at),
                actor=AccountId(header.actor),
                code=row.code,
                reason=row.reason,
                current=_read(row.current),
                mended_by=row.mended_by,
            )
        )
    return found


def decide(connection: Connection, event: ConflictSettled, seq: int) -> None:
    """Note what was decided: the entries wait for that decision to arrive, and then are sent again for their receipts.

    Args:
        connection: the transaction that wrote the decision.
        event: the decision.
        seq: its number in the journal.
    """
    mended = connection.execute(select(_entry.seq).where(_entry.entry_id.in_(event.entries))).scalars().all()
    connection.execute(update(tables.aside).where(_aside.seq.in_(mended)).values(mended_by=seq))
    if event.outcome not in LEAVE_AS_THEY_ARE:
        for each in mended:
            tables.put(connection, tables.dropped, seq=each, mended_by=seq)


def release(connection: Connection) -> None:
    """Send again what waited for decisions that the centre has now."""
    connection.execute(_RELEASE)


def reopen(connection: Connection, seq: int) -> None:
    """A decision was not taken itself: what it was about waits for another one."""
    connection.execute(update(tables.aside).where(_aside.mended_by == seq).values(mended_by=None))
    connection.execute(delete(tables.dropped).where(tables.dropped.c.mended_by == seq))


def keep_decision(connection: Connection, seq: int) -> None:
    """An entry was turned away once more: a decision about it that has no receipt itself still holds.

    So it is where a centre was put back and gets both again: nobody is asked a second time.
    """
    row = connection.execute(select(_entry.entry_id, _entry.subject).where(_entry.seq == seq)).one()
    waiting = (
        select(_entry.seq, tables.payload.c.payload)
        .join(tables.payload, tables.payload.c.seq == _entry.seq)
        .where((_entry.subject == row.subject) & (_entry.kind == ConflictSettled.kind))
        .where(_entry.received_ms.is_(None) & _entry.seq.not_in(select(_aside.seq)))
        .order_by(_entry.seq.desc())
    )
    for decision in connection.execute(waiting).all():
        event = decode_event(ConflictSettled.kind, decision.payload)
        if isinstance(event, ConflictSettled) and row.entry_id in event.entries:
            connection.execute(update(tables.aside).where(_aside.seq == seq).values(mended_by=decision.seq))
            return


def taken_after_all(connection: Connection, seq: int) -> bool:
    """The feed brings an own entry: the centre has it. Return whether it had been left out here, which ends now."""
    return connection.execute(delete(tables.dropped).where(tables.dropped.c.seq == seq)).rowcount > 0


def _read(current: bytes) -> dict[str, str]:
    try:
        held = msgspec.msgpack.decode(current, type=dict[str, str]) if current else {}
    except msgspec.MsgspecError:
        return {}  # of a later shape: the conflict is told without it
    return held


_RELEASE = delete(tables.aside).where(_aside.mended_by.in_(select(tables.receipt.c.seq)))
