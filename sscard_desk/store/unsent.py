"""What the centre has not taken, one by one: entries that wait, entries set aside."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select

from sscard_desk.store import tables
from sscard_desk.wire.entry import Entry

_entry, _aside, _application = tables.entry.c, tables.aside.c, tables.application.c
SHOWN: Final = 1_000


@dataclass(frozen=True)
class UnsentEntry:
    """One entry without a receipt.

    Attributes:
        seq: its number in the journal.
        kind: what it is about, for example `photo.attached`.
        number: the application's number, empty where it is about none.
        recorded_ms: this computer's time when it was recorded, milliseconds since 1970 UTC.
        size: bytes.
        code: the centre's word if it did not take it (`wire.refusals`), else empty.
        reason: what the centre said besides.
    """

    seq: int
    kind: str
    number: str
    recorded_ms: int
    size: int
    code: str = ""
    reason: str = ""


def entries(connection: Connection, limit: int = SHOWN) -> list[UnsentEntry]:
    """Return entries without a receipt in order of seq, set-aside ones included, at most so many."""
    rows = connection.execute(
        select(_entry.seq, _entry.kind, _entry.header, _entry.size, _application.number, _aside.code, _aside.reason)
        .outerjoin(tables.aside, _aside.seq == _entry.seq)
        .outerjoin(tables.application, _application.id == _entry.subject)
        .where(_entry.received_ms.is_(None))
        .order_by(_entry.seq)
        .limit(limit)
    )
    return [
        UnsentEntry(
            seq=row.seq,
            kind=row.kind,
            number=row.number or "",
            recorded_ms=Entry(header=row.header, payload=None, salt=None).read_header().recorded_at,
            size=row.size,
            code=row.code or "",
            reason=row.reason or "",
        )
        for row in rows
    ]
