"""What document or applicant say otherwise than the register: a list for whoever keeps it, and the answers."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select, update

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import feeds
from sscard_desk.central.store.audit import Record, unrecorded
from sscard_desk.central.store.conflict_tables import correction
from sscard_desk.central.store.desks import Desk
from sscard_desk.central.store.upsert import put
from sscard_desk.domain.events import CorrectionRequested, Difference
from sscard_desk.wire.entry import Header
from sscard_desk.wire.feed import CORRECTION, point_scope, write_row

REQUESTED, ACCEPTED, DECLINED = "requested", "accepted", "declined"
ANSWERS = (ACCEPTED, DECLINED)


@dataclass(frozen=True)
class Requested:
    """One request: who asked, about whom, and what differs."""

    entry_id: str
    subject: str
    person: str
    point: str
    desk: str
    state: str
    at_ms: int
    differences: tuple[Difference, ...]


def request(connection: Connection, desk: Desk, header: Header, event: CorrectionRequested, now_ms: int) -> None:
    """Put a request on the list; one that stands there keeps its answer."""
    known = connection.execute(select(correction.c.state).where(correction.c.entry_id == header.entry_id)).first()
    if known is None:
        put(
            connection,
            correction,
            entry_id=header.entry_id,
            subject=header.subject,
            person=event.person or "",
            point=desk.point,
            desk=desk.id,
            differences=msgspec.msgpack.encode(event.differences),
            state=REQUESTED,
            answered_by="",
            at_ms=now_ms,
        )


def told(connection: Connection, entry_id: str) -> bytes:
    """Return the row that desks of the service point see of a request: names of fields, and how far it is."""
    row = connection.execute(select(correction).where(correction.c.entry_id == entry_id)).one()
    fields = ",".join(each.field for each in _differences(row.differences))
    return write_row({"subject": row.subject, "fields": fields, "state": row.state})


def requests(connection: Connection, state: str = REQUESTED, limit: int = 500) -> Sequence[Requested]:
    """Return requests in a state, oldest first; all states where it is empty."""
    query = select(correction).order_by(correction.c.at_ms, correction.c.entry_id).limit(limit)
    rows = connection.execute(query.where(correction.c.state == state) if state else query)
    return [
        Requested(r.entry_id, r.subject, r.person, r.point, r.desk, r.state, int(r.at_ms), _differences(r.differences))
        for r in rows
    ]


def answer(centre: OpenCentre, entry_id: str, state: str, operator: str, record: Record = unrecorded) -> bool:
    """Keep what the register's keeper answered, and tell the service point; return whether there is such a request.

    Args:
        centre: the centre.
        entry_id: the request.
        state: `accepted` once the register has been corrected, `declined` where it stays.
        operator: who answered.
        record: notes it in its transaction.
    """
    with centre.database.writing() as connection:
        row = connection.execute(select(correction.c.point).where(correction.c.entry_id == entry_id)).first()
        if row is None:
            return False
        same = correction.c.entry_id == entry_id
        values = {"state": state, "answered_by": operator, "answered_ms": centre.now_ms()}
        connection.execute(update(correction).where(same).values(**values))
        body = told(connection, entry_id)
        scope = point_scope(row.point)
        changes = feeds.changed_rows(connection, scope, CORRECTION, {entry_id: lambda _version: body})
        if changes:
            feeds.publish(connection, scope, changes)
        record(connection, entry_id)
    return True


def _differences(body: bytes) -> tuple[Difference, ...]:
    return msgspec.msgpack.decode(body, type=tuple[Difference, ...])
