"""Which entry of this desk names a picture or scan: looked for once, since the journal is never rewritten."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select

from sscard_desk.ports.unsent import UnsentItem
from sscard_desk.store import tables
from sscard_desk.store.clock import moment
from sscard_desk.wire.blob_names import names_in
from sscard_desk.wire.entry import Entry

NAMELESS: Final = UnsentItem("", 0, "", is_blob=True, subject="", number="", at=None, size=0)
"""A picture or scan that no entry of this desk names."""
_LOOKED_BACK: Final = 50_000
"""So many of the newest entries are looked through: far more than waits anywhere."""
_STRIDE: Final = 500
_MOST: Final = 20_000
"""So many are remembered."""
_entry, _payload, _application = tables.entry.c, tables.payload.c, tables.application.c


class BlobOwners:
    """Remembers what each of them belongs to."""

    def __init__(self) -> None:
        self._found: dict[str, UnsentItem] = {}

    def of(self, connection: Connection, blobs: Sequence[str]) -> Mapping[str, UnsentItem]:
        """Return the newest own entry that names each of these, as far as one does."""
        new = [blob for blob in blobs if blob not in self._found]
        if len(self._found) > _MOST:
            self._found, new = {}, list(blobs)
        if new:
            self._found |= dict.fromkeys(new, NAMELESS) | _look(connection, new)
        return self._found


def recorded(header: bytes) -> datetime:
    """Return when an entry was recorded, by this computer's clock."""
    return moment(Entry(header=header, payload=None, salt=None).read_header().recorded_at)


def _look(connection: Connection, blobs: Sequence[str]) -> dict[str, UnsentItem]:
    left, found, before = set(blobs), dict[str, UnsentItem](), 1 << 62
    for _ in range(_LOOKED_BACK // _STRIDE):
        rows = connection.execute(
            select(_entry.seq, _entry.kind, _entry.subject, _entry.header, _application.number, _payload.payload)
            .join(tables.payload, _payload.seq == _entry.seq)
            .outerjoin(tables.application, _application.id == _entry.subject)
            .where(_entry.seq < before)
            .order_by(_entry.seq.desc())
            .limit(_STRIDE)
        ).all()
        if not rows or not left:
            break
        before = rows[-1].seq
        for row in rows:
            for name in left & names_in(row.payload):
                left.discard(name)
                about = {"subject": row.subject, "number": row.number or "", "at": recorded(row.header)}
                found[name] = replace(NAMELESS, seq=row.seq, kind=row.kind, **about)
    return found
