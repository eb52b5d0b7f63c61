"""Sessions of operators, by the digest of what the browser holds."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import BigInteger, Column, Connection, LargeBinary, Table, Text, delete, insert, select, update

from sscard_desk.central.store.tables import metadata

operator_session: Final = Table(
    "operator_session",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("operator", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("pending", LargeBinary, nullable=False),
    Column("begun_ms", BigInteger, nullable=False),
    Column("seen_ms", BigInteger, nullable=False),
)


@dataclass(frozen=True, repr=False)
class Session:
    """One signed-in browser.

    Attributes:
        digest: SHA-256 of its token.
        operator: whose it is.
        stage: a word of `admin.sessions`.
        pending: the sealed secret of a second factor that is being set up, otherwise empty.
        begun_ms: when it began, milliseconds since 1970 UTC.
        seen_ms: when it was last used, to within half a minute.
    """

    digest: bytes
    operator: str
    stage: str
    pending: bytes
    begun_ms: int
    seen_ms: int


def begin(connection: Connection, session: Session) -> None:
    """Keep a new session."""
    connection.execute(insert(operator_session).values(vars(session)))


def find(connection: Connection, digest: bytes) -> Session | None:
    """Return a session, or None."""
    row = connection.execute(select(operator_session).where(operator_session.c.digest == digest)).first()
    return Session(**row._asdict()) if row else None


def seen(connection: Connection, digest: bytes, now_ms: int) -> None:
    """Note that a session was used."""
    connection.execute(update(operator_session).where(operator_session.c.digest == digest).values(seen_ms=now_ms))


def end(connection: Connection, digest: bytes) -> None:
    """End one session."""
    connection.execute(delete(operator_session).where(operator_session.c.digest == digest))


def end_all(connection: Connection, name: str, but: bytes = b"") -> int:
    """End every session of an operator but one; return how many there were."""
    theirs = (operator_session.c.operator == name) & (operator_session.c.digest != but)
    return connection.execute(delete(operator_session).where(theirs)).rowcount


def of_operator(connection: Connection, name: str) -> list[Session]:
    """Return the sessions of an operator, newest first."""
    query = select(operator_session).where(operator_session.c.operator == name)
    return [Session(**row._asdict()) for row in connection.execute(query.order_by(operator_session.c.begun_ms.desc()))]


def forget(connection: Connection, begun_before_ms: int, seen_before_ms: int) -> int:
    """Drop sessions that are over; return how many."""
    over = (operator_session.c.begun_ms < begun_before_ms) | (operator_session.c.seen_ms < seen_before_ms)
    return connection.execute(delete(operator_session).where(over)).rowcount
