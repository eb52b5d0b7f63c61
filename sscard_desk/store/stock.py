"""The blank cards of this desk: free, reserved, issued, spoiled, and never back."""

from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, literal_column, select, update

from sscard_desk.domain.errors.operator import NotOurBlank, StepNotAllowed
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.ports.store import Blank
from sscard_desk.store import tables

FREE: Final = "free"
RESERVED: Final = "reserved"
ISSUED: Final = "issued"
SPOILED: Final = "spoiled"
_NEXT: Final[dict[str, frozenset[str]]] = {
    FREE: frozenset({RESERVED, SPOILED}),
    RESERVED: frozenset({FREE, RESERVED, ISSUED, SPOILED}),
    ISSUED: frozenset({ISSUED, SPOILED}),
    SPOILED: frozenset({SPOILED}),
}
"""A reservation may be given back before anything was written; a spoiled or issued card is never free again."""

_table = tables.stock.c
_FREE_HERE: Final = _table.state == literal_column(f"'{FREE}'")
"""Written into the statement, so that SQLite uses the index of the free ones."""


def blank(connection: Connection, identification_code: str) -> Blank | None:
    """Return the stock record of a card, or None if it is not ours."""
    row = connection.execute(
        select(tables.stock).where(_table.identification_code == identification_code.upper())
    ).one_or_none()
    return None if row is None else _read(row)


def free_blank(connection: Connection) -> Blank | None:
    """Return the next free blank in order of the stock list, or None."""
    row = connection.execute(select(tables.stock).where(_FREE_HERE).order_by(_table.stock_no).limit(1)).one_or_none()
    return None if row is None else _read(row)


def count_free(connection: Connection) -> int:
    """Return how many free blanks are left."""
    return int(connection.execute(select(func.count()).where(_FREE_HERE)).scalar_one())


def mark(connection: Connection, identification_code: str, state: str, application: ApplicationId | None) -> None:
    """Change a stock record.

    Raises:
        NotOurBlank: no such card in our stock, or another application has it.
        StepNotAllowed: a card does not go from its state to this one.
    """
    found = blank(connection, identification_code)
    if found is None or (found.application not in (None, application) and state != SPOILED):
        raise NotOurBlank
    if state not in _NEXT[found.state]:
        raise StepNotAllowed(act=f"blank.{state}", step=found.state)
    connection.execute(
        update(tables.stock)
        .where(_table.identification_code == found.identification_code)
        .values(state=state, application=None if state == FREE else application or found.application)
    )


def receive(connection: Connection, identification_code: str, card_number: str, stock_no: str) -> None:
    """Put a card from the centre's list into the stock; what was done with one here already stays as it is."""
    known = blank(connection, identification_code)
    tables.put(
        connection,
        tables.stock,
        identification_code=identification_code.upper(),
        card_number=card_number,
        stock_no=stock_no,
        state=known.state if known else FREE,
        application=known.application if known else None,
    )


def note_elsewhere(connection: Connection, identification_code: str, state: str, application: ApplicationId) -> None:
    """Note what another desk of this point did with a card that stands on our list too."""
    connection.execute(
        update(tables.stock)
        .where((_table.identification_code == identification_code.upper()) & (_table.state != SPOILED))
        .values(state=state, application=application)
    )


def withdraw(connection: Connection, identification_code: str) -> None:
    """Take a card off the stock because the centre did; one that is in use here stays."""
    connection.execute(
        delete(tables.stock).where((_table.identification_code == identification_code.upper()) & (_table.state == FREE))
    )


def _read(row: Row[*tuple[Any, ...]]) -> Blank:
    return Blank(
        identification_code=row.identification_code,
        card_number=row.card_number,
        stock_no=row.stock_no,
        state=row.state,
        application=ApplicationId(row.application) if row.application else None,
    )
