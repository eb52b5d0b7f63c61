"""One generation of the population cache: building it whole, applying the feed's changes to it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine

from sscard_desk.domain.errors.centre import FeedBroken
from sscard_desk.ports.sync import Cursor
from sscard_desk.store import person_parts
from sscard_desk.store.engine import open_engine, writing
from sscard_desk.store.migrations import PERSONS, is_behind, migrate
from sscard_desk.store.pinyin import readings
from sscard_desk.wire.feed import BLOCK_ITEMS, read_person
from sscard_desk.wire.messages import FeedItem, FeedPage, ScopeProof, SnapshotInfo, add_weights, item_weight

BUILD_CACHE_MB: Final = 32
"""Page cache while a generation is built."""
Blocks = Iterable[list[FeedItem]]
_NAME: Final = 2
_SUM_BYTES: Final = 32
_INSERT_GONE: Final = 'INSERT OR REPLACE INTO gone ("key", version, scope) VALUES (?, ?, ?)'
_INSERT_SCOPE: Final = "INSERT OR REPLACE INTO scope (id, scope, epoch, position, count, sum) VALUES (?, ?, ?, ?, ?, ?)"


def make_empty(path: Path, key: bytes) -> None:
    """Make a cache without persons."""
    engine = open_engine(path, key, synchronous="NORMAL", key_proved=True)
    try:
        migrate(engine, PERSONS, fresh=True)
        with writing(engine) as connection:
            person_parts.index(connection, 1)
    finally:
        engine.dispose()


def bring_on(engine: Engine) -> None:
    """Bring a cache that an older program made to today's shape."""
    if is_behind(engine, PERSONS):
        migrate(engine, PERSONS, fresh=False)


def build(path: Path, key: bytes, info: SnapshotInfo, blocks: Blocks, old: Engine | None) -> None:
    """Make a whole new generation: the snapshot's persons, and those of other scopes from the file before.

    A block of rows, the keys of one table and a page cache of fixed size are in memory, however many persons there are.
    An unfinished file is thrown away, so nothing is logged: the journal has the pages from before the first row alone.

    Raises:
        FeedBroken: there are more or fewer items than the snapshot says.
        ValueError: an item cannot be read.
    """
    engine = open_engine(path, key, synchronous="NORMAL", cache_mb=BUILD_CACHE_MB, key_proved=True)
    try:
        migrate(engine, PERSONS, fresh=True)
        with engine.connect().execution_options(sscard_write=True) as connection:
            _keep_journal(connection, "MEMORY")
            with connection.begin():
                filling = person_parts.Filling(connection)
                if old is not None:
                    _copy_others(old, connection, filling, info.scope)
                _fill(connection, filling, info, blocks)
                filling.end()
            _keep_journal(connection, "WAL")
    finally:
        engine.dispose()


def _keep_journal(connection: Connection, kind: str) -> None:
    cursor = connection.connection.cursor()
    try:
        cursor.execute(f"PRAGMA journal_mode = {kind}")
    finally:
        cursor.close()


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
        person_parts.remove(connection, item.id)
        connection.exec_driver_sql('DELETE FROM gone WHERE "key" = ?', (item.id,))
        if item.deleted:
            connection.exec_driver_sql(_INSERT_GONE, (item.id, item.version, scope_id))
        else:
            person_parts.add_one(connection, *_row(scope_id, item))
    position = page.items[-1].position if page.items else page.after
    connection.exec_driver_sql(_INSERT_SCOPE, (scope_id, page.scope, page.epoch, position, count, total))


def _fill(connection: Connection, filling: person_parts.Filling, info: SnapshotInfo, blocks: Blocks) -> None:
    scope_id = _scope_id(connection, info.scope)
    count, weight = 0, 0
    for block in blocks:
        weight += sum(item_weight(item.id, item.version) for item in block)
        count += len(block)
        filling.add([_row(scope_id, item) for item in block if not item.deleted])
        if gone := [(item.id, item.version, scope_id) for item in block if item.deleted]:
            connection.exec_driver_sql(_INSERT_GONE, gone)
    if count != info.count:
        raise FeedBroken(scope=info.scope)
    total = add_weights(bytes(_SUM_BYTES), weight)
    connection.exec_driver_sql(_INSERT_SCOPE, (scope_id, info.scope, info.epoch, info.position, count, total))


def _copy_others(old: Engine, connection: Connection, filling: person_parts.Filling, scope: str) -> None:
    """Take over what other scopes hold."""
    with old.connect() as source:
        for other in source.exec_driver_sql("SELECT * FROM scope WHERE scope <> ?", (scope,)).all():
            connection.exec_driver_sql(_INSERT_SCOPE, tuple(other))
            for rows in person_parts.rows_of(source, other.id, BLOCK_ITEMS):
                filling.add([(row, readings().of(str(row[_NAME])).words) for row in rows])
            gone = source.exec_driver_sql('SELECT "key", version, scope FROM gone WHERE scope = ?', (other.id,))
            for some in gone.partitions(BLOCK_ITEMS):
                connection.exec_driver_sql(_INSERT_GONE, [tuple(row) for row in some])


def _row(scope_id: int, item: FeedItem) -> tuple[person_parts.Row, str]:
    row = read_person(item.body)
    read = readings().of(row.name)
    values = (item.id, row.id_number, row.name, read.pinyin, read.initials, item.version, scope_id, item.body)
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
