"""The feeds: one gapless counter per scope, every change under its own position."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Exists, Row, bindparam, exists, func, insert, select, update

from sscard_desk.central.migrations import POSTGRESQL
from sscard_desk.central.store.rows import among, insert_new, insert_rows
from sscard_desk.central.store.tables import entry, feed, item, scope
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.feed import write_entry_body
from sscard_desk.wire.messages import FeedItem, ScopeHead, ScopeProof, add_weights, item_weight

ENTRY: Final = "entry"
_CHUNK: Final = 5_000
_ID_CHUNK: Final = 500

_MOVE_ITEM = (
    update(item)
    .where(item.c.scope == bindparam("at_scope"), item.c.kind == bindparam("at_kind"), item.c.id == bindparam("at_id"))
    .values(version=bindparam("v"), position=bindparam("p"))
)


@dataclass(frozen=True)
class Change:
    """One item that changes in a scope; `before` is the version it replaces, 0 for a new one."""

    kind: str
    id: str
    version: int
    body: bytes
    deleted: bool = False
    before: int = 0


def make_scope(connection: Connection, name: str) -> None:
    """Begin a scope with an epoch of its own; one that exists stays as it is."""
    row = {"id": name, "epoch": secrets.token_hex(8), "head": 0, "size": 0, "sum": bytes(32)}
    insert_new(connection, scope, [row])


def publish(connection: Connection, name: str, changes: Sequence[Change]) -> int:
    """Append changes to a scope; to be called last in a transaction, scopes in order of id.

    Returns:
        The scope's new head.
    """
    weights: list[int] = []
    for change in changes:
        weights.append(item_weight(change.id, change.version))
        if change.before:
            weights.append(-item_weight(change.id, change.before))
    fresh = sum(1 for change in changes if not change.before)
    head, total = _move(connection, name, len(changes), fresh)
    connection.execute(update(scope).where(scope.c.id == name).values(sum=add_weights(total, *weights)))
    _append(connection, name, head - len(changes) + 1, changes)
    return head


def publish_entries(connection: Connection, name: str, desk: str, ids: Mapping[int, str]) -> int:
    """Append new entries of one desk to a scope, as `publish` does; they stand in the journals already.

    PostgreSQL copies them from there: three statements and their rows less on the way.

    Args:
        connection: a writing transaction.
        name: the scope.
        desk: whose entries they are.
        ids: seq to entry id, all that the batch has stored between the first and the last, in order.

    Returns:
        The scope's new head.
    """
    if connection.dialect.name != POSTGRESQL:
        return publish(connection, name, [Change(ENTRY, entry_id, 1, b"") for entry_id in ids.values()])
    head, total = _move(connection, name, len(ids), len(ids))
    total = add_weights(total, *(item_weight(entry_id, 1) for entry_id in ids.values()))
    told = (name, head - len(ids), desk, min(ids), max(ids), total)
    if connection.exec_driver_sql(_TELL_ENTRIES, told).scalar_one() != len(ids):
        raise RuntimeError("the journal holds other entries than the batch has stored: a feed must have no gap")
    return head


def _move(connection: Connection, name: str, count: int, fresh: int) -> tuple[int, bytes]:
    """Take a scope's counter on by so many; return its new head and the sum as it was."""
    row = connection.execute(
        update(scope)
        .where(scope.c.id == name)
        .values(head=scope.c.head + count, size=scope.c.size + fresh)
        .returning(scope.c.head, scope.c.sum)
    ).one()
    return int(row.head), row.sum


_TELL_ENTRIES: Final = """WITH told AS (INSERT INTO feed (scope, position, kind, id, version, deleted, body)
 SELECT $1, $2::bigint + row_number() OVER (ORDER BY seq), 'entry', entry_id, 1, 0, '' FROM entry
 WHERE desk = $3 AND seq BETWEEN $4 AND $5 AND outcome = 'stored' RETURNING scope, kind, id, version, position),
 held AS (INSERT INTO item (scope, kind, id, version, position) SELECT scope, kind, id, version, position FROM told)
 UPDATE scope SET sum = $6 WHERE id = $1 RETURNING (SELECT count(*) FROM told)"""


