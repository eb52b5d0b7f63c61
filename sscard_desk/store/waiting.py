"""How much of the journal and of the blobs waits for the centre: what a stick has to carry."""

from sqlalchemy import Connection, func, select

from sscard_desk.store import tables

_entry = tables.entry.c


def runs(connection: Connection) -> tuple[tuple[int, int], ...]:
    """Return (first, last) of each run of entries without a receipt, set-aside ones included."""
    found: list[tuple[int, int]] = []
    rows = connection.execute(select(_entry.seq).where(_entry.received_ms.is_(None)).order_by(_entry.seq)).scalars()
    for seq in rows:
        if found and found[-1][1] == seq - 1:
            found[-1] = (found[-1][0], seq)
        else:
            found.append((seq, seq))
    return tuple(found)


def size(connection: Connection) -> int:
    """Return how many bytes entries without a receipt and blobs that the centre may miss are together."""
    entries = select(func.coalesce(func.sum(_entry.size), 0)).where(_entry.received_ms.is_(None))
    blob = tables.blob.c
    blobs = select(func.coalesce(func.sum(blob.size), 0)).where(blob.sent == tables.FALSE)
    return int(connection.execute(entries).scalar_one()) + int(connection.execute(blobs).scalar_one())
