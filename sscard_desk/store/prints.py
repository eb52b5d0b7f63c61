"""Prints of papers, folded from journal entries of this desk and of the others at the point."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, select

from sscard_desk.domain import events
from sscard_desk.domain import prints as fold
from sscard_desk.domain.events import Event
from sscard_desk.domain.ids import AccountId, ApplicationId, PrintId
from sscard_desk.domain.prints import PrintRecord
from sscard_desk.store import tables
from sscard_desk.store.clock import milliseconds

_table = tables.print_record.c


def note(connection: Connection, subject: str, event: Event, *, at: datetime, by: AccountId, desk: str) -> None:
    """Fold one event into the records.

    Events about anything else are passed over, and so is news of a print whose order was erased elsewhere.
    """
    match event:
        case events.PrintOrdered():
            _keep(connection, fold.ordered(event, ApplicationId(subject), at=at, by=by, desk=desk))
        case events.PrintMoved():
            if (record := find(connection, event.print)) is not None:
                for each in (record, *_members(connection, record)):
                    _keep(connection, fold.moved(each, event, at))
        case events.PaperSpoiled():
            if (record := find(connection, event.print)) is not None:
                _keep(connection, fold.spoiled(record, event, at, by))
        case events.PaperReturned():
            if (record := find(connection, event.print)) is not None:
                _keep(connection, fold.returned(record, event, at))


def find(connection: Connection, print_id: PrintId) -> PrintRecord | None:
    """Return one record, or None."""
    snapshot = connection.execute(select(_table.snapshot).where(_table.id == print_id)).scalar()
    return None if snapshot is None else _decoder.decode(snapshot)


def of_application(connection: Connection, application: ApplicationId) -> Sequence[PrintRecord]:
    """Return all prints of an application, oldest first."""
    return _read(connection, select(_table.snapshot).where(_table.application == application).order_by(_table.at_ms))


def unended(connection: Connection, desk: str) -> Sequence[PrintRecord]:
    """Return the documents of this desk whose end nobody has heard yet, oldest first; not what stands within them."""
    waiting = select(_table.snapshot).where(_table.ended == tables.FALSE).order_by(_table.at_ms)
    return [record for record in _read(connection, waiting) if record.desk == desk and record.within is None]


def spoiled_between(connection: Connection, begin: datetime, end: datetime) -> Sequence[PrintRecord]:
    """Return the sheets that were marked spoiled from `begin` on and before `end`, in that order."""
    low, high = milliseconds(begin), milliseconds(end)
    chosen = _table.spoiled_ms.is_not(None) & (_table.spoiled_ms >= low) & (_table.spoiled_ms < high)
    return _read(connection, select(_table.snapshot).where(chosen).order_by(_table.spoiled_ms))


def lists_between(connection: Connection, begin: datetime, end: datetime) -> Sequence[PrintRecord]:
    """Return the prints of lists that were ordered from `begin` on and before `end`, in that order."""
    low, high = milliseconds(begin), milliseconds(end)
    chosen = _table.application.startswith(fold.LIST_SUBJECT) & (_table.at_ms >= low) & (_table.at_ms < high)
    return _read(connection, select(_table.snapshot).where(chosen).order_by(_table.at_ms))


def _members(connection: Connection, record: PrintRecord) -> Sequence[PrintRecord]:
    """Return the prints that stand in the same document; those whose order was erased are passed over."""
    found = (find(connection, member) for member in record.members)
    return [member for member in found if member is not None]


def _read(connection: Connection, statement: Select[tuple[Any]]) -> list[PrintRecord]:
    return [_decoder.decode(snapshot) for snapshot in connection.execute(statement).scalars()]


def _keep(connection: Connection, record: PrintRecord) -> None:
    tables.put(
        connection,
        tables.print_record,
        id=record.id,
        application=record.application,
        state=record.state.value,
        ended=int(record.state.ended),
        at_ms=milliseconds(record.at),
        spoiled_ms=None if record.spoiled_at is None else milliseconds(record.spoiled_at),
        snapshot=_encoder.encode(record),
    )


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(PrintRecord)
