"""How many register pictures a desk is given in an hour, and which of those given never got their application."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlalchemy import BigInteger, Column, ColumnElement, Connection, Table, Text, and_, exists, func, select

from sscard_desk.central.store.photos import photo_release
from sscard_desk.central.store.tables import entry, metadata
from sscard_desk.central.store.upsert import put
from sscard_desk.domain.photo_source import REGISTER
from sscard_desk.resources import resource

HOUR_MS: Final = 3_600_000
_GIVEN: Final = (photo_release.c.source == REGISTER, photo_release.c.state == "found")

photo_limit: Final = Table(
    "photo_limit",
    metadata,
    Column("desk", Text, primary_key=True),
    Column("per_hour", BigInteger, nullable=False),
)


@dataclass(frozen=True)
class Unmatched:
    """Pictures of the register that a desk was given, for applications of which nothing has come.

    Attributes:
        desk: who was given them.
        count: how many.
        oldest_ms: when the first of them was given, milliseconds since 1970 UTC.
    """

    desk: str
    count: int
    oldest_ms: int


@dataclass(frozen=True)
class UnmatchedPhoto:
    """One such picture: when it was given to whom, and the key that the desk named."""

    at_ms: int
    desk: str
    application: str


@cache
def shipped_limit() -> int:
    """Return how many an hour brings where the centre has set nothing."""
    return int(tomllib.loads(resource("register_photos.toml").read_text(encoding="utf-8"))["per_hour"])


def limits(connection: Connection) -> Mapping[str, int]:
    """Return the limits that were set; an empty name stands for all desks without one of their own."""
    return {row.desk: int(row.per_hour) for row in connection.execute(select(photo_limit).order_by(photo_limit.c.desk))}


def limit_of(connection: Connection, desk: str) -> int:
    """Return how many a desk is given in an hour: its own limit, that of all, or the shipped one."""
    rows = connection.execute(select(photo_limit).where(photo_limit.c.desk.in_((desk, ""))))
    found = {row.desk: int(row.per_hour) for row in rows}
    return found.get(desk, found.get("", shipped_limit()))


def set_limit(connection: Connection, desk: str, per_hour: int) -> None:
    """Set a desk's limit, or that of all without a desk."""
    put(connection, photo_limit, desk=desk, per_hour=per_hour)


def wait_ms(connection: Connection, desk: str, now_ms: int) -> int:
    """Return how long a desk has to wait for its next picture of the register, 0 for not at all.

    Args:
        connection: a writing transaction that holds the desk's row, so that nobody counts beside it.
        desk: who asks.
        now_ms: the centre's time.
    """
    most = limit_of(connection, desk)
    if most == 0:
        return HOUR_MS
    given = photo_release.c.at_ms
    mine = select(given).where(photo_release.c.desk == desk, given > now_ms - HOUR_MS, *_GIVEN)
    last_but = connection.execute(mine.order_by(given.desc()).offset(most - 1).limit(1)).scalar()
    return 0 if last_but is None else min(HOUR_MS, int(last_but) + HOUR_MS - now_ms)


def unmatched(connection: Connection) -> list[Unmatched]:
    """Return by desk what was given for applications of which the centre has nothing to this day."""
    query = select(photo_release.c.desk, func.count(), func.min(photo_release.c.at_ms)).where(_unmatched())
    rows = connection.execute(query.group_by(photo_release.c.desk).order_by(photo_release.c.desk))
    return [Unmatched(str(desk), int(count), int(oldest)) for desk, count, oldest in rows]


def unmatched_photos(connection: Connection, desk: str = "", most: int = 1_000) -> list[UnmatchedPhoto]:
    """Return the oldest of them, one by one, oldest first.

    Args:
        connection: a reading transaction.
        desk: of one desk; empty for all.
        most: at most so many.
    """
    query = select(photo_release.c.at_ms, photo_release.c.desk, photo_release.c.application).where(_unmatched())
    if desk:
        query = query.where(photo_release.c.desk == desk)
    rows = connection.execute(query.order_by(photo_release.c.at_ms, photo_release.c.id).limit(most))
    return [UnmatchedPhoto(*row) for row in rows]


def _unmatched() -> ColumnElement[bool]:
    # what the centre refused has come too: an operator sees it among the entries
    came = exists().where(entry.c.subject == photo_release.c.application)
    return and_(photo_release.c.known == 0, *_GIVEN, ~came)
