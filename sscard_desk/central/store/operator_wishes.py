"""Acts that wait for a second operator."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import BigInteger, Column, Connection, Table, Text, insert, select, update

from sscard_desk.central.store.tables import meta, metadata

WANTED: Final = "wanted"
CONFIRMED: Final = "confirmed"
DECLINED: Final = "declined"
_SETTING: Final = "operator.second_person"

operator_wish: Final = Table(
    "operator_wish",
    metadata,
    Column("id", Text, primary_key=True),
    Column("operator", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
)


@dataclass(frozen=True)
class Wish:
    """An act that one operator wants and another one decides on.

    Attributes:
        id: random, 32 hex characters.
        operator: who wants it.
        act: a word of the record of acts.
        object: what it is to be done to.
        reason: in the words of whoever wants it.
        at_ms: when, milliseconds since 1970 UTC.
        state: a word of this module.
        decided_by: the other operator.
    """

    id: str
    operator: str
    act: str
    object: str
    reason: str
    at_ms: int
    state: str = WANTED
    decided_by: str = ""


def is_asked(connection: Connection) -> bool:
    """Return whether dangerous acts ask for a second operator here; off until it is switched on."""
    return connection.execute(select(meta.c.value).where(meta.c.name == _SETTING)).scalar() == "1"


def ask(connection: Connection, *, on: bool) -> None:
    """Switch that on or off."""
    value = str(int(on))
    if connection.execute(update(meta).where(meta.c.name == _SETTING).values(value=value)).rowcount == 0:
        connection.execute(insert(meta).values(name=_SETTING, value=value))


def keep(connection: Connection, wish: Wish) -> None:
    """Enter a wish."""
    connection.execute(insert(operator_wish).values(vars(wish)))


def open_ones(connection: Connection) -> list[Wish]:
    """Return what waits, oldest first."""
    query = select(operator_wish).where(operator_wish.c.state == WANTED).order_by(operator_wish.c.at_ms)
    return [Wish(**row._asdict()) for row in connection.execute(query)]


def decide(connection: Connection, wish: str, operator: str, state: str) -> Wish | None:
    """Note what another operator decided; None where there is no such wish, it is decided, or it is their own.

    Whoever wants an act may decline it, never confirm it.
    """
    query = select(operator_wish).where(operator_wish.c.id == wish).with_for_update()
    row = connection.execute(query).first()
    if row is None or row.state != WANTED or (state == CONFIRMED and row.operator == operator):
        return None
    connection.execute(update(operator_wish).where(operator_wish.c.id == wish).values(state=state, decided_by=operator))
    return Wish(**row._asdict() | {"state": state, "decided_by": operator})
