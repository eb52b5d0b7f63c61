"""Old positions of the feeds: how far each desk has read, and what nobody needs any more.

An item that changed stands in its feed under every position that it ever had. Only the newest one is in a snapshot; the
others serve desks that read page by page. They go once every desk has passed them, or has not been heard for so long
that it may take the scope whole. The newest position of every item stays for ever, tombstones too: count and sum of the
proof are over them, and the counter stays gapless.
"""

from typing import Final

from sqlalchemy import Connection, delete, exists, func, select, update

from sscard_desk.central.migrations import POSTGRESQL
from sscard_desk.central.store.desks import Desk, DeskState, find_desk
from sscard_desk.central.store.tables import desk as desks
from sscard_desk.central.store.tables import feed, item, passed, scope

STRIDE: Final = 10_000
"""Positions looked at in one transaction: desks are served in between."""


def note(connection: Connection, desk: str, name: str, position: int) -> None:
    """Note that a desk has read a scope up to a position.

    Args:
        connection: a writing transaction; a crash of the database may forget the last ones, which only keeps more.
        desk: who asks.
        name: the scope.
        position: after which it asks.
    """
    if connection.dialect.name == POSTGRESQL:
        connection.exec_driver_sql("SET LOCAL synchronous_commit TO OFF")
    at = (passed.c.scope == name) & (passed.c.desk == desk)
    moved = connection.execute(passed.update().where(at).values(position=position)).rowcount
    if not moved:
        connection.execute(passed.insert().values(scope=name, desk=desk, position=position))


def readers(connection: Connection, heard_since_ms: int) -> list[Desk]:
    """Return the enrolled desks that were heard since a time, or enrolled since then, in order of name."""
    heard = func.coalesce(desks.c.seen_ms, desks.c.enrolled_ms, 0)
    names = select(desks.c.id).where(desks.c.state == DeskState.ENROLLED.value, heard >= heard_since_ms)
    found = (find_desk(connection, name) for name in connection.execute(names.order_by(desks.c.id)).scalars())
    return [each for each in found if each is not None]


def scopes(connection: Connection) -> list[tuple[str, int]]:
    """Return every scope with its head, in order of id."""
    return [(row.id, row.head) for row in connection.execute(select(scope.c.id, scope.c.head).order_by(scope.c.id))]


def positions(connection: Connection, name: str) -> dict[str, int]:
    """Return how far each desk has read a scope; one that never asked for it is left out."""
    rows = connection.execute(select(passed.c.desk, passed.c.position).where(passed.c.scope == name))
    return {row.desk: row.position for row in rows}


def drop_superseded(connection: Connection, name: str, after: int, upto: int) -> int:
    """Remove positions after one and up to another whose item has a newer one; return how many."""
    newest = exists().where(
        item.c.scope == feed.c.scope,
        item.c.kind == feed.c.kind,
        item.c.id == feed.c.id,
        item.c.position == feed.c.position,
    )
    old = delete(feed).where(feed.c.scope == name, feed.c.position > after, feed.c.position <= upto, ~newest)
    gone = list(connection.execute(old.returning(feed.c.position)).scalars())
    if gone:
        # the counter's row last, as always; from here on nobody is given pages that begin before
        further = (scope.c.id == name) & (scope.c.compacted < max(gone))
        connection.execute(update(scope).where(further).values(compacted=max(gone)))
    return len(gone)
