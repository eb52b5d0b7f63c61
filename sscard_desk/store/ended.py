"""What at this desk ended so long ago that the desk needs it no more, counted by the centre's time alone.

No clock of a desk is asked, neither this computer's nor that of another desk whose entries came here: one that runs a
year ahead, or behind, would erase everything. "Today" is the newest time in a receipt of the centre, so that a desk
without a line erases nothing; what another desk wrote is as old as the receipt of the first own entry after it came.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, func, select

from sscard_desk.domain.batch import BatchState
from sscard_desk.domain.prints import LIST_SUBJECT
from sscard_desk.store import batches, settings, tables

_entry, _act = tables.entry.c, tables.act.c
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
    """Return when the newest entry of a subject reached the centre, or had come here; 0 where nobody knows."""
    own = connection.execute(select(_entry.received_ms).where(_entry.subject == subject)).scalars().all()
    if any(received is None for received in own):
        return 0
    came = _came(connection, subject)
    return 0 if came == 0 else max((*own, came or 0), default=0)


def _came(connection: Connection, subject: str) -> int | None:
    """Return a time of the centre by which all had come that other desks wrote of a subject.

    None where they wrote nothing; 0 where no own entry was received since.
    """
    desk = settings.read_text(connection, settings.DESK)
    last = connection.execute(select(func.max(_act.id)).where((_act.subject == subject) & (_act.desk != desk))).scalar()
    if last is None:
        return None
    after = (
        select(_entry.received_ms)
        # by number of the act from `last` on, not through all acts of this desk: the first one found is the answer
        .join(tables.act, (_act.seq == _entry.seq) & (_act.desk.concat("") == desk))
        .where((_act.id > last) & _entry.received_ms.is_not(None))
        .order_by(_act.id)
        .limit(1)
    )
    return int(connection.execute(after).scalar() or 0)
