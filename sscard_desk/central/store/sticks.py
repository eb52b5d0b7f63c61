"""What a desk without a line brought on a stick, and where it said that it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from sscard_desk.central.store.tables import entry, stick_desk, stick_file
from sscard_desk.wire.stick.header import Statement, StickHeader
from sscard_desk.wire.unpacking import unpack_as

_CHUNK = 500


@dataclass(frozen=True)
class StickDesk:
    """A desk that brought a file.

    Attributes:
        box: raw X25519 public key that its answers are sealed to.
        statement: where it stood when it made its newest series.
        series: number of that series.
        answers: how many series were made for it.
    """

    box: bytes
    statement: Statement
    series: int
    answers: int


def find(connection: Connection, desk: str) -> StickDesk | None:
    """Return what is known of a desk's sticks, or None."""
    row = connection.execute(select(stick_desk).where(stick_desk.c.desk == desk)).first()
    if row is None:
        return None
    return StickDesk(row.box, unpack_as(Statement, row.statement), row.series, row.answers)


def parts(connection: Connection, desk: str, series: int) -> list[bytes]:
    """Return the digests of a series' parts that were brought in, in order."""
    rows = connection.execute(
        select(stick_file.c.digest)
        .where(stick_file.c.desk == desk, stick_file.c.series == series)
        .order_by(stick_file.c.part)
    )
    return list(rows.scalars())


def note_statement(connection: Connection, header: StickHeader, statement: bytes) -> None:
    """Note where a desk says that it stands."""
    told = {"box": header.box, "statement": statement, "series": header.series}
    if find(connection, header.desk) is None:
        connection.execute(insert(stick_desk).values(desk=header.desk, answers=0, **told))
    else:
        connection.execute(update(stick_desk).where(stick_desk.c.desk == header.desk).values(**told))


def note_file(connection: Connection, header: StickHeader, digest: bytes, at_ms: int) -> None:
    """Note that a file was brought in whole."""
    connection.execute(
        insert(stick_file).values(desk=header.desk, series=header.series, part=header.part, digest=digest, at_ms=at_ms)
    )


def next_answer(connection: Connection, desk: str) -> int:
    """Take the number of a new answer."""
    row = connection.execute(
        update(stick_desk)
        .where(stick_desk.c.desk == desk)
        .values(answers=stick_desk.c.answers + 1)
        .returning(stick_desk.c.answers)
    ).one()
    return int(row.answers)


@dataclass(frozen=True)
class Kept:
    """What became of an entry, as it is kept."""

    entry_id: str
    seq: int
    hash: bytes
    received_ms: int
    outcome: str
    code: str
    reason: str
    current: bytes


def entries(connection: Connection, desk: str, first: int, last: int) -> Iterator[list[Kept]]:
    """Yield what became of a desk's entries from one seq to another, some at a time."""
    after = first - 1
    while True:
        rows = connection.execute(
            select(
                entry.c.entry_id,
                entry.c.seq,
                entry.c.hash,
                entry.c.received_ms,
                entry.c.outcome,
                entry.c.code,
                entry.c.reason,
                entry.c.current,
            )
            .where(entry.c.desk == desk, entry.c.seq > after, entry.c.seq <= last)
            .order_by(entry.c.seq)
            .limit(_CHUNK)
        ).all()
        if not rows:
            return
        yield [Kept(*row) for row in rows]
        after = rows[-1].seq
