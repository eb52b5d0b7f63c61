"""Whether a spoiled card makes way for another one: a desk's word that it is spoiled does not."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from sscard_desk.central.store import staff
from sscard_desk.central.store.blanks import BY_CENTRE, BY_SEAL
from sscard_desk.central.store.tables import blank_place
from sscard_desk.domain.stock import BlankState


def confirmed(connection: Connection, cards: Collection[str], point: str) -> set[str]:
    """Return which of these cards somebody else than who spoiled them has seen spoiled.

    That is the centre, or an account of the service point under its own seal that is not the one which declared it.
    Who declared it has to be on the staff list too, or one person could be both.

    Args:
        connection: a transaction.
        cards: identification codes.
        point: the service point that asks.
    """
    place = blank_place.c
    rows = connection.execute(
        select(place.identification_code, place.spoiled_by, place.confirmed_by, place.confirmed_how).where(
            place.identification_code.in_(sorted({card.upper() for card in cards}))
            & place.state.in_([BlankState.SPOILED.value, BlankState.RETURNED.value])
            & (place.confirmed_how != "")
        )
    ).all()
    seen = set()
    for row in rows:
        by_two = row.confirmed_how == BY_SEAL and row.spoiled_by != row.confirmed_by
        if row.confirmed_how == BY_CENTRE or (by_two and _works(connection, row.spoiled_by, point)):
            seen.add(row.identification_code)
    return {card for card in cards if card.upper() in seen}


def _works(connection: Connection, account: str, point: str) -> bool:
    known = staff.find(connection, account)
    return known is not None and known.point == point
