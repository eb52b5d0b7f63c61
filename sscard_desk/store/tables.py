"""The desk database's tables as SQLAlchemy Core knows them; the migrations make them, a test holds the two together."""

from functools import cache
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Connection, Integer, LargeBinary, MetaData, Table, Text, literal_column
from sqlalchemy.dialects.sqlite import Insert, insert

_metadata: Final = MetaData()


def _text(name: str, *, key: bool = False, nullable: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=nullable)


def _number(name: str, *, key: bool = False, nullable: bool = False) -> Column[int]:
    return Column(name, Integer, primary_key=key, nullable=nullable)


def _bytes(name: str, *, nullable: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=nullable)


setting: Final = Table("setting", _metadata, _text("name", key=True), _bytes("value"))
entry: Final = Table(
    "entry",
    _metadata,
    _number("seq", key=True),
    _text("entry_id"),
    _text("kind"),
    _text("subject"),
    _bytes("header"),
    _bytes("hash"),
    _number("size"),
    _number("received_ms", nullable=True),
)
payload: Final = Table("payload", _metadata, _number("seq", key=True), _bytes("payload"), _bytes("salt"))
receipt: Final = Table(
    "receipt",
    _metadata,
    _number("seq", key=True),
    _number("received_ms"),
    _bytes("hash"),
    _bytes("seal"),
    _number("batch", nullable=True),
)
receipt_batch: Final = Table("receipt_batch", _metadata, _number("id", key=True), _bytes("seal"), _bytes("leaves"))
receipt_before: Final = Table(
    "receipt_before",
    _metadata,
    _text("recovery", key=True),
    _number("seq", key=True),
    _number("received_ms"),
    _bytes("hash"),
    _bytes("seal"),
    _number("batch", nullable=True),
)
aside: Final = Table(
    "aside",
    _metadata,
    _number("seq", key=True),
    _text("outcome"),
    _text("code"),
    _text("reason"),
    _bytes("current"),
    _number("server_ms"),
    _number("mended_by", nullable=True),
)
dropped: Final = Table("dropped", _metadata, _number("seq", key=True), _number("mended_by"))
correction: Final = Table(
    "correction", _metadata, _text("entry_id", key=True), _text("subject"), _text("fields"), _number("at_ms")
)
foreign_entry: Final = Table(
    "foreign_entry",
    _metadata,
    _text("entry_id", key=True),
    _text("desk"),
    _number("seq"),
    _text("subject"),
    _bytes("header"),
    _bytes("payload", nullable=True),
    _bytes("salt", nullable=True),
    _text("scope"),
    _text("conflict"),
)
act: Final = Table(
    "act",
    _metadata,
    _number("id", key=True),
    _text("subject"),
    _text("desk"),
    _number("seq"),
    _text("kind"),
    _number("at_ms"),
    _text("actor"),
)
application: Final = Table(
    "application",
    _metadata,
    _text("id", key=True),
    _text("number"),
    _text("step"),
    _number("ended"),
    _text("id_number"),
    _text("name"),
    _text("opened_by"),
    _number("version"),
    _number("changed"),
    _bytes("snapshot"),
)
draft: Final = Table(
    "draft",
    _metadata,
    _text("application", key=True),
    _bytes("values"),
    _text("field"),
    _number("kept_ms"),
    _number("turn"),
)
running: Final = Table("running", _metadata, _number("year", key=True), _number("last"))
blob: Final = Table(
    "blob",
    _metadata,
    _text("id", key=True),
    _text("file"),
    _bytes("key"),
    _number("size"),
    _number("sent"),
    _number("unread"),
)
wanted_blob: Final = Table("wanted_blob", _metadata, _text("id", key=True), _number("asked"))
stock: Final = Table(
    "stock",
    _metadata,
    _text("identification_code", key=True),
    _text("card_number"),
    _text("stock_no"),
    _text("state"),
    _text("application", nullable=True),
    _text("source"),
    _text("reason"),
    _text("spoiled_by"),
    _text("confirmed_by"),
)
stock_move: Final = Table(
    "stock_move",
    _metadata,
    _number("id", key=True),
    _text("identification_code"),
    _text("before"),
    _text("after"),
    _number("at_ms"),
    _text("actor"),
    _text("desk"),
    _text("reason"),
)
stock_count: Final = Table(
    "stock_count",
    _metadata,
    _number("id", key=True),
    _number("moves"),
    _number("at_ms"),
    _text("actor"),
    _bytes("book"),
)
batch: Final = Table("batch", _metadata, _text("id", key=True), _text("state"), _number("at_ms"), _bytes("snapshot"))
spoiled_elsewhere: Final = Table(
    "spoiled_elsewhere",
    _metadata,
    _text("identification_code", key=True),
    _text("desk"),
    _text("reason"),
    _text("spoiled_by"),
    _text("confirmed_by"),
    _number("at_ms"),
)
scope: Final = Table(
    "scope",
    _metadata,
    _text("scope", key=True),
    _text("epoch"),
    _number("position"),
    _number("count"),
    _bytes("sum"),
)
item: Final = Table(
    "item",
    _metadata,
    _text("scope", key=True),
    _text("kind", key=True),
    _text("id", key=True),
    _number("version"),
    _number("deleted"),
    _number("position"),
    _bytes("body", nullable=True),
)

print_record: Final = Table(
    "print_record",
    _metadata,
    _text("id", key=True),
    _text("application"),
    _text("state"),
    _number("ended"),
    _number("at_ms"),
    _number("spoiled_ms", nullable=True),
    _bytes("snapshot"),
)

erasure: Final = Table(
    "erasure",
    _metadata,
    _text("subject", key=True),
    _text("reason"),
    _text("rule"),
    _number("asked_ms"),
    _number("seq", nullable=True),
    _number("done_ms", nullable=True),
)


FALSE: Final[ColumnElement[int]] = literal_column("0", Integer)
"""Written into the statement: SQLite uses an index with a condition only if it sees the value."""


def everything() -> list[Table]:
    """Return all tables, for the test that compares them with a migrated database."""
    return list(_metadata.sorted_tables)


def put(connection: Connection, table: Table, **values: Any) -> None:
    """Insert a row, or replace the values of the row with the same primary key."""
    connection.execute(upsert(table, tuple(values)), values)


@cache
def upsert(table: Table, names: tuple[str, ...]) -> Insert:
    """Return the statement of `put` for these columns; it is built once: building it costs more than running it."""
    keys = [column.name for column in table.primary_key]
    statement = insert(table)
    rest = {name: statement.excluded[name] for name in names if name not in keys}
    if not rest:
        return statement.on_conflict_do_nothing()
    return statement.on_conflict_do_update(index_elements=keys, set_=rest)
