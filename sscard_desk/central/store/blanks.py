"""Where each blank card is: one row for each desk that ever had it, or that it is lent to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, and_, bindparam, func, select, update

from sscard_desk.central.store.rows import insert_alone
from sscard_desk.central.store.tables import blank_place

LENT: Final = "lent"
"""The centre lent it to this desk; nothing was heard of it from there yet."""
BY_SEAL: Final = "seal"
BY_CENTRE: Final = "centre"
GONE: Final = frozenset({"returned"})
"""States in which a card is not at a desk any more."""


@dataclass(frozen=True)
class Place:
    """A card at a desk."""

    identification_code: str
    desk: str
    point: str
    state: str
    stock_no: str = ""
    card_number: str = ""
    spoiled_by: str = ""
    confirmed_by: str = ""
    confirmed_how: str = ""
    """`BY_SEAL`, `BY_CENTRE`, or empty: a desk's word."""

    @property
    def here(self) -> bool:
        """Whether the desk has it, or is to have it."""
        return self.state not in GONE


def find_all(connection: Connection, codes: Collection[str]) -> dict[tuple[str, str], Place]:
    """Return every place of these cards by (card, desk); nobody else changes them before the transaction ends."""
    if not codes:
        return {}
    query = select(blank_place).where(blank_place.c.identification_code.in_(sorted(codes)))
    order = (blank_place.c.identification_code, blank_place.c.desk)
    rows = connection.execute(query.order_by(*order).with_for_update()).mappings()
    return {(row["identification_code"], row["desk"]): Place(**row) for row in rows}


def keep_all(connection: Connection, places: Iterable[Place], new: Collection[tuple[str, str]]) -> None:
    """Keep where cards are; `new` names the places that the table does not have yet."""
    rows = [vars(place) for place in places]
    insert_alone(connection, blank_place, [row for row in rows if (row["identification_code"], row["desk"]) in new])
    changed = [row for row in rows if (row["identification_code"], row["desk"]) not in new]
    if changed:
        same = and_(blank_place.c.identification_code == bindparam("b_code"), blank_place.c.desk == bindparam("b_desk"))
        names = ("point", "state", "stock_no", "card_number", "spoiled_by", "confirmed_by", "confirmed_how")
        statement = update(blank_place).where(same).values({name: bindparam(f"b_{name}") for name in names})
        connection.execute(
            statement,
            [
                {"b_code": row["identification_code"], "b_desk": row["desk"], **{f"b_{n}": row[n] for n in names}}
                for row in changed
            ],
        )


def balance(connection: Connection, point: str = "") -> dict[str, dict[str, int]]:
    """Return how many cards are in each state at each desk, of one service point or of all."""
    at = (blank_place.c.desk, blank_place.c.state)
    query = select(*at, func.count()).group_by(*at).order_by(*at)
    if point:
        query = query.where(blank_place.c.point == point)
    found: dict[str, dict[str, int]] = {}
    for desk, state, count in connection.execute(query):
        found.setdefault(desk, {})[state] = int(count)
    return found


def twice(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the cards that more than one desk has, with those desks; linear in the cards that are at desks."""
    at = blank_place.c
    here = at.state.not_in(sorted(GONE))
    doubled = select(at.identification_code).where(here).group_by(at.identification_code).having(func.count() > 1)
    rows = connection.execute(
        select(at.identification_code, at.desk)
        .where(here, at.identification_code.in_(doubled))
        .order_by(at.identification_code, at.desk)
    )
    found: dict[str, tuple[str, ...]] = {}
    for code, desk in rows:
        found[code] = (*found.get(code, ()), desk)
    return found
