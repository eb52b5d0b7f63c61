"""The stock book as the sum of what happened: each blank is in one state, and goes on from there or not at all.

`received = free + reserved + issued + spoiled + returned` holds because every blank that was ever received is in the
book for good, and in exactly one of these states.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from sscard_desk.domain import events
from sscard_desk.domain.errors.steps import NotOurBlank
from sscard_desk.domain.errors.stock import BlankStateWrong, SecondPersonNeeded
from sscard_desk.domain.events import Event
from sscard_desk.domain.ids import AccountId, ApplicationId

SUBJECT: Final = "stock:"
"""Begins the subject of an act that is about no single card."""
ELSEWHERE: Final = "blank_elsewhere"
"""Kind of the centre's rows about cards that two desks have: `stock_no`, and `desks` in words."""


class BlankState(StrEnum):
    """Where a blank is; `ANNOUNCED` alone is outside the book: the centre lent it, and nobody has it in hand yet."""

    ANNOUNCED = "announced"
    FREE = "free"
    RESERVED = "reserved"
    ISSUED = "issued"
    SPOILED = "spoiled"
    RETURNED = "returned"


BOOKED: Final = (
    BlankState.FREE,
    BlankState.RESERVED,
    BlankState.ISSUED,
    BlankState.SPOILED,
    BlankState.RETURNED,
)
"""The states of the balance, in the order of the page."""

NEXT: Final[Mapping[BlankState, frozenset[BlankState]]] = {
    BlankState.ANNOUNCED: frozenset({BlankState.FREE}),
    BlankState.FREE: frozenset({BlankState.RESERVED, BlankState.SPOILED, BlankState.RETURNED}),
    BlankState.RESERVED: frozenset({BlankState.ISSUED, BlankState.SPOILED}),
    BlankState.ISSUED: frozenset({BlankState.SPOILED}),
    BlankState.SPOILED: frozenset({BlankState.RETURNED}),
    BlankState.RETURNED: frozenset(),
}
"""What may follow: nothing that was begun, spoiled or given away is ever free again."""


@dataclass(frozen=True)
class Blank:
    """A card of this desk's stock.

    Attributes:
        identification_code: 32 hex characters.
        card_number: nine characters, lent to this card; never invented.
        stock_no: the running number on the stock list.
        state: where it is.
        application: who has it reserved or was given it.
        source: `centre` while only the centre's list speaks for it, otherwise how it was received.
        reason: why it was spoiled or returned: a reason's id, words, or an error's code with its records.
        spoiled_by: who declared it spoiled.
        confirmed_by: the second person who has seen it spoiled; empty while nobody has.
    """

    identification_code: str
    card_number: str
    stock_no: str
    state: BlankState = BlankState.FREE
    application: ApplicationId | None = None
    source: str = "centre"
    reason: str = ""
    spoiled_by: str = ""
    confirmed_by: str = ""


@dataclass(frozen=True)
class Move:
    """One card goes to a state."""

    identification_code: str
    to: BlankState
    reason: str = ""
    application: ApplicationId | None = None


def moves(event: Event, subject: str) -> tuple[Move, ...]:
    """Return what an event does to cards that are in the book already; most events do nothing to any."""
    match event:
        case events.CardIntended():
            moved = Move(event.identification_code, BlankState.RESERVED, application=ApplicationId(subject))
        case events.CardWritten():
            moved = Move(event.identification_code, BlankState.ISSUED, application=ApplicationId(subject))
        case events.CardSpoiled():
            spoiled_for = ApplicationId(subject)
            moved = Move(event.identification_code, BlankState.SPOILED, event.reason, spoiled_for)
        case events.StockSpoiled():
            moved = Move(event.identification_code, BlankState.SPOILED, event.words or event.reason)
        case events.StockReturned():
            return tuple(Move(code, BlankState.RETURNED, event.reason) for code in event.identification_codes)
        case _:
            return ()
    return (moved,)


def received(event: events.StockReceived) -> tuple[Blank, ...]:
    """Return the blanks of a delivery as they stand in the book then."""
    return tuple(
        Blank(each.identification_code.upper(), each.card_number, each.stock_no, source=event.source)
        for each in event.blanks
    )


def arrive(before: Blank | None, blank: Blank) -> Blank:
    """Return a blank after somebody has it in hand; one that was booked on the centre's word stays where it is.

    Raises:
        BlankStateWrong: it was received before.
    """
    if before is None:
        return blank
    if before.source != "centre":
        raise BlankStateWrong(number=before.stock_no, state=before.state.value)
    state = BlankState.FREE if before.state is BlankState.ANNOUNCED else before.state
    return replace(before, state=state, source=blank.source)


def move(before: Blank, moved: Move, by: AccountId) -> Blank:
    """Return a blank after a move.

    Raises:
        NotOurBlank: another application has it.
        BlankStateWrong: a card does not go from its state to this one.
    """
    to = moved.to
    taken = before.application not in {None, moved.application}
    if taken and to in {BlankState.RESERVED, BlankState.ISSUED}:
        raise NotOurBlank
    if to not in NEXT[before.state]:
        raise BlankStateWrong(number=before.stock_no, state=before.state.value)
    spoiled = to is BlankState.SPOILED
    return replace(
        before,
        state=to,
        application=moved.application or before.application,
        # a spoiled card that is handed back keeps why it was spoiled
        reason=before.reason if before.state is BlankState.SPOILED else moved.reason,
        spoiled_by=by if spoiled else before.spoiled_by,
        confirmed_by="" if spoiled else before.confirmed_by,
    )


def confirm(before: Blank, by: AccountId) -> Blank:
    """Return a spoiled card after a second person has seen it.

    Raises:
        BlankStateWrong: it is not spoiled.
        SecondPersonNeeded: it is who declared it spoiled.
    """
    if before.state is not BlankState.SPOILED:
        raise BlankStateWrong(number=before.stock_no, state=before.state.value)
    if by == before.spoiled_by:
        raise SecondPersonNeeded
    return replace(before, confirmed_by=before.confirmed_by or by)
