"""The blank cards of this desk, folded from the journal and the centre's list; `domain.stock` says what may follow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, literal_column, select, update

from sscard_desk.domain import events
from sscard_desk.domain import stock as fold
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.steps import NotOurBlank
from sscard_desk.domain.errors.stock import SecondPersonNeeded
from sscard_desk.domain.events import Event
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.domain.stock import Blank, BlankState, Move
from sscard_desk.store import stock_count, tables
from sscard_desk.store.clock import milliseconds

_table = tables.stock.c
_FREE_HERE: Final = _table.state == literal_column(f"'{BlankState.FREE}'")
"""Written into the statement, so that SQLite uses the index of the free ones."""


CENTRES_LIST: Final = "centre"
"""Source of a blank that nobody here has said to have in hand."""
CENTRE: Final = AccountId("")


@dataclass(frozen=True)
class By:
    """Who moves a card, when, and at which desk; nobody and no desk for the centre."""

    at: datetime
    actor: AccountId = CENTRE
    desk: str = ""


def blank(connection: Connection, identification_code: str) -> Blank | None:
    """Return the stock record of a card, or None if it is not ours."""
    return _one(connection, _table.identification_code == identification_code.upper())


def by_number(connection: Connection, number: str) -> Blank | None:
    """Return the card of a stock number, a card number or an identification code, or None."""
    wanted = number.strip()
    same = (_table.stock_no == wanted) | (_table.card_number == wanted.upper())
    return _one(connection, same | (_table.identification_code == wanted.upper()))


def free_blank(connection: Connection) -> Blank | None:
    """Return the next free blank in order of the stock list, or None."""
    row = connection.execute(select(tables.stock).where(_FREE_HERE).order_by(_table.stock_no).limit(1)).one_or_none()
    return None if row is None else read(row)


def count_free(connection: Connection) -> int:
    """Return how many free blanks are left."""
    return int(connection.execute(select(func.count()).where(_FREE_HERE)).scalar_one())


def in_state(connection: Connection, state: BlankState) -> Sequence[Blank]:
    """Return the cards in a state, in order of the stock list."""
    rows = connection.execute(select(tables.stock).where(_table.state == state.value).order_by(_table.stock_no))
    return [read(row) for row in rows]


def note(connection: Connection, subject: str, event: Event, by: By) -> None:
    """Fold an event of this desk; a card that is not in the book is nothing to it.

    Raises:
        NotOurBlank, BlankStateWrong, SecondPersonNeeded: from the domain; nothing is kept.
    """
    for move in fold.moves(event, subject):
        if (found := blank(connection, move.identification_code)) is not None:
            _keep(connection, found, fold.move(found, move, by.actor), by)
        elif event.kind in events.STOCK:
            raise NotOurBlank
    match event:
        case events.StockReceived():
            for arrived in fold.received(event):
                found = blank(connection, arrived.identification_code)
                _keep(connection, found, fold.arrive(found, arrived), by)
        case events.SpoilConfirmed():
            _confirm(connection, event.identification_code, by.actor)
        case events.StockCounted():
            stock_count.keep(connection, by.at, by.actor)


def note_elsewhere(connection: Connection, subject: str, event: Event, by: By) -> None:
    """Note what another desk of this point did with a card; what does not fit here is the centre's to tell."""
    for move in fold.moves(event, subject):
        found = blank(connection, move.identification_code)
        if found is not None and found.source == CENTRES_LIST:  # what somebody here has in hand nobody moved elsewhere
            _follow(connection, found, move, by)
        if move.to is BlankState.SPOILED:
            _spoiled_elsewhere(connection, move, by)
    if isinstance(event, events.SpoilConfirmed):
        try:
            _confirm(connection, event.identification_code, by.actor)
        except DeskError:
            return  # not spoiled here, or seen by who spoiled it: it stays unconfirmed


def confirmed_by_centre(connection: Connection, identification_code: str, operator: str) -> None:
    """Note that the centre has a spoiled card in hand."""
    try:
        _confirm(connection, identification_code, AccountId(operator))
    except DeskError:
        return  # the centre's word for a card that is not spoiled here


