"""Lists that are being brought in: how far each is, for whichever worker is asked."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Connection, Row, Table, Text, insert, select, update

from sscard_desk.central.store.tables import metadata

CHECKING: Final = "checking"
WAITING: Final = "waiting"
"""Holds, and waits for a second operator."""
TAKING: Final = "taking"
DONE: Final = "done"
WRONG: Final = "wrong"
FAILED: Final = "failed"
CANCELLED: Final = "cancelled"
RUNNING: Final = frozenset({CHECKING, TAKING})

operator_job: Final = Table(
    "operator_job",
    metadata,
    Column("id", Text, primary_key=True),
    Column("operator", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("looked_at", BigInteger, nullable=False),
    Column("wrong", BigInteger, nullable=False),
    Column("problems", Text, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("code", Text, nullable=False),
    Column("begun_ms", BigInteger, nullable=False),
    Column("beat_ms", BigInteger, nullable=False),
)


@dataclass(frozen=True)
class Job:
    """One list.

    Attributes:
        id: random, 32 hex characters.
        operator: who brought it.
        kind: a kind of list.
        place: service point or region that it is for, empty for everybody.
        state: a word of this module.
        looked_at: rows that were looked at.
        wrong: how much is wrong.
        problems: the first of that: line, column, reason.
        changed: rows that were new or changed.
        code: of the error that ended it.
        begun_ms: when it began, milliseconds since 1970 UTC.
        beat_ms: when whoever works on it was last heard.
    """

    id: str
    operator: str
    kind: str
    place: str
    state: str
    looked_at: int = 0
    wrong: int = 0
    problems: tuple[tuple[int, str, str], ...] = ()
    changed: int = 0
    code: str = ""
    begun_ms: int = 0
    beat_ms: int = 0


def begin(connection: Connection, job: Job) -> None:
    """Enter a list."""
    connection.execute(insert(operator_job).values(vars(job) | {"problems": json.dumps(job.problems)}))


def note(connection: Connection, job: str, among: Sequence[str], **values: object) -> bool:
    """Change what is known of a list, if it is in one of these states; return whether it was."""
    if "problems" in values:
        values["problems"] = json.dumps(values["problems"])
    fits = (operator_job.c.id == job) & operator_job.c.state.in_(among)
    return connection.execute(update(operator_job).where(fits).values(**values)).rowcount == 1


def find(connection: Connection, job: str) -> Job | None:
    """Return a list, or None."""
    row = connection.execute(select(operator_job).where(operator_job.c.id == job)).first()
    return _job(row) if row else None


def newest(connection: Connection, most: int = 20) -> list[Job]:
    """Return the newest lists, newest first."""
    return [_job(row) for row in connection.execute(
        select(operator_job).order_by(operator_job.c.begun_ms.desc()).limit(most)
    )]  # fmt: skip


def _job(row: Row[*tuple[Any, ...]]) -> Job:
    values = row._asdict()
    return Job(**values | {"problems": tuple(tuple(each) for each in json.loads(values["problems"]))})
