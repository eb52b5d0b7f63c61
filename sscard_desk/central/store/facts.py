"""What the database holds, as numbers for whoever watches the centre; small tables alone are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select

from sscard_desk.central.store.blob_parts import blob_part
from sscard_desk.central.store.tables import desk, scope

HOUR_MS: Final = 3_600_000
WITHIN: Final = {"1h": HOUR_MS, "1d": 24 * HOUR_MS, "7d": 168 * HOUR_MS}
"""A desk's greeting is noted every quarter of an hour."""


@dataclass(frozen=True)
class Facts:
    """Numbers of one moment.

    Attributes:
        desks: by state.
        seen: enrolled desks heard within the time that a name of `WITHIN` says.
        entries_awaited: entries that desks said they have and that have not come.
        scopes: how many feeds there are.
        feed_positions: changes that all feeds have had, together.
        feed_items: rows that all feeds hold now, together.
        blobs_pending: large pictures and scans of which a part is here.
        blobs_pending_bytes: of these parts.
    """

    desks: Mapping[str, int]
    seen: Mapping[str, int]
    entries_awaited: int
    scopes: int
    feed_positions: int
    feed_items: int
    blobs_pending: int
    blobs_pending_bytes: int


def find_facts(connection: Connection, now_ms: int) -> Facts:
    """Return the numbers of a transaction's moment.

    Args:
        connection: a transaction.
        now_ms: the centre's time.
    """
    states = connection.execute(select(desk.c.state, func.count()).group_by(desk.c.state)).all()
    enrolled = desk.c.state == "enrolled"
    seen = {
        name: connection.execute(
            select(func.count()).select_from(desk).where(enrolled, desk.c.seen_ms >= now_ms - ms)
        ).scalar_one()
        for name, ms in WITHIN.items()
    }
    behind = select(func.coalesce(func.sum(desk.c.said_seq - desk.c.head_seq), 0)).where(
        enrolled, desk.c.said_seq > desk.c.head_seq
    )
    feeds = select(func.count(), func.coalesce(func.sum(scope.c.head), 0), func.coalesce(func.sum(scope.c.size), 0))
    scopes, positions, items = connection.execute(feeds.select_from(scope)).one()
    begun = select(blob_part.c.point, blob_part.c.blob, func.sum(func.length(blob_part.c.body)).label("bytes"))
    parts = begun.group_by(blob_part.c.point, blob_part.c.blob).subquery()
    pending, size = connection.execute(select(func.count(), func.coalesce(func.sum(parts.c.bytes), 0))).one()
    return Facts(
        desks={row[0]: row[1] for row in states},
        seen=seen,
        entries_awaited=int(connection.execute(behind).scalar_one()),
        scopes=scopes,
        feed_positions=int(positions),
        feed_items=int(items),
        blobs_pending=pending,
        blobs_pending_bytes=int(size),
    )
