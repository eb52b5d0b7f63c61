"""The register's rows as tables of bounded size, `person_<first row id>`, under one view, `person`.

An index that is made after its rows is sorted whole in memory, since a temporary file would hold names in plain bytes;
one that grows with the rows of a whole register is written over and over. So a table takes `PART_ROWS` rows and is
indexed when it is full. SQLite asks the indexes of all tables for what is asked of the view, and merges their order.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import Connection

PART_ROWS: Final = 100_000
"""Searching asks each table; sorting holds one table's keys in memory."""

Row = tuple[object, ...]
"""Key, id number, name, pinyin, initials, version, scope, body."""

_TABLE: Final = """CREATE TABLE person_{first} (
    id INTEGER PRIMARY KEY, "key" TEXT NOT NULL, id_number TEXT NOT NULL, name TEXT NOT NULL, pinyin TEXT NOT NULL,
    initials TEXT NOT NULL, version INTEGER NOT NULL, scope INTEGER NOT NULL, body BLOB NOT NULL)"""
_INDEXES: Final = (
    'CREATE UNIQUE INDEX person_{first}_key ON person_{first} ("key")',
    "CREATE INDEX person_{first}_number ON person_{first} (id_number)",
    "CREATE INDEX person_{first}_name ON person_{first} (name)",
    "CREATE INDEX person_{first}_pinyin ON person_{first} (pinyin)",
    # with the pinyin in it, so that surname and initials together are compared without reading rows
    "CREATE INDEX person_{first}_initials ON person_{first} (initials, pinyin)",
)
_COLUMNS: Final = 'id, "key", id_number, name, pinyin, initials, version, scope, body'
_WORDS: Final = "INSERT INTO syllables (rowid, words) VALUES (?, ?)"


class Filling:
    """Rows on their way into a new generation, whose first table is there and empty; indexes follow table by table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._first = self._next = 1

    def add(self, rows: Sequence[tuple[Row, str]]) -> None:
        """Take rows, each with its syllables."""
        at = 0
        while at < len(rows):
            if self._next == self._first + PART_ROWS:
                index(self._connection, self._first)
                self._first = self._next
                _make_table(self._connection, self._first)
            now = rows[at : at + self._first + PART_ROWS - self._next]
            _insert(self._connection, self._first, self._next, now)
            self._next += len(now)
            at += len(now)

    def end(self) -> None:
        """Index the last table and show all of them as one."""
        index(self._connection, self._first)
        _make_view(self._connection)


def index(connection: Connection, first: int) -> None:
    """Make the indexes of one table."""
    for statement in _INDEXES:
        connection.exec_driver_sql(statement.format(first=first))


def add_one(connection: Connection, row: Row, syllables: str) -> None:
    """Put one row behind the last one, in a new table where that is full."""
    first = int(connection.exec_driver_sql("SELECT max(first) FROM part").scalar_one())
    highest = connection.exec_driver_sql(f"SELECT max(id) FROM person_{first}").scalar()  # noqa: S608 - a number of ours
    row_id = first if highest is None else int(highest) + 1
    if row_id >= first + PART_ROWS:
        first = row_id
        _make_table(connection, first)
        index(connection, first)
        _make_view(connection)
    _insert(connection, first, row_id, [(row, syllables)])


def remove(connection: Connection, key: str) -> None:
    """Remove the row of a person, if there is one."""
    row_id = connection.exec_driver_sql('SELECT id FROM person WHERE "key" = ?', (key,)).scalar()
    if row_id is not None:
        first = int(connection.exec_driver_sql("SELECT max(first) FROM part WHERE first <= ?", (row_id,)).scalar_one())
        connection.exec_driver_sql("DELETE FROM syllables WHERE rowid = ?", (row_id,))
        connection.exec_driver_sql(f"DELETE FROM person_{first} WHERE id = ?", (row_id,))  # noqa: S608 - a number of ours


def rows_of(connection: Connection, scope_id: int, at_once: int) -> Iterator[Sequence[Row]]:
    """Yield the rows of a scope, without their ids, so many at once."""
    columns = _COLUMNS.removeprefix("id, ")
    found = connection.exec_driver_sql(f"SELECT {columns} FROM person WHERE scope = ?", (scope_id,))  # noqa: S608 - own names
    for rows in found.partitions(at_once):
        yield [tuple(row) for row in rows]


def _insert(connection: Connection, first: int, row_id: int, rows: Sequence[tuple[Row, str]]) -> None:
    statement = f"INSERT INTO person_{first} ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - own names
    connection.exec_driver_sql(statement, [(at, *row) for at, (row, _) in enumerate(rows, row_id)])
    connection.exec_driver_sql(_WORDS, [(at, syllables) for at, (_, syllables) in enumerate(rows, row_id)])


def _make_table(connection: Connection, first: int) -> None:
    connection.exec_driver_sql(_TABLE.format(first=first))
    connection.exec_driver_sql("INSERT INTO part (first) VALUES (?)", (first,))


def _make_view(connection: Connection) -> None:
    parts = connection.exec_driver_sql("SELECT first FROM part ORDER BY first").scalars().all()
    whole = " UNION ALL ".join(f"SELECT {_COLUMNS} FROM person_{first}" for first in parts)  # noqa: S608 - own names
    connection.exec_driver_sql("DROP VIEW person")
    connection.exec_driver_sql(f"CREATE VIEW person AS {whole}")
