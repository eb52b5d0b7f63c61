"""One generation of the population cache: building it whole, applying the feed's changes to it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine

from sscard_desk.domain.errors.centre import FeedBroken
from sscard_desk.ports.sync import Cursor
from sscard_desk.store.engine import open_engine, writing
from sscard_desk.store.migrations import PERSONS, migrate
from sscard_desk.store.migrations.persons_0001 import INDEXES
from sscard_desk.store.pinyin import readings
from sscard_desk.wire.feed import read_person
from sscard_desk.wire.messages import FeedItem, FeedPage, ScopeProof, SnapshotInfo, add_weights, item_weight

_SUM_BYTES: Final = 32
_INSERT: Final = (
    'INSERT INTO person (id, "key", id_number, name, pinyin, initials, version, scope, body) '
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_WORDS: Final = "INSERT INTO syllables (rowid, words) VALUES (?, ?)"
_INSERT_GONE: Final = 'INSERT OR REPLACE INTO gone ("key", version, scope) VALUES (?, ?, ?)'
_INSERT_SCOPE: Final = "INSERT OR REPLACE INTO scope (id, scope, epoch, position, count, sum) VALUES (?, ?, ?, ?, ?, ?)"


def make_empty(path: Path, key: bytes) -> None:
    """Make a cache without persons."""
    engine = open_engine(path, key, synchronous="NORMAL", key_proved=True)
    try:
        migrate(engine, PERSONS, fresh=True)
        with writing(engine) as connection:
            for statement in INDEXES:
                connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


def build(path: Path, key: bytes, info: SnapshotInfo, blocks: Iterable[list[FeedItem]], old: Engine | None) -> None:
    """Make a whole new generation: the snapshot's persons, and those of other scopes from the file before.

    Rows first, indexes afterwards; nothing is synced before the end, since an unfinished file is thrown away.

    Raises:
        FeedBroken: there are more or fewer items than the snapshot says.
        ValueError: an item cannot be read.
    """
    engine = open_engine(path, key, synchronous="OFF", cache_mb=64, key_proved=True)
    try:
        migrate(engine, PERSONS, fresh=True)
        with writing(engine) as connection:
            first = _copy_others(old, connection, info.scope) if old is not None else 0
            _fill(connection, info, blocks, first)
            for statement in INDEXES:
                connection.exec_driver_sql(statement)
        with engine.connect() as connection:
            cursor = connection.connection.cursor()
            cursor.execute("PRAGMA synchronous = FULL")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.close()
    finally:
        engine.dispose()


def cursor(connection: Connection, scope: str) -> Cursor:
    """Return how far a scope was applied."""
    row = connection.exec_driver_sql("SELECT epoch, position FROM scope WHERE scope = ?", (scope,)).one_or_none()
    return Cursor(scope, "", 0) if row is None else Cursor(scope, row.epoch, row.position)


def proof(connection: Connection, scope: str) -> ScopeProof:
    """Return count and order-free hash of a scope."""
    row = connection.exec_driver_sql(
        "SELECT epoch, position, count, sum FROM scope WHERE scope = ?", (scope,)
    ).one_or_none()
    if row is None:
        return ScopeProof(scope=scope, epoch="", position=0, count=0, sum=bytes(_SUM_BYTES))
    epoch, position, count, total = row
    return ScopeProof(scope=scope, epoch=epoch, position=position, count=count, sum=total)


def apply(connection: Connection, page: FeedPage) -> None:
    """Apply the items of a page and move the cursor."""
    scope_id = _scope_id(connection, page.scope)
    before = proof(connection, page.scope)
    count, total = before.count, before.sum
    for item in page.items:
        known = _version(connection, item.id)
        total = add_weights(total, item_weight(item.id, item.version))
        if known is None:
            count += 1
        else:
            total = add_weights(total, -item_weight(item.id, known))
        _drop(connection, item.id)
        if item.deleted:
            connection.exec_driver_sql(_INSERT_GONE, (item.id, item.version, scope_id))
        else:
            row_id = connection.exec_driver_sql("SELECT coalesce(max(id), 0) + 1 FROM person").scalar_one()
            person, words = _row(row_id, scope_id, item)
            connection.exec_driver_sql(_INSERT, person)
            connection.exec_driver_sql(_INSERT_WORDS, (row_id, words))
    position = page.items[-1].position if page.items else page.after
    connection.exec_driver_sql(_INSERT_SCOPE, (scope_id, page.scope, page.epoch, position, count, total))


def _fill(connection: Connection, info: SnapshotInfo, blocks: Iterable[list[FeedItem]], first: int) -> None:
    scope_id = _scope_id(connection, info.scope)
    count, weight, row_id = 0, 0, first
    for block in blocks:
        persons: list[tuple[Any, ...]] = []
        words: list[tuple[int, str]] = []
        gone: list[tuple[Any, ...]] = []
        for item in block:
            weight += item_weight(item.id, item.version)
            if item.deleted:
                gone.append((item.id, item.version, scope_id))
                continue
            row_id += 1
            person, syllables = _row(row_id, scope_id, item)
            persons.append(person)
            words.append((row_id, syllables))
        for statement, rows in ((_INSERT, persons), (_INSERT_WORDS, words), (_INSERT_GONE, gone)):
            if rows:
                connection.exec_driver_sql(statement, rows)
        count += len(block)
    if count != info.count:
        raise FeedBroken(scope=info.scope)
    total = add_weights(bytes(_SUM_BYTES), weight)
    connection.exec_driver_sql(_INSERT_SCOPE, (scope_id, info.scope, info.epoch, info.position, count, total))


def _copy_others(old: Engine, connection: Connection, scope: str) -> int:
    """Take over what other scopes hold; return the highest row id taken."""
    with old.connect() as source:
        others = source.exec_driver_sql("SELECT * FROM scope WHERE scope <> ?", (scope,)).all()
        highest = 0
        for other in others:
            connection.exec_driver_sql(_INSERT_SCOPE, tuple(other))
            for block in _blocks(source, other.id):
                connection.exec_driver_sql(_INSERT, [tuple(row) for row in block])
                words = [(row.id, readings().of(row.name).words) for row in block]
                connection.exec_driver_sql(_INSERT_WORDS, words)
                highest = max(highest, *(row.id for row in block))
            gone = source.exec_driver_sql('SELECT "key", version, scope FROM gone WHERE scope = ?', (other.id,)).all()
            if gone:
                connection.exec_driver_sql(_INSERT_GONE, [tuple(row) for row in gone])
    return highest


def _blocks(source: Connection, scope_id: int) -> Iterator[list[Any]]:
    columns = 'id, "key", id_number, name, pinyin, initials, version, scope, body'
    rows = source.exec_driver_sql(f"SELECT {columns} FROM person WHERE scope = ? ORDER BY id", (scope_id,))  # noqa: S608 - own names
    for part in rows.partitions(2_000):
        yield list(part)


def _row(row_id: int, scope_id: int, item: FeedItem) -> tuple[tuple[Any, ...], str]:
    row = read_person(item.body)
    read = readings().of(row.name)
    values = (row_id, item.id, row.id_number, row.name, read.pinyin, read.initials, item.version, scope_id, item.body)
    return values, read.words


def _scope_id(connection: Connection, scope: str) -> int:
    found = connection.exec_driver_sql("SELECT id FROM scope WHERE scope = ?", (scope,)).scalar()
    if found is not None:
        return int(found)
    return int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) + 1 FROM scope").scalar_one())


def _version(connection: Connection, key: str) -> int | None:
    both = 'SELECT version FROM person WHERE "key" = ? UNION ALL SELECT version FROM gone WHERE "key" = ?'
    found = connection.exec_driver_sql(both, (key, key)).scalar()
    return None if found is None else int(found)


def _drop(connection: Connection, key: str) -> None:
    row_id = connection.exec_driver_sql('SELECT id FROM person WHERE "key" = ?', (key,)).scalar()
    if row_id is not None:
        connection.exec_driver_sql("DELETE FROM syllables WHERE rowid = ?", (row_id,))
        connection.exec_driver_sql("DELETE FROM person WHERE id = ?", (row_id,))
    connection.exec_driver_sql('DELETE FROM gone WHERE "key" = ?', (key,))
