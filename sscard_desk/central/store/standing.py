"""How the centre stands: counts for whoever looks after it, nothing of any person."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select

from sscard_desk.central.store.tables import application, desk, entry, point

DONE_WITH: Final = ("stored", "settled")
"""Outcomes of entries that ask nothing of anybody: taken, or decided on by a clerk and kept as they came."""


def desks_by_state(connection: Connection) -> dict[str, int]:
    """Return how many desks are in which state."""
    rows = connection.execute(select(desk.c.state, func.count()).group_by(desk.c.state).order_by(desk.c.state))
    return {state: int(count) for state, count in rows}


def entries_by_outcome(connection: Connection) -> dict[str, int]:
    """Return how many entries were taken, refused, and in conflict."""
    rows = connection.execute(select(entry.c.outcome, func.count()).group_by(entry.c.outcome).order_by(entry.c.outcome))
    return {outcome: int(count) for outcome, count in rows}


def applications(connection: Connection) -> dict[str, int]:
    """Return how many applications stand at which step."""
    at = application.c.step
    return {step: int(count) for step, count in connection.execute(select(at, func.count()).group_by(at).order_by(at))}


def unsettled(connection: Connection) -> dict[str, int]:
    """Return how many entries of each desk were received and not taken; desks without one are left out."""
    left = select(entry.c.desk, func.count()).where(entry.c.outcome.not_in(DONE_WITH)).group_by(entry.c.desk)
    return {name: int(count) for name, count in connection.execute(left)}


def all_points(connection: Connection) -> list[tuple[str, str, str]]:
    """Return every service point: code, name, region."""
    return [(row.id, row.name, row.region) for row in connection.execute(select(point).order_by(point.c.id))]


@dataclass(frozen=True)
class NotTaken:
    """An entry that was received and not taken.

    Attributes:
        desk: whose.
        seq: its place in that desk's journal.
        kind: what it says happened.
        outcome: `refused` or `conflict`.
        code: why, a word of `wire.refusals`.
        reason: further words; may be empty.
        received_ms: when it came, milliseconds since 1970 UTC.
    """

    desk: str
    seq: int
    kind: str
    outcome: str
    code: str
    reason: str
    received_ms: int


def not_taken(connection: Connection, desk_id: str, skip: int, most: int) -> list[NotTaken]:
    """Return the entries that were not taken, newest first, of one desk or of all."""
    at = entry.c
    query = select(at.desk, at.seq, at.kind, at.outcome, at.code, at.reason, at.received_ms)
    query = query.where(at.outcome.not_in(DONE_WITH))
    if desk_id:
        query = query.where(at.desk == desk_id)
    query = query.order_by(at.received_ms.desc(), at.desk, at.seq.desc()).offset(skip).limit(most)
    return [NotTaken(*row) for row in connection.execute(query)]
