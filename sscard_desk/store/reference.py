"""Rows of reference data: banks, outlets, staff, notices, ranges; read only at the desk, in the centre's order."""

from collections.abc import Mapping
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from sscard_desk.store import tables
from sscard_desk.wire.feed import read_row, write_row

STAFF: Final = "staff"
LOCAL: Final = "local"
"""Scope of rows that this desk made for itself (training staff before the first sync); no proof is taken over it."""

_table = tables.item.c


def rows(connection: Connection, kind: str) -> list[dict[str, str]]:
    """Return the rows of one kind; `id` is always among the texts.

    A row of the centre stands over a local one of the same id; only what it leaves empty is filled from there. Of the
    staff list only what `store.staff` has taken is read, whatever else the feed brought.
    """
    return list(_merged(connection, _of(kind)).values())


def find(connection: Connection, kind: str, row_id: str) -> dict[str, str]:
    """Return one row as `rows` has it, an empty one if there is none."""
    return _merged(connection, _of(kind) & (_table.id == row_id)).get(row_id, {})


def _of(kind: str) -> ColumnElement[bool]:
    wanted: ColumnElement[bool] = _table.kind == kind
    return wanted & (_table.scope == LOCAL) if kind == STAFF else wanted


def _merged(connection: Connection, wanted: ColumnElement[bool]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    statement = (
        select(_table.id, _table.body)
        .where(wanted & (_table.deleted == tables.FALSE))
        .order_by(_table.scope != LOCAL, _table.scope, _table.position, _table.id)
    )
    for row_id, body in connection.execute(statement):
        try:
            row = read_row(body or b"")
        except msgspec.MsgspecError:
            continue  # a body of a later shape: the desk goes on without this row until it is updated itself
        known = found.get(row_id, {"id": row_id})
        found[row_id] = known | {name: text for name, text in row.items() if text or name not in known}
    return found


def keep_local(connection: Connection, kind: str, row_id: str, row: Mapping[str, str]) -> None:
    """Keep a row made at this desk."""
    last = connection.execute(
        select(func.coalesce(func.max(_table.position), 0)).where(_table.scope == LOCAL)
    ).scalar_one()
    tables.put(
        connection,
        tables.item,
        scope=LOCAL,
        kind=kind,
        id=row_id,
        version=1,
        deleted=0,
        position=last + 1,
        body=write_row(row),
    )
