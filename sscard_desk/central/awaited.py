"""Pictures and scans that a desk's newest entries name and that have not come yet: entries go first, they follow."""

from dataclasses import dataclass
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from sscard_desk.central.store import blobs
from sscard_desk.central.store.tables import entry
from sscard_desk.domain.ids import BlobId
from sscard_desk.wire.blob_names import blobs_of
from sscard_desk.wire.entry import decode_event

LOOKED_AT: Final = 500
"""Entries of the desk, the newest: what is older has long come, or its desk has a fault to tell."""


@dataclass(frozen=True)
class Awaited:
    """An entry whose pictures have not all come.

    Attributes:
        seq: its place in the desk's journal.
        kind: what it says happened.
        received_ms: when it came, milliseconds since 1970 UTC.
        blobs: how many are awaited.
    """

    seq: int
    kind: str
    received_ms: int
    blobs: int


def awaited(connection: Connection, desk: str, point: str) -> list[Awaited]:
    """Return the entries among the newest of a desk whose pictures have not all come, newest first."""
    at = entry.c
    query = select(at.seq, at.kind, at.received_ms, at.payload).where(at.desk == desk, at.outcome == "stored")
    named: dict[int, tuple[str, int, set[BlobId]]] = {}
    for seq, kind, received_ms, payload in connection.execute(query.order_by(at.seq.desc()).limit(LOOKED_AT)):
        try:
            event = decode_event(kind, payload) if payload is not None else None
        except msgspec.MsgspecError:
            event = None  # of a newer program; it stands here unread
        names = set[BlobId](blobs_of(event)) if event is not None else set[BlobId]()
        if names:
            named[seq] = (kind, received_ms, names)
    wanted = sorted({name for _, _, names in named.values() for name in names})
    there = blobs.at_point(connection, point, wanted) if wanted else set()
    return [
        Awaited(seq, kind, received_ms, len(names - there))
        for seq, (kind, received_ms, names) in named.items()
        if names - there
    ]
