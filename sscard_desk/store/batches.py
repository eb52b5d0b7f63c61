"""Batches of cards of this desk, folded from its journal."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection, select

from sscard_desk.domain import batch as fold
from sscard_desk.domain import events
from sscard_desk.domain.batch import Batch, BatchId
from sscard_desk.domain.events import Event
from sscard_desk.domain.ids import AccountId
from sscard_desk.store import tables
from sscard_desk.store.clock import milliseconds

_table = tables.batch.c


def note(connection: Connection, subject: str, event: Event, *, at: datetime, by: AccountId) -> None:
    """Fold one event; events about anything else are passed over."""
    if event.kind not in events.BATCHES:
        return
    key = BatchId(subject)
    if isinstance(event, events.BatchOpened | events.BatchReturned):
        _keep(connection, fold.begin(key, event, at, by))
    elif (found := find(connection, key)) is not None:
        _keep(connection, fold.apply(found, event))


def find(connection: Connection, batch: BatchId) -> Batch | None:
    """Return one batch, or None."""
    snapshot = connection.execute(select(_table.snapshot).where(_table.id == batch)).scalar()
    return None if snapshot is None else _decoder.decode(snapshot)


def every(connection: Connection) -> Sequence[Batch]:
    """Return all batches, newest first."""
    rows = connection.execute(select(_table.snapshot).order_by(_table.at_ms.desc(), _table.id))
    return [_decoder.decode(snapshot) for snapshot in rows.scalars()]


def _keep(connection: Connection, one: Batch) -> None:
    tables.put(
        connection,
        tables.batch,
        id=one.id,
        state=one.state.value,
        at_ms=milliseconds(one.at),
        snapshot=_encoder.encode(one),
    )


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Batch)
