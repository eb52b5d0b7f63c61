"""The stock book as one reading, and whether it is what the journal says."""

from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from sscard_desk.domain import events
from sscard_desk.domain import stock as fold
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.ids import AccountId
from sscard_desk.domain.stock import ELSEWHERE, Blank, BlankState
from sscard_desk.ports.stock import StockBook
from sscard_desk.store import journal, reference, stock, stock_count, tables
from sscard_desk.wire.entry import decode_event

_CARD: Final = frozenset({events.CardIntended.kind, events.CardWritten.kind, events.CardSpoiled.kind})


def read(connection: Connection, desk: str) -> StockBook:
    """Return the book of this desk."""
    elsewhere = reference.rows(connection, ELSEWHERE)
    return StockBook(
        desk=desk,
        received=stock_count.received(connection),
        states=stock_count.states(connection),
        unconfirmed=[each for each in stock.in_state(connection, BlankState.SPOILED) if not each.confirmed_by],
        elsewhere=[(row.get("stock_no") or row["id"], row.get("desks", "")) for row in elsewhere],
        shift=stock_count.shift(connection),
    )


def wrong(connection: Connection, desk: str) -> Sequence[str]:
    """Return the stock numbers of cards that are in another state than the centre's list and the journal come to.

    A card that another desk of the point moved too, or whose application was erased, is not judged.
    """
    book = {row.identification_code: stock.read(row) for row in connection.execute(select(tables.stock))}
    moved, told = tables.stock_move.c, dict[str, Blank]()
    rows = connection.execute(
        select(moved.identification_code, moved.before, moved.after, moved.desk).order_by(moved.id)
    )
    foreign = set()
    for code, before, after, by in rows:
        if not before and not by and after and code in book:  # the centre's list, or what stood here before the book
            told[code] = Blank(code, "", "", BlankState(after))
        if by not in {"", desk}:
            foreign.add(code)
    erased = set[str]()
    for entry in journal.entries(connection):
        header = entry.read_header()
        if header.kind not in events.STOCK | _CARD:
            continue
        if entry.payload is None:
            erased.add(header.subject)
            continue
        try:
            event = decode_event(header.kind, entry.payload)
        except msgspec.MsgspecError:
            continue  # the chain check reports it
        _fold(told, header.subject, event, AccountId(header.actor))
    return sorted(
        one.stock_no
        for code, one in book.items()
        if code not in foreign
        and one.application not in erased
        and (code not in told or told[code].state is not one.state)
    )


def _fold(told: dict[str, Blank], subject: str, event: events.Event, by: AccountId) -> None:
    if isinstance(event, events.StockReceived):
        for arrived in fold.received(event):
            known = told.get(arrived.identification_code)
            told[arrived.identification_code] = fold.arrive(known, arrived)
    for move in fold.moves(event, subject):
        known = told.get(move.identification_code)
        if known is not None:
            try:
                told[move.identification_code] = fold.move(known, move, by)
            except DeskError:
                continue  # the state here differs from what the entry needs, and so from the book
