"""Many rows or values at once: PostgreSQL takes a column as one array, SQLite a row at a time."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Connection, LargeBinary, Table, Text, any_, insert, literal
from sqlalchemy.dialects import postgresql, sqlite

from sscard_desk.central.migrations import POSTGRESQL

COPY_FROM: Final = 16
"""From so many rows on COPY is worth its further round trip."""


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns.

    Raises:
        sqlalchemy.exc.IntegrityError: one of them is there already; none is written.
    """
    if not rows:
        return
    if connection.dialect.name != POSTGRESQL:
        connection.execute(insert(table), rows)
        return
    names = tuple(rows[0])
    if len(rows) < COPY_FROM:
        connection.exec_driver_sql(_unnest(table, names), tuple([row[name] for row in rows] for name in names))
    else:
        from sscard_desk.central.store.asyncpg_line import copy_rows  # noqa: PLC0415 - asyncpg only where it serves

        copy_rows(connection, table.name, names, map(itemgetter(*names), rows))


class Met(Exception):
    """Another transaction entered a row of the same key meanwhile: the work is to be done again, or is refused."""


def insert_alone(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows whose keys are somebody's numbers.

    A key that is there is no error of the server's where its log would have the number.

    Raises:
        Met: one of them is there already; the transaction is to be given up.
        sqlalchemy.exc.IntegrityError: as `Met`, told by the database.
    """
    if not rows:
        return
    if connection.dialect.name != POSTGRESQL:
        connection.execute(insert(table), rows)
        return
    from sscard_desk.central.store.asyncpg_line import is_terse  # noqa: PLC0415 - asyncpg only where it serves

    if len(rows) >= COPY_FROM and is_terse(connection):
        insert_rows(connection, table, rows)
        return
    names = tuple(rows[0])
    columns = [[row[name] for row in rows] for name in names]
    # what all of them have in common goes over the line once: most rows of a batch are of one desk and stand alike
    alike = frozenset(
        name for name, column in zip(names[1:], columns[1:], strict=True) if column.count(column[0]) == len(rows)
    )
    sql = _unnest(table, names, alike) + " ON CONFLICT DO NOTHING"
    given = (column[0] if name in alike else column for name, column in zip(names, columns, strict=True))
    done = connection.exec_driver_sql(sql, tuple(given))
    if done.rowcount != len(rows):
        raise Met


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


def among(connection: Connection, column: Column[str], values: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that a text column has one of these values; many of them cost no more words than one."""
    if connection.dialect.name == POSTGRESQL:
        return column == any_(literal(list(values), postgresql.ARRAY(Text)))
    return column.in_(values)


@cache
def _unnest(table: Table, names: tuple[str, ...], alike: frozenset[str] = frozenset()) -> str:
    """Return the statement that inserts columns; those `alike`, never all, have one value, any other an array."""
    kinds = {name: (f"${at}", _kind(table, name)) for at, name in enumerate(names, 1)}
    arrays = {name: f"{place}::{kind}[]" for name, (place, kind) in kinds.items() if name not in alike}
    given = ", ".join(f'"{name}"' if name in arrays else "::".join(kinds[name]) for name in names)
    columns, apart = (", ".join(f'"{name}"' for name in words) for words in (names, arrays))
    return (
        f'INSERT INTO "{table.name}" ({columns}) SELECT {given} '  # noqa: S608 - names of our own
        f"FROM unnest({', '.join(arrays.values())}) AS given ({apart})"
    )


def _kind(table: Table, name: str) -> str:
    kind = table.c[name].type
    if isinstance(kind, Text):
        return "text"
    return "bytea" if isinstance(kind, LargeBinary) else "bigint"
