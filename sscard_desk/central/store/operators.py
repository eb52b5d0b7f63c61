"""Operators of the centre: their password's hash, second factor, recovery codes, and wrong tries."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import BigInteger, Column, Connection, LargeBinary, Table, Text, delete, func, insert, select, update

from sscard_desk.central.store.rows import insert_new
from sscard_desk.central.store.tables import metadata

INVITED: Final = "invited"
"""Has a first password and sets up the rest at the first sign-in."""
ACTIVE: Final = "active"
REMOVED: Final = "removed"

operator: Final = Table(
    "operator",
    metadata,
    Column("name", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("cost", Text, nullable=False),
    Column("first_until_ms", BigInteger, nullable=False),
    Column("factor", LargeBinary, nullable=False),
    Column("last_step", BigInteger, nullable=False),
    Column("since_ms", BigInteger, nullable=False),
)
operator_recovery: Final = Table(
    "operator_recovery",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("operator", Text, nullable=False),
)
operator_try: Final = Table(
    "operator_try",
    metadata,
    Column("who", LargeBinary, primary_key=True),
    Column("wrong", BigInteger, nullable=False),
    Column("last_ms", BigInteger, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
)


@dataclass(frozen=True, repr=False)
class Operator:
    """An operator as the table has them.

    Attributes:
        name: what the record calls them.
        state: `INVITED`, `ACTIVE` or `REMOVED`.
        salt: of the password's hash.
        hash: Argon2id of the password.
        cost: what a guess costs: memory in KiB, passes, lanes, with commas between.
        first_until_ms: until when a first password is good, milliseconds since 1970 UTC; 0 without one.
        factor: the sealed secret of the second factor; empty while there is none.
        last_step: the newest time step whose code was taken (RFC 6238, 5.2: none is taken twice).
        since_ms: when they were added.
    """

    name: str
    state: str
    salt: bytes
    hash: bytes
    cost: str
    first_until_ms: int
    factor: bytes
    last_step: int
    since_ms: int


@dataclass(frozen=True)
class Tries:
    """Wrong tries in a row; times are milliseconds since 1970 UTC."""

    wrong: int = 0
    last_ms: int = 0
    until_ms: int = 0


def find(connection: Connection, name: str, *, for_update: bool = False) -> Operator | None:
    """Return an operator, or None; with `for_update` nobody else changes them before the transaction ends."""
    query = select(operator).where(operator.c.name == name)
    row = connection.execute(query.with_for_update() if for_update else query).first()
    return Operator(**row._asdict()) if row else None


def everybody(connection: Connection) -> list[Operator]:
    """Return all operators by name, those who left among them."""
    return [Operator(**row._asdict()) for row in connection.execute(select(operator).order_by(operator.c.name))]


def keep(connection: Connection, kept: Operator) -> None:
    """Enter an operator, or replace what the table has of them."""
    values = dict(vars(kept))
    if find(connection, kept.name) is None:
        connection.execute(insert(operator).values(values))
    else:
        connection.execute(update(operator).where(operator.c.name == kept.name).values(values))


def take_step(connection: Connection, name: str, step: int) -> bool:
    """Note the time step of a code that fits; return whether it is newer than every one taken before."""
    newer = (operator.c.name == name) & (operator.c.last_step < step)
    return connection.execute(update(operator).where(newer).values(last_step=step)).rowcount == 1


def keep_recovery(connection: Connection, name: str, digests: list[bytes]) -> None:
    """Replace an operator's recovery codes."""
    connection.execute(delete(operator_recovery).where(operator_recovery.c.operator == name))
    if digests:
        connection.execute(insert(operator_recovery), [{"digest": digest, "operator": name} for digest in digests])


def take_recovery(connection: Connection, name: str, digest: bytes) -> bool:
    """Use a recovery code up; return whether there was one."""
    one = (operator_recovery.c.operator == name) & (operator_recovery.c.digest == digest)
    return connection.execute(delete(operator_recovery).where(one)).rowcount == 1


def recovery_left(connection: Connection, name: str) -> int:
    """Return how many recovery codes an operator has."""
    query = select(func.count()).select_from(operator_recovery).where(operator_recovery.c.operator == name)
    return int(connection.execute(query).scalar_one())


def tries_of(connection: Connection, who: bytes) -> Tries:
    """Return the wrong tries of somebody; nobody else counts one of theirs before the transaction ends."""
    insert_new(connection, operator_try, [{"who": who, "wrong": 0, "last_ms": 0, "until_ms": 0}])
    query = select(operator_try.c.wrong, operator_try.c.last_ms, operator_try.c.until_ms)
    row = connection.execute(query.where(operator_try.c.who == who).with_for_update()).one()
    return Tries(row.wrong, row.last_ms, row.until_ms)


def keep_tries(connection: Connection, who: bytes, tries: Tries) -> None:
    """Keep the wrong tries of somebody."""
    connection.execute(update(operator_try).where(operator_try.c.who == who).values(vars(tries)))


def forget_tries(connection: Connection, who: bytes) -> None:
    """Forget the wrong tries of somebody: it was right."""
    connection.execute(delete(operator_try).where(operator_try.c.who == who))


def forget_old_tries(connection: Connection, before_ms: int) -> None:
    """Forget tries that are long over."""
    connection.execute(delete(operator_try).where(operator_try.c.last_ms < before_ms))
