"""What at this desk ended so long ago that the desk needs it no more, counted by the centre's time alone.

The clock of this computer is not asked: one that runs a year ahead would erase everything. "Today" is the newest time
in a receipt of the centre, so that a desk without a line erases nothing.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, func, select

from sscard_desk.domain.batch import BatchState
from sscard_desk.domain.prints import LIST_SUBJECT
from sscard_desk.store import batches, tables
from sscard_desk.wire.entry import Entry

_entry, _foreign = tables.entry.c, tables.foreign_entry.c
_OVER: Final = (BatchState.CLOSED.value, BatchState.RETURNED.value)


def centre_time(connection: Connection) -> int:
    """Return the newest time that the centre has sealed for this desk, milliseconds since 1970 UTC; 0 for none."""
    return int(connection.execute(select(func.coalesce(func.max(_entry.received_ms), 0))).scalar_one())


def before(connection: Connection, age: timedelta) -> Sequence[str]:
    """Return the subjects of which nothing was heard for longer than `age` and on which nothing follows any more.

    These are ended applications that no open batch names, lists whose prints have ended, and closed batches. What is
    on the list of erasures is left out, and so is what has an entry that was not received: nobody knows its age.
    """
    limit = centre_time(connection) - int(age.total_seconds() * 1000)
    if limit <= 0:
        return []
    return [one for one in _over(connection) if 0 < _last_heard(connection, one) < limit]


def _over(connection: Connection) -> list[str]:
    listed = select(tables.erasure.c.subject)
    named = {key for one in batches.every(connection) if one.state.value not in _OVER for key in one.applications}
    application, record, batch = tables.application.c, tables.print_record.c, tables.batch.c
    ended = select(application.id).where((application.ended != tables.FALSE) & application.id.not_in(listed))
    lists = (
        select(record.application)
        .where(record.application.startswith(LIST_SUBJECT) & record.application.not_in(listed))
        .group_by(record.application)
        .having(func.min(record.ended) == 1)
    )
    closed = select(batch.id).where(batch.state.in_(_OVER) & batch.id.not_in(listed))
    found = [subject for query in (ended, lists, closed) for subject in connection.execute(query).scalars()]
    return [subject for subject in found if subject not in named]


def _last_heard(connection: Connection, subject: str) -> int:
    """Return when the newest entry of a subject reached the centre, or was written elsewhere; 0 where one waits."""
    own = connection.execute(select(_entry.received_ms).where(_entry.subject == subject)).scalars().all()
    if any(received is None for received in own):
        return 0
    headers = connection.execute(select(_foreign.header).where(_foreign.subject == subject)).scalars()
    read = (Entry(header=header, payload=None, salt=None).read_header() for header in headers)
    elsewhere = [header.recorded_at + (header.clock_offset or 0) for header in read]
    return max((*own, *elsewhere), default=0)
