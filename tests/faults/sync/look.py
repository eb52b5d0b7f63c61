"""What a desk says of itself, as values that go through a pipe."""

from dataclasses import dataclass

from sqlalchemy import select

from sscard_desk.store import tables
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.engine import reading
from sscard_desk.store.verify import verify


@dataclass(frozen=True)
class Kept:
    """One entry of a desk's journal."""

    seq: int
    entry_id: str
    hash: str
    acknowledged: bool


@dataclass(frozen=True)
class Look:
    """A desk at one moment.

    Attributes:
        desk: its name.
        journal: its entries, in order.
        cursors: per scope (epoch, position).
        unsent: entries without receipt.
        aside: code of each entry set aside.
        sent_blobs: names of blobs that the centre is believed to have.
        pending_blobs: names of the others.
        unsound: what `verify` found wrong; empty if nothing.
    """

    desk: str
    journal: tuple[Kept, ...]
    cursors: dict[str, tuple[str, int]]
    unsent: int
    aside: tuple[str, ...]
    sent_blobs: frozenset[str]
    pending_blobs: frozenset[str]
    unsound: str = ""


def look_at(store: DeskStore) -> Look:
    """Read everything that a trial compares."""
    entry, blob = tables.entry.c, tables.blob.c
    with reading(store._engine) as connection:
        rows = connection.execute(select(entry.seq, entry.entry_id, entry.hash, entry.received_ms).order_by(entry.seq))
        journal = tuple(Kept(row.seq, row.entry_id, row.hash.hex(), row.received_ms is not None) for row in rows)
        blobs = {row.id: bool(row.sent) for row in connection.execute(select(blob.id, blob.sent))}
    cursors = {scope: store.cursor(scope) for scope in store.scopes()}
    found = verify(store._engine, store.desk, store._folder)
    return Look(
        desk=store.desk,
        journal=journal,
        cursors={scope: (at.epoch, at.position) for scope, at in cursors.items()},
        unsent=store.unsent(),
        aside=tuple(code for _, code, _ in store.set_aside()),
        sent_blobs=frozenset(name for name, sent in blobs.items() if sent),
        pending_blobs=frozenset(name for name, sent in blobs.items() if not sent),
        unsound="" if found.sound else repr(found),
    )
