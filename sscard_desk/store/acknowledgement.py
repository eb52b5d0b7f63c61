"""The journal's far end: what the centre has, with its receipts, and what it did not take."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from sscard_desk.domain.conflicts.table import CONTENT
from sscard_desk.domain.events import PayloadErased
from sscard_desk.store import aside, erasures, tables
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.messages import EntryAnswer, Receipt
from sscard_desk.wire.receipts import TAKEN
from sscard_desk.wire.refusals import Refusal

_entry = tables.entry.c
_aside = tables.aside.c


def unsent(connection: Connection) -> int:
    """Return how many entries have no receipt, set-aside ones included."""
    waiting = select(func.count()).select_from(tables.entry).where(_entry.received_ms.is_(None))
    return int(connection.execute(waiting).scalar_one())


def pending(connection: Connection, limit: int, max_bytes: int, after: int = 0) -> Sequence[Entry]:
    """Return entries without receipt that were not set aside, in order of seq; at least one, then up to the limits."""
    rows = connection.execute(
        select(_entry.header, _entry.size, tables.payload.c.payload, tables.payload.c.salt)
        .outerjoin(tables.payload, tables.payload.c.seq == _entry.seq)
        .outerjoin(tables.aside, _aside.seq == _entry.seq)
        .where(_entry.received_ms.is_(None) & _aside.seq.is_(None) & (_entry.seq > after))
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


def settle(connection: Connection, answers: Sequence[EntryAnswer], server_ms: int) -> set[str]:
    """Keep answers: a receipt acknowledges the entry that it names, anything else sets it aside.

    Returns:
        The applications to be folded anew: another desk's contents stand in them, without what was turned away; or
        what was turned away by a centre that was put back is taken now.
    """
    elsewhere: list[int] = []
    waiting = _waiting(connection, answers)
    proved: dict[int, Receipt] = {}
    for answer in answers:
        entry_hash = waiting.get((answer.seq, answer.entry_id))
        if entry_hash is None:
            continue  # heard before, or not about an entry of ours
        receipt = answer.receipt
        if answer.outcome in TAKEN:
            # without a receipt for this very entry nothing is proved: it is sent again
            if receipt is not None and (receipt.seq, receipt.hash) == (answer.seq, entry_hash):
                proved[answer.seq] = receipt
            continue
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
        aside.reopen(connection, answer.seq)
        aside.keep_decision(connection, answer.seq)
        if answer.code == Refusal.CHANGED_ELSEWHERE.value:
            elsewhere.append(answer.seq)
    if proved:
        _acknowledge(connection, proved)
    once_more = select(tables.receipt_before.c.seq).where(tables.receipt_before.c.seq.in_(proved))
    elsewhere += connection.execute(once_more).scalars()
    subjects = select(_entry.subject).where(_entry.seq.in_(elsewhere) & _entry.kind.in_(CONTENT))
    return set(connection.execute(subjects).scalars())


def _waiting(connection: Connection, answers: Sequence[EntryAnswer]) -> dict[tuple[int, str], bytes]:
    """Return the hashes of the entries without receipt that answers are about, by seq and id."""
    if not answers:
        return {}
    seqs = [answer.seq for answer in answers]
    rows = connection.execute(
        select(_entry.seq, _entry.entry_id, _entry.hash).where(
            _entry.received_ms.is_(None) & _entry.seq.between(min(seqs), max(seqs))
        )
    )
    return {(seq, entry_id): entry_hash for seq, entry_id, entry_hash in rows}


def set_aside(connection: Connection) -> Sequence[tuple[int, str, str]]:
    """Return (seq, code, reason) of the entries that the centre did not take."""
    rows = connection.execute(select(_aside.seq, _aside.code, _aside.reason).order_by(_aside.seq))
    return [(row.seq, row.code, row.reason) for row in rows]


def send_again(connection: Connection, seq: int) -> str:
    """Take an entry off the list set aside: it goes out with the next push; return what it is about."""
    connection.execute(delete(tables.aside).where(_aside.seq == seq))
    return connection.execute(select(_entry.subject).where(_entry.seq == seq)).scalar_one_or_none() or ""


def _acknowledge(connection: Connection, proved: Mapping[int, Receipt]) -> None:
    batches: dict[tuple[bytes, bytes], int | None] = {}
    for receipt in proved.values():
        at = (receipt.seal, receipt.leaves)
        if at not in batches:
            batches[at] = _keep_batch(connection, *at) if receipt.leaves else None
    connection.execute(
        tables.upsert(tables.receipt, ("seq", "received_ms", "hash", "seal", "batch")),
        [
            {
                "seq": seq,
                "received_ms": receipt.received_ms,
                "hash": receipt.hash,
                "seal": b"" if receipt.leaves else receipt.seal,
                "batch": batches[receipt.seal, receipt.leaves],
            }
            for seq, receipt in proved.items()
        ],
    )
    connection.execute(_RECEIVED, [{"at_seq": seq, "at_ms": receipt.received_ms} for seq, receipt in proved.items()])
    connection.execute(delete(tables.aside).where(_aside.seq.between(min(proved), max(proved)) & _HAS_RECEIPT))
    aside.release(connection)
    about = select(_entry.subject).where(_entry.seq.in_(proved) & (_entry.kind != PayloadErased.kind))
    erasures.wait_again(connection, connection.execute(about).scalars().all())


def _keep_batch(connection: Connection, seal: bytes, leaves: bytes) -> int:
    result = connection.execute(insert(tables.receipt_batch), {"seal": seal, "leaves": leaves})
    key = result.inserted_primary_key
    return int(key[0]) if key else 0


_RECEIVED = update(tables.entry).where(_entry.seq == bindparam("at_seq")).values(received_ms=bindparam("at_ms"))
_HAS_RECEIPT = _aside.seq.in_(select(tables.receipt.c.seq))