def _append(connection: Connection, name: str, first: int, changes: Sequence[Change]) -> None:
    rows = [
        {
            "scope": name,
            "position": position,
            "kind": change.kind,
            "id": change.id,
            "version": change.version,
            "deleted": int(change.deleted),
            "body": change.body,
        }
        for position, change in enumerate(changes, first)
    ]
    insert_rows(connection, feed, rows)
    moved = [
        {"at_kind": change.kind, "at_id": change.id, "v": change.version, "p": position}
        for position, change in enumerate(changes, first)
        if change.before
    ]
    if moved:
        connection.execute(_MOVE_ITEM, [{"at_scope": name} | place for place in moved])
    if connection.dialect.name == POSTGRESQL:
        # its planner, without figures of a young table, would read all of it for the copy below
        fresh = [(position, change) for position, change in enumerate(changes, first) if not change.before]
        made = [{"scope": name, "kind": c.kind, "id": c.id, "version": c.version, "position": p} for p, c in fresh]
        insert_rows(connection, item, made)
    elif len(moved) < len(changes):
        # what is new here stands in the rows just written; the database copies it faster than they are sent again
        written = select(feed.c.scope, feed.c.kind, feed.c.id, feed.c.version, feed.c.position).where(
            feed.c.scope == name, feed.c.position >= first, ~_known()
        )
        connection.execute(insert(item).from_select(["scope", "kind", "id", "version", "position"], written))


def _known() -> Exists:
    return exists().where(item.c.scope == feed.c.scope, item.c.kind == feed.c.kind, item.c.id == feed.c.id)


def changed_rows(
    connection: Connection, name: str, kind: str, bodies: Mapping[str, Callable[[int], bytes]]
) -> list[Change]:
    """Return what differs from what stands in a scope, in the order given; equal rows are left out.

    Args:
        connection: a writing transaction.
        name: the scope.
        kind: the kind of all rows.
        bodies: per id, what makes the body for a version.
    """
    hold(connection, name)
    now = {row.id: row for row in _standing(connection, name, kind)}
    found: list[Change] = []
    for key, body in bodies.items():
        row = now.get(key)
        if row is None:
            found.append(Change(kind, key, 1, body(1)))
        elif row.deleted or row.body != body(row.version):
            found.append(Change(kind, key, row.version + 1, body(row.version + 1), before=row.version))
    return found


def gone_rows(connection: Connection, name: str, kind: str, ids: Iterable[str]) -> list[Change]:
    """Return the tombstones of items that stand in a scope."""
    hold(connection, name)
    wanted = set(ids)
    return [
        Change(kind, row.id, row.version + 1, b"", deleted=True, before=row.version)
        for row in _standing(connection, name, kind)
        if row.id in wanted and not row.deleted
    ]


def hold(connection: Connection, name: str) -> None:
    """Take a scope's counter: what is compared now is what stands when the changes are published."""
    connection.execute(select(scope.c.id).where(scope.c.id == name).with_for_update())


def ids_of(connection: Connection, name: str, kind: str) -> set[str]:
    """Return the ids of the items of one kind that stand in a scope."""
    return {row.id for row in _standing(connection, name, kind) if not row.deleted}


def bodies_of(connection: Connection, name: str, kind: str) -> list[bytes]:
    """Return the bodies of the items of one kind that stand in a scope."""
    return [row.body for row in _standing(connection, name, kind) if not row.deleted]


def rows_of(connection: Connection, name: str, kind: str) -> dict[str, bytes]:
    """Return the bodies of the items of one kind that stand in a scope, by id."""
    return {row.id: row.body for row in _standing(connection, name, kind) if not row.deleted}


def _standing(connection: Connection, name: str, kind: str) -> Sequence[Row[*tuple[Any, ...]]]:
    return connection.execute(
        select(feed.c.id, feed.c.version, feed.c.deleted, feed.c.body)
        .join(item, (item.c.scope == feed.c.scope) & (item.c.position == feed.c.position))
        .where(item.c.scope == name, item.c.kind == kind)
    ).all()


