"""What the desk's database knows of the time, as `domain.desk_time` judges it."""

from typing import Final

from sqlalchemy import Connection, func, select

from sscard_desk.domain.desk_time import TimeKnown, keeps_set
from sscard_desk.domain.events import DateSet
from sscard_desk.store import settings, tables

CERTAIN_AT: Final = "clock_certain_at_ms"
"""This clock when the centre's time was heard, or a date was set, last."""
CERTAIN_SEQ: Final = "clock_certain_seq"
"""Where the journal ended then: entries up to it may bear the times of a clock that was wrong."""
SET: Final = "clock_set_ms"
DOUBTED: Final = "clock_doubted_ms"
"""A shift that ended although nobody is certain: a slow clock that stood idle looks like one that was put right."""
LAST_SUCCESS: Final = "last_sync_ms"
"""The centre's time when a pass came through last."""


def heard(connection: Connection, offset_ms: int, own_ms: int, head_seq: int) -> None:
    """Keep what the centre's time was against this clock, and drop a set date that does not help any more."""
    settings.keep(connection, settings.CLOCK_OFFSET, offset_ms)
    settings.keep(connection, CERTAIN_AT, own_ms)
    settings.keep(connection, CERTAIN_SEQ, head_seq)
    settings.forget(connection, DOUBTED)
    if not keeps_set(set_ms(connection), offset_ms):
        settings.forget(connection, SET)


def keep_set(connection: Connection, event: DateSet, own_ms: int, head_seq: int) -> None:
    """Keep the date that a supervisor set."""
    settings.keep(connection, SET, event.shift_ms)
    settings.forget(connection, DOUBTED)
    settings.keep(connection, CERTAIN_AT, own_ms)
    settings.keep(connection, CERTAIN_SEQ, head_seq)


def end_shift(connection: Connection, known: TimeKnown, head_seq: int) -> None:
    """Drop what a supervisor had added to a clock that was put right.

    Where the clock was slow the date is asked for once more, or the centre, before it stands on a paper.
    """
    settings.forget(connection, SET)
    settings.keep(connection, CERTAIN_AT, known.latest_ms or known.own_ms)
    settings.keep(connection, CERTAIN_SEQ, head_seq)
    if known.set_ms is not None and known.set_ms > 0:
        settings.keep(connection, DOUBTED, known.set_ms)


def came_through(connection: Connection, own_ms: int) -> None:
    """Keep that a pass came through, at the centre's time."""
    settings.keep(connection, LAST_SUCCESS, own_ms + (_number(connection, settings.CLOCK_OFFSET) or 0))


def read(connection: Connection, desk: str, own_ms: int) -> TimeKnown:
    """Return what is known now.

    Args:
        connection: reading or writing.
        desk: this desk, whose entries bear this clock's time.
        own_ms: what this computer's clock says.
    """
    shift = set_ms(connection)
    since = _last_act(connection, desk, _number(connection, CERTAIN_SEQ) or 0)
    certain = [moment for moment in (_number(connection, CERTAIN_AT), since) if moment is not None]
    return TimeKnown(
        own_ms=own_ms,
        heard_ms=_number(connection, settings.CLOCK_OFFSET),
        latest_ms=max(certain) + (shift or 0) if certain else None,
        set_ms=shift,
        through_ms=_number(connection, LAST_SUCCESS),
        doubted_ms=_number(connection, DOUBTED),
    )


def set_ms(connection: Connection) -> int | None:
    """Return what a supervisor had added to this clock, None where nobody did."""
    return _number(connection, SET)


def _last_act(connection: Connection, desk: str, seq: int) -> int | None:
    act = tables.act.c
    found: int | None = connection.execute(
        select(func.max(act.at_ms)).where((act.desk == desk) & (act.seq > seq))
    ).scalar_one()
    return found


def _number(connection: Connection, name: str) -> int | None:
    found = settings.read_text(connection, name)
    return int(found) if found else None
