"""An application's entries in the order of the centre, as far as this desk has applied its feed.

How many of them stand in the feed is the version of the centre that this desk has seen. The version of its own fold
is another number: own entries that are not sent, or were set aside, count in that one too.
"""

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, select

from sscard_desk.domain.events import ConflictSettled, Opened
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.domain.steps import FROM
from sscard_desk.store import settings, tables

ENTRY: Final = "entry"
COUNTED: Final = (frozenset(FROM) | {Opened.kind}) - {ConflictSettled.kind}
"""Kinds that the version of an application counts (`domain.folding`)."""

_item, _own, _foreign, _act = tables.item.c, tables.entry.c, tables.foreign_entry.c, tables.act.c


def places(connection: Connection, entry_ids: Collection[str]) -> dict[str, int]:
    """Return the positions of those of these entries that the feed has brought."""
    scopes = settings.read_text(connection, settings.SCOPES).split()
    rows = connection.execute(
        select(_item.id, _item.position).where(
            _item.scope.in_(scopes) & (_item.kind == ENTRY) & _item.id.in_(entry_ids) & (_item.deleted == 0)
        )
    )
    return {row.id: int(row.position) for row in rows}


def seen_version(connection: Connection, subject: ApplicationId) -> int:
    """Return the centre's version of an application that this desk has seen, 0 while its feed did not bring any."""
    mine = connection.execute(select(_own.entry_id).where((_own.subject == subject) & _own.kind.in_(COUNTED))).scalars()
    theirs = connection.execute(
        select(_foreign.entry_id)
        .join(tables.act, (_act.desk == _foreign.desk) & (_act.seq == _foreign.seq))
        .where((_act.subject == subject) & _act.kind.in_(COUNTED))
    ).scalars()
    return len(places(connection, {*mine, *theirs}))


def own_ones_come_later(connection: Connection, subject: str) -> bool:
    """Return whether this desk wrote something of a subject that the feed has not brought.

    Whatever the feed brings now of other desks stands before it in the centre's order.
    """
    ids = connection.execute(
        select(_own.entry_id).where((_own.subject == subject) & _own.kind.in_(FROM.keys() | {Opened.kind}))
    )
    mine = set(ids.scalars())
    return len(places(connection, mine)) < len(mine)
