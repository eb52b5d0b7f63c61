"""A centre that was put back to an older copy gets again what it does not hold any more.

Its receipts for that stay as proof of what it once had, in a table of their own: they are no receipts any more, so
nothing is erased on their word. What is sent again is judged anew. What somebody decided about it holds once it was
turned away again (`aside.keep_decision`); what is taken after all counts here too (`aside.taken_after_all`).
"""

from collections.abc import Collection
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, insert, literal, select, update

from sscard_desk.domain.conflicts.table import CONTENT
from sscard_desk.store import settings, tables
from sscard_desk.wire.messages import Hello, Recovery
from sscard_desk.wire.recovery import holds
from sscard_desk.wire.refusals import Refusal
from sscard_desk.wire.unpacking import unpack_as

RECOVERY: Final = "centre_recovery"
MAY_COME: Final = frozenset(
    {
        Refusal.APPLICATION_UNKNOWN,
        Refusal.STEP,
        Refusal.SIGNATURE_VOID,
        Refusal.CHANGED_ELSEWHERE,
        Refusal.NOT_SUPERVISOR,
        Refusal.WITNESS_UNKNOWN,
    }
)
"""Why an entry that the centre once had may not be taken now, and will be once another desk has sent again."""

_entry, _receipt, _before, _aside = tables.entry.c, tables.receipt.c, tables.receipt_before.c, tables.aside.c


def known(connection: Connection) -> Recovery | None:
    """Return the newest recovery that this desk has heard of."""
    kept = settings.read(connection, RECOVERY)
    return unpack_as(Recovery, kept) if kept else None


def hear(connection: Connection, hello: Hello) -> set[str]:
    """Send again what a centre that was put back lost; return the applications to be folded anew.

    Nothing changes where the centre's word is not sealed by the key of its receipts, is older than one heard before, or
    where its end of our journal is not ours: then both sides differ, and the proof says so.
    """
    said, last = hello.recovery, known(connection)
    if said is None:
        return set()
    if last is not None and (said.name == last.name or said.since_ms <= last.since_ms):
        _send_again(connection, MAY_COME)
        return set()
    if not holds(settings.read(connection, settings.RECEIPT_KEY) or b"", said) or not _is_ours(connection, hello):
        return set()
    again = _rewind(connection, said.name, hello.acked)
    settings.keep(connection, RECOVERY, msgspec.msgpack.encode(said))
    return again


def _is_ours(connection: Connection, hello: Hello) -> bool:
    if not hello.acked:
        return True
    own = connection.execute(select(_entry.hash).where(_entry.seq == hello.acked)).scalar()
    return bool(own == hello.acked_hash)


def _rewind(connection: Connection, name: str, acked: int) -> set[str]:
    lost = select(
        literal(name), _receipt.seq, _receipt.received_ms, _receipt.hash, _receipt.seal, _receipt.batch
    ).where(_receipt.seq > acked)
    names = ["recovery", "seq", "received_ms", "hash", "seal", "batch"]
    connection.execute(insert(tables.receipt_before).from_select(names, lost))
    connection.execute(delete(tables.receipt).where(_receipt.seq > acked))
    # what was set aside is missing in the chain too
    set_aside = select(_entry.subject).join(tables.aside, _aside.seq == _entry.seq)
    again = set(connection.execute(set_aside.where((_aside.seq > acked) & _entry.kind.in_(CONTENT))).scalars())
    connection.execute(delete(tables.aside).where(_aside.seq > acked))
    connection.execute(
        update(tables.entry).where((_entry.seq > acked) & _entry.received_ms.is_not(None)).values(received_ms=None)
    )
    # it is asked which of these it has; what came from other desks is offered too
    connection.execute(update(tables.blob).values(sent=0))
    return again


def _send_again(connection: Connection, codes: Collection[Refusal]) -> None:
    had = select(_before.seq).where(_before.seq == _aside.seq).exists()
    whole = select(tables.payload.c.seq).where(tables.payload.c.seq == _aside.seq).exists()
    words = [code.value for code in codes]
    connection.execute(delete(tables.aside).where(_aside.code.in_(words) & _aside.mended_by.is_(None) & had & whole))
