"""Pictures that come after what they belong to was erased: taken, so that the desk has an end, and not kept."""

from collections.abc import Sequence

from sqlalchemy import Connection

from sscard_desk.central.store import blobs, erasures
from sscard_desk.central.store.desks import Desk


def keep_wanted(connection: Connection, desk: Desk, bodies: Sequence[bytes]) -> tuple[str, ...]:
    """Keep what a desk brings, but for what was erased; return the names of all of it, in order.

    Args:
        connection: a writing transaction.
        desk: who brings it.
        bodies: pictures and scans.
    """
    named = {blobs.name_of(body): body for body in bodies}
    unwanted = erasures.unwanted(connection, desk.id, named)
    blobs.keep_all(connection, desk.point, [body for name, body in named.items() if name not in unwanted])
    return tuple(blobs.name_of(body) for body in bodies) if len(named) < len(bodies) else tuple(named)
