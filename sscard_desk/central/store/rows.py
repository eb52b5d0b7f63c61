"""Writing many rows at once: PostgreSQL takes a column as one array, SQLite a row at a time."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, Text, insert
from sqlalchemy.dialects import sqlite

from sscard_desk.central.migrations import POSTGRESQL


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns.

    Raises:
        sqlalchemy.exc.IntegrityError: one of them is there already; none is written.
    """
    if not rows:
        return
    if connection.dialect.name == POSTGRESQL:
        names = tuple(rows[0])
        connection.exec_driver_sql(_unnest(table, names), tuple([row[name] for row in rows] for name in names))
    else:
        connection.execute(insert(table), rows)


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert those of the rows that are not there yet, also where another transaction is inserting them."""
    if not rows:
        return
    if connection.dialect.name == POSTGRESQL:
        names = tuple(rows[0])
        sql = _unnest(table, names) + " ON CONFLICT DO NOTHING"
        connection.exec_driver_sql(sql, tuple([row[name] for row in rows] for name in names))
    else:
        connection.execute(sqlite.insert(table).on_conflict_do_nothing(), rows)


@cache
def _unnest(table: Table, names: tuple[str, ...]) -> str:
    arrays = ", ".join(f"${at}::{_array(table, name)}" for at, name in enumerate(names, 1))
    columns = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table.name}" ({columns}) SELECT * FROM unnest({arrays})'  # noqa: S608 - names of our own


def _array(table: Table, name: str) -> str:
    kind = table.c[name].type
    if isinstance(kind, Text):
        return "text[]"
    return "bytea[]" if isinstance(kind, LargeBinary) else "bigint[]"
