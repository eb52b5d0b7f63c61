"""What the stock book shows: the balance, the movements of the shift, and what waits for somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sscard_desk.domain.ids import AccountId
from sscard_desk.domain.stock import BOOKED, Blank, BlankState


@dataclass(frozen=True)
class MoveLine:
    """One card went from one state to another; `before` is None for one that came into the book.

    Attributes:
        identification_code: which card.
        stock_no: its number on the stock list.
        before, after: the states; `after` is None for a card that the centre took off its list.
        at: when.
        actor: who, empty for the centre.
        reason: why, where there is a reason.
    """

    identification_code: str
    stock_no: str
    before: BlankState | None
    after: BlankState | None
    at: datetime
    actor: AccountId
    reason: str = ""


@dataclass(frozen=True)
class Shift:
    """What happened since the cards were last counted.

    Attributes:
        number: from 1; each count ends one.
        begun: when the last count was, None where there was none.
        opening: the balance then.
        moves: every move since, oldest first.
    """

    number: int
    begun: datetime | None
    opening: Mapping[BlankState, int]
    moves: Sequence[MoveLine]

    def into(self, state: BlankState) -> int:
        """Return how many cards came into a state during the shift."""
        return sum(move.after is state for move in self.moves)

    @property
    def received(self) -> int:
        """How many cards came into the book."""
        return sum(move.before in {None, BlankState.ANNOUNCED} and move.after in BOOKED for move in self.moves)

    @property
    def withdrawn(self) -> int:
        """How many blanks the centre took off its list again."""
        return sum(move.after is None and move.before in BOOKED for move in self.moves)

    def closing(self) -> Mapping[BlankState, int]:
        """Return the balance that opening and moves come to."""
        now = dict(self.opening)
        for move in self.moves:
            if move.before is not None:
                now[move.before] = now.get(move.before, 0) - 1
            if move.after is not None:
                now[move.after] = now.get(move.after, 0) + 1
        return now


@dataclass(frozen=True)
class StockBook:
    """The book of one desk.

    Attributes:
        desk: whose.
        received: every card that came into the book, less those that the centre took off its list; counted from the
            moves and not from the states.
        states: how many cards are in each state.
        unconfirmed: spoiled cards that no second person has seen.
        elsewhere: (card, desks) of cards that the centre has at another desk too.
        shift: what happened since the last count.
    """

    desk: str
    received: int
    states: Mapping[BlankState, int]
    unconfirmed: Sequence[Blank]
    elsewhere: Sequence[tuple[str, str]]
    shift: Shift

    def of(self, state: BlankState) -> int:
        """Return how many cards are in a state."""
        return self.states.get(state, 0)

    @property
    def exact(self) -> bool:
        """Whether received = free + reserved + issued + spoiled + returned, and opening + moves = now."""
        booked = sum(self.of(state) for state in BOOKED)
        closing = self.shift.closing()
        return self.received == booked and all(closing.get(state, 0) == self.of(state) for state in BlankState)


@dataclass(frozen=True)
class SpoiledElsewhere:
    """A spoiled card of another desk of this point that no second person has seen."""

    identification_code: str
    desk: str
    reason: str
    at: datetime
