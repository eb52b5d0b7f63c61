"""The balance of the stock book and its shifts: each count ends one, wherever the clock stands."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import Connection, func, insert, literal_column, select

from sscard_desk.domain.ids import AccountId
from sscard_desk.domain.stock import BlankState
from sscard_desk.ports.stock import MoveLine, Shift, SpoiledElsewhere
from sscard_desk.store import tables
from sscard_desk.store.clock import milliseconds, moment

_stock, _move, _count = tables.stock.c, tables.stock_move.c, tables.stock_count.c
_BOOKED: Final = "('free', 'reserved', 'issued', 'spoiled', 'returned')"


def keep(connection: Connection, at: datetime, actor: AccountId) -> None:
    """End the shift here: the book as it stands opens the next one."""
    connection.execute(
        insert(tables.stock_count),
        {
            "moves": connection.execute(select(func.coalesce(func.max(_move.id), 0))).scalar_one(),
            "at_ms": milliseconds(at),
            "actor": actor,
            "book": _encoder.encode({state.value: count for state, count in states(connection).items()}),
        },
    )


def states(connection: Connection) -> Mapping[BlankState, int]:
    """Return how many cards are in each state that has any."""
    rows = connection.execute(select(_stock.state, func.count()).group_by(_stock.state))
    return {BlankState(state): int(count) for state, count in rows}


def received(connection: Connection) -> int:
    """Return how many cards came into the book, less those that the centre took off its list, counted from moves."""
    into = f"sum(before IN ('', 'announced') AND after IN {_BOOKED}) - sum(after = '' AND before IN {_BOOKED})"
    return int(
        connection.execute(select(literal_column(f"coalesce({into}, 0)")).select_from(tables.stock_move)).scalar_one()
    )


def shift(connection: Connection) -> Shift:
    """Return what happened since the last count."""
    last = connection.execute(select(tables.stock_count).order_by(_count.id.desc()).limit(1)).one_or_none()
    rows = connection.execute(
        select(tables.stock_move, _stock.stock_no)
        .outerjoin(tables.stock, _stock.identification_code == _move.identification_code)
        .where(_move.id > (last.moves if last else 0))
        .order_by(_move.id)
    )
    moves = [
        MoveLine(
            identification_code=row.identification_code,
            stock_no=row.stock_no or "",
            before=BlankState(row.before) if row.before else None,
            after=BlankState(row.after) if row.after else None,
            at=moment(row.at_ms),
            actor=AccountId(row.actor),
            reason=row.reason,
        )
        for row in rows
    ]
    opening = _decoder.decode(last.book) if last else {}
    return Shift(
        number=last.id + 1 if last else 1,
        begun=moment(last.at_ms) if last else None,
        opening={BlankState(state): count for state, count in opening.items()},
        moves=moves,
    )


def spoiled_elsewhere(connection: Connection) -> Sequence[SpoiledElsewhere]:
    """Return the spoiled cards of other desks that no second person has seen, oldest first."""
    there = tables.spoiled_elsewhere.c
    rows = connection.execute(
        select(tables.spoiled_elsewhere).where(there.confirmed_by == literal_column("''")).order_by(there.at_ms)
    )
    return [SpoiledElsewhere(row.identification_code, row.desk, row.reason, moment(row.at_ms)) for row in rows]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(dict[str, int])
