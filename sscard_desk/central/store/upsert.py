"""Keeping one row under its key, new or not."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from sscard_desk.central.migrations import POSTGRESQL


def put(connection: Connection, table: Table, **values: Any) -> None:
    """Insert a row, or replace the values of the row with the same primary key; also where another inserts it."""
    made = postgresql.insert(table) if connection.dialect.name == POSTGRESQL else sqlite.insert(table)
    keys = [column.name for column in table.primary_key]
    rest = {name: made.excluded[name] for name in values if name not in keys}
    connection.execute(made.values(**values).on_conflict_do_update(index_elements=keys, set_=rest))
