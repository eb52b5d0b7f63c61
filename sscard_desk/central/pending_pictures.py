"""Which desks have sent entries whose pictures and scans are not here yet: entries come first, pictures after."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from sscard_desk.central.store.blobs import at_point
from sscard_desk.central.store.tables import desk, entry
from sscard_desk.domain.ids import BlobId
from sscard_desk.wire.blob_names import blobs_of
from sscard_desk.wire.entry import decode_event

_AT_ONCE: Final = 500
_STORED: Final = "stored"


@dataclass(frozen=True)
class _Named:
    """Pictures that an entry of a desk names."""

    desk: str
    point: str
    blobs: frozenset[BlobId]


def pending_pictures(connection: Connection) -> Counter[str]:
    """Return by desk how many pictures its entries name that its service point has not brought.

    Reads every entry that was taken and still has its content: for whoever asks, not for each look.
    """
    query = (
        select(entry.c.desk, entry.c.kind, entry.c.payload, desk.c.point)
        .join(desk, desk.c.id == entry.c.desk)
        .where(entry.c.outcome == _STORED, entry.c.payload.is_not(None))
    )
    missing: Counter[str] = Counter()
    for rows in connection.execution_options(yield_per=_AT_ONCE).execute(query).partitions(_AT_ONCE):
        named = [_Named(row.desk, row.point, _names(row.kind, row.payload)) for row in rows]
        missing.update(_missing(connection, [one for one in named if one.blobs]))
    return missing


def _names(kind: str, payload: bytes) -> frozenset[BlobId]:
    try:
        return frozenset(blobs_of(decode_event(kind, payload)))
    except (KeyError, msgspec.MsgspecError):
        return frozenset()  # of a newer program's kind


def _missing(connection: Connection, named: Sequence[_Named]) -> Counter[str]:
    there = {
        point: at_point(connection, point, sorted({blob for one in named if one.point == point for blob in one.blobs}))
        for point in {one.point for one in named}
    }
    found: Counter[str] = Counter()
    for one in named:
        found[one.desk] += len(one.blobs - there[one.point])
    return found