def receive(connection: Connection, lent: Blank, at: datetime) -> None:
    """Put a card from the centre's list into the stock; what was done with one here already stays as it is.

    Args:
        connection: the transaction.
        lent: with the state that the rules give a card on the centre's list.
        at: the time.
    """
    known = blank(connection, lent.identification_code)
    after = lent if known is None else replace(known, card_number=lent.card_number, stock_no=lent.stock_no)
    _keep(connection, known, after, By(at))


def withdraw(connection: Connection, identification_code: str, at: datetime) -> None:
    """Take a card off the stock because the centre did; one that somebody received or used here stays."""
    known = blank(connection, identification_code)
    if known is None or known.source != CENTRES_LIST or known.state not in {BlankState.FREE, BlankState.ANNOUNCED}:
        return
    connection.execute(tables.stock.delete().where(_table.identification_code == known.identification_code))
    _note_move(connection, known, None, By(at))


def read(row: Row[*tuple[Any, ...]]) -> Blank:
    """Return a row as what it says."""
    return Blank(
        identification_code=row.identification_code,
        card_number=row.card_number,
        stock_no=row.stock_no,
        state=BlankState(row.state),
        application=ApplicationId(row.application) if row.application else None,
        source=row.source,
        reason=row.reason,
        spoiled_by=row.spoiled_by,
        confirmed_by=row.confirmed_by,
    )


def taken(connection: Connection, numbers: Iterable[events.ReceivedBlank]) -> Sequence[str]:
    """Return the stock numbers of a delivery of which a number stands in the book for another card, or is received."""
    found = []
    for each in numbers:
        code = each.identification_code.upper()
        here = blank(connection, code)
        other = (_table.card_number == each.card_number) | (_table.stock_no == each.stock_no)
        clash = _one(connection, other & (_table.identification_code != code))
        if clash is not None or (here is not None and here.source != CENTRES_LIST):
            found.append(each.stock_no)
    return found


def _one(connection: Connection, condition: Any) -> Blank | None:
    row = connection.execute(select(tables.stock).where(condition).limit(1)).one_or_none()
    return None if row is None else read(row)


def _follow(connection: Connection, found: Blank, move: Move, by: By) -> None:
    try:
        _keep(connection, found, fold.move(found, move, by.actor), by)
    except DeskError:
        return  # here it is further, or another's


def _spoiled_elsewhere(connection: Connection, move: Move, by: By) -> None:
    tables.put(
        connection,
        tables.spoiled_elsewhere,
        identification_code=move.identification_code.upper(),
        desk=by.desk,
        reason=move.reason,
        spoiled_by=by.actor,
        confirmed_by="",
        at_ms=milliseconds(by.at),
    )


def _confirm(connection: Connection, identification_code: str, by: AccountId) -> None:
    code, there = identification_code.upper(), tables.spoiled_elsewhere.c
    row = connection.execute(select(there.spoiled_by).where(there.identification_code == code)).one_or_none()
    if row is not None:
        if row.spoiled_by == by:
            raise SecondPersonNeeded
        same = (there.identification_code == code) & (there.confirmed_by == literal_column("''"))
        connection.execute(update(tables.spoiled_elsewhere).where(same).values(confirmed_by=by))
    found = blank(connection, code)
    if found is not None:
        _put(connection, fold.confirm(found, by))
    elif row is None:
        raise NotOurBlank


def _keep(connection: Connection, before: Blank | None, after: Blank, by: By) -> None:
    _put(connection, after)
    if before is None or before.state is not after.state:
        _note_move(connection, before, after, by)


def _put(connection: Connection, one: Blank) -> None:
    tables.put(
        connection,
        tables.stock,
        identification_code=one.identification_code.upper(),
        card_number=one.card_number,
        stock_no=one.stock_no,
        state=one.state.value,
        application=one.application,
        source=one.source,
        reason=one.reason,
        spoiled_by=one.spoiled_by,
        confirmed_by=one.confirmed_by,
    )


def _note_move(connection: Connection, before: Blank | None, after: Blank | None, by: By) -> None:
    one = after or before
    connection.execute(
        insert(tables.stock_move),
        {
            "identification_code": one.identification_code if one else "",
            "before": before.state.value if before else "",
            "after": after.state.value if after else "",
            "at_ms": milliseconds(by.at),
            "actor": by.actor,
            "desk": by.desk,
            "reason": after.reason if after else "",
        },
    )