def bodies_by_id(connection: Connection, name: str, kind: str, ids: Sequence[str]) -> dict[str, bytes]:
    """Return the bodies of items of a scope, by id; tombstones and unknown ones are left out."""
    rows = connection.execute(
        select(feed.c.id, feed.c.body)
        .join(item, (item.c.scope == feed.c.scope) & (item.c.position == feed.c.position))
        .where(item.c.scope == name, item.c.kind == kind, item.c.id.in_(ids), feed.c.deleted == 0)
    )
    return {row.id: row.body for row in rows}


def newest_of(connection: Connection, name: str, kind: str) -> int:
    """Return the position of a scope's newest item of a kind, 0 without any."""
    newest = select(func.coalesce(func.max(item.c.position), 0)).where(item.c.scope == name, item.c.kind == kind)
    return int(connection.execute(newest).scalar_one())


def heads(connection: Connection, names: Sequence[str]) -> tuple[ScopeHead, ...]:
    """Return where scopes stand, in order of id; those that do not exist are left out."""
    rows = connection.execute(select(scope).where(scope.c.id.in_(names)).order_by(scope.c.id))
    return tuple(ScopeHead(scope=row.id, epoch=row.epoch, head=row.head, compacted=row.compacted) for row in rows)


def proofs(connection: Connection, names: Sequence[str]) -> tuple[ScopeProof, ...]:
    """Return count and order-free sum of scopes, in order of id."""
    rows = connection.execute(select(scope).where(scope.c.id.in_(names)).order_by(scope.c.id))
    return tuple(
        ScopeProof(scope=row.id, epoch=row.epoch, position=row.head, count=row.size, sum=row.sum) for row in rows
    )


def page(connection: Connection, name: str, after: int, limit: int, asking: str) -> tuple[FeedItem, ...]:
    """Return up to `limit` items after a position; entries of the asking desk come without a body."""
    rows = connection.execute(
        select(feed).where(feed.c.scope == name, feed.c.position > after).order_by(feed.c.position).limit(limit)
    ).all()
    bodies = _entry_bodies(connection, [row.id for row in rows if row.kind == ENTRY], asking)
    return tuple(_item(row, bodies) for row in rows)


def whole(connection: Connection, name: str) -> Iterator[FeedItem]:
    """Yield every item of a scope with its newest version, tombstones included, in order of position."""
    after = 0
    while True:
        rows = connection.execute(
            select(feed)
            .join(item, (item.c.scope == feed.c.scope) & (item.c.kind == feed.c.kind) & (item.c.id == feed.c.id))
            .where(feed.c.scope == name, feed.c.position > after, item.c.position == feed.c.position)
            .order_by(feed.c.position)
            .limit(_CHUNK)
        ).all()
        if not rows:
            return
        bodies = _entry_bodies(connection, [row.id for row in rows if row.kind == ENTRY], "")
        for row in rows:
            yield _item(row, bodies)
        after = rows[-1].position


def _item(row: Row[*tuple[Any, ...]], bodies: Mapping[str, bytes]) -> FeedItem:
    _, position, kind, key, version, deleted, body = row
    return FeedItem(
        position=position,
        kind=kind,
        id=key,
        version=version,
        deleted=bool(deleted),
        body=bodies.get(key, b"") if kind == ENTRY and not deleted else body,
    )


def _entry_bodies(connection: Connection, ids: Sequence[str], asking: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for start in range(0, len(ids), _ID_CHUNK):
        rows = connection.execute(
            select(entry.c.entry_id, entry.c.header, entry.c.payload, entry.c.salt).where(
                among(connection, entry.c.entry_id, ids[start : start + _ID_CHUNK]), entry.c.desk != asking
            )
        )
        for row in rows:
            found[row.entry_id] = write_entry_body(Entry(header=row.header, payload=row.payload, salt=row.salt))
    return found
