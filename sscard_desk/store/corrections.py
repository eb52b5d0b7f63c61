"""What was asked of the register at this service point, and how far that is."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from sscard_desk.domain.events import CorrectionRequested
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.ports.conflicts import Correction
from sscard_desk.store import reference, tables
from sscard_desk.store.clock import moment
from sscard_desk.wire.entry import Header
from sscard_desk.wire.feed import CORRECTION

REQUESTED = "requested"
_table = tables.correction.c


def note(connection: Connection, header: Header, event: CorrectionRequested) -> None:
    """Keep that a correction was asked for; names of fields, no values."""
    fields = ",".join(each.field for each in event.differences)
    tables.put(
        connection,
        tables.correction,
        entry_id=header.entry_id,
        subject=header.subject,
        fields=fields,
        at_ms=header.recorded_at,
    )


def of_application(connection: Connection, subject: ApplicationId) -> Sequence[Correction]:
    """Return what was asked for an application, oldest first."""
    waiting = select(tables.entry.c.entry_id).where(
        (tables.entry.c.subject == subject) & tables.entry.c.received_ms.is_(None)
    )
    unsent = set(connection.execute(waiting).scalars())
    rows = connection.execute(select(tables.correction).where(_table.subject == subject).order_by(_table.at_ms))
    return [
        Correction(
            tuple(row.fields.split(",")),
            reference.find(connection, CORRECTION, row.entry_id).get("state", REQUESTED),
            moment(row.at_ms),
            row.entry_id not in unsent,
        )
        for row in rows
    ]
