"""The book in the words of the page. No Qt."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sscard_desk.domain.ids import AccountId
from sscard_desk.domain.stock import BOOKED, Blank, BlankState
from sscard_desk.forms.stock_rules import stock_rules
from sscard_desk.ports.stock import MoveLine, SpoiledElsewhere, StockBook
from sscard_desk.ui.states import ChipState, Mark, Option
from sscard_desk.ui.stock.state import Figure, MoveRow
from sscard_desk.ui.words import Both, Words, say
from sscard_desk.usecases.prints import BEIJING

_MARKS: Final = {
    BlankState.ANNOUNCED: Mark.TODO,
    BlankState.FREE: Mark.OK,
    BlankState.RESERVED: Mark.BUSY,
    BlankState.ISSUED: Mark.OK,
    BlankState.SPOILED: Mark.ERR,
    BlankState.RETURNED: Mark.OFF,
}


def figures(book: StockBook) -> tuple[Figure, ...]:
    """Return received and what became of it."""
    low = book.of(BlankState.FREE) <= stock_rules().low
    marks = {
        BlankState.FREE: Mark.WARN if low else None,
        BlankState.SPOILED: Mark.WARN if book.unconfirmed else None,
    }
    states = tuple(Figure(say(f"stock.state.{each.value}"), book.of(each), marks.get(each)) for each in BOOKED)
    return (Figure(say("stock.received"), book.received), *states)


def chips(book: StockBook) -> tuple[ChipState, ...]:
    """Return the shift, and what the centre announced."""
    shown = [ChipState(say("stock.shift", number=book.shift.number), name="shift")]
    announced = book.of(BlankState.ANNOUNCED)
    if announced:
        shown.append(ChipState(say("stock.announced", count=announced), Mark.TODO, name="announced"))
    return tuple(shown)


def notice(book: StockBook) -> tuple[Mark, Words, Words]:
    """Return what has to be known first about the book: mark, sentence, what to do."""
    if not book.exact:
        return Mark.ERR, say("stock.notice.wrong"), say("stock.note.wrong")
    if book.elsewhere:
        number, desks = book.elsewhere[0]
        said = say("stock.notice.elsewhere", number=number, desks=desks, count=len(book.elsewhere))
        return Mark.ERR, said, say("stock.note.elsewhere")
    if book.unconfirmed:
        return Mark.WARN, say("stock.notice.unconfirmed", count=len(book.unconfirmed)), say("stock.note.unconfirmed")
    free = book.of(BlankState.FREE)
    if free <= stock_rules().low:
        return Mark.WARN, say("stock.notice.low", count=free), say("stock.note.low")
    return Mark.OK, say("stock.notice.exact"), say("stock.note.exact")


def reasons() -> tuple[Option, ...]:
    """Return the reasons of the data."""
    return tuple(Option(each.id, Both(each.words.zh, each.words.en)) for each in stock_rules().reasons)


def moves(lines: Sequence[MoveLine], names: Mapping[str, str]) -> tuple[MoveRow, ...]:
    """Return the movements of a shift, newest first."""
    return tuple(_move(line, names) for line in reversed(lines))


def waiting(
    here: Sequence[Blank], elsewhere: Sequence[SpoiledElsewhere], names: Mapping[str, str]
) -> tuple[MoveRow, ...]:
    """Return the spoiled cards that no second person has seen, of this desk and of the others."""
    spoiled = say("stock.state.spoiled")
    own = [
        MoveRow("", each.stock_no, spoiled, Mark.WARN, _who(each.spoiled_by, names), _why(each.reason)) for each in here
    ]
    others = [
        MoveRow(
            _day(each.at), each.identification_code, say("stock.at_desk", desk=each.desk), Mark.WARN, "",
            _why(each.reason),
        )
        for each in elsewhere
    ]  # fmt: skip
    return (*own, *others)


def _move(line: MoveLine, names: Mapping[str, str]) -> MoveRow:
    after = line.after or BlankState.RETURNED
    if line.after is None:
        moved: Words = say("stock.withdrawn")
    elif line.before is None:
        moved = say("stock.came", after=say(f"stock.state.{after.value}"))
    else:
        moved = say(
            "stock.moved", before=say(f"stock.state.{line.before.value}"), after=say(f"stock.state.{after.value}")
        )
    number = line.stock_no or line.identification_code[-8:]
    return MoveRow(_day(line.at), number, moved, _MARKS[after], _who(line.actor, names), _why(line.reason))


def _day(at: datetime) -> Words:
    return f"{at.astimezone(BEIJING):%m-%d %H:%M}"


def _who(account: AccountId | str, names: Mapping[str, str]) -> Words:
    return names.get(account, account) if account else say("stock.centre")


def _why(reason: str) -> Words:
    known = stock_rules().reason(reason)
    return Both(known.words.zh, known.words.en) if known is not None else reason
