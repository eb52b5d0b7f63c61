"""What was typed and is not in the journal yet: one row per application, changed in place."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, func, select

from sscard_desk.domain.ids import ApplicationId
from sscard_desk.ports.store import Draft
from sscard_desk.store import tables
from sscard_desk.store.clock import milliseconds, moment

_table = tables.draft.c


def keep(
    connection: Connection, application: ApplicationId, values: Mapping[str, str], field: str, now: datetime
) -> None:
    """Keep what was typed in place of what was kept before."""
    turn = connection.execute(select(func.coalesce(func.max(_table.turn), 0))).scalar_one() + 1
    tables.put(
        connection,
        tables.draft,
        application=application,
        values=msgspec.msgpack.encode(dict(values)),
        field=field,
        kept_ms=milliseconds(now),
        turn=turn,
    )


def read(connection: Connection, application: ApplicationId | None) -> Draft | None:
    """Return the draft of an application, or the one kept last if None is asked for."""
    statement = select(_table.application, _table["values"], _table.field, _table.kept_ms)
    if application is None:
        statement = statement.order_by(_table.turn.desc()).limit(1)
    else:
        statement = statement.where(_table.application == application)
    row = connection.execute(statement).one_or_none()
    if row is None:
        return None
    typed, values, field, kept_ms = row
    return Draft(
        application=ApplicationId(typed),
        values=msgspec.msgpack.decode(values, type=dict[str, str]),
        field=field,
        kept_at=moment(kept_ms),
    )


def every(connection: Connection) -> list[Draft]:
    """Return all drafts, oldest first."""
    keys = connection.execute(select(_table.application).order_by(_table.turn)).scalars().all()
    found = (read(connection, ApplicationId(key)) for key in keys)
    return [draft for draft in found if draft is not None]


def drop(connection: Connection, application: ApplicationId) -> None:
    """Forget what was typed."""
    connection.execute(delete(tables.draft).where(_table.application == application))


def count(connection: Connection) -> int:
    """Return how many drafts there are, after decoding each of them.

    Raises:
        msgspec.MsgspecError: one cannot be read.
    """
    rows = connection.execute(select(_table["values"])).scalars()
    return sum(1 for values in rows if isinstance(msgspec.msgpack.decode(values, type=dict[str, str]), dict))
