"""A stock book in memory: the domain folds it, nothing is kept."""

from collections.abc import Sequence
from datetime import datetime

from sscard_desk.domain import events
from sscard_desk.domain import stock as fold
from sscard_desk.domain.errors.steps import NotOurBlank
from sscard_desk.domain.events import Event, ReceivedBlank
from sscard_desk.domain.ids import AccountId
from sscard_desk.domain.stock import Blank, BlankState
from sscard_desk.ports.stock import MoveLine, Shift, SpoiledElsewhere, StockBook


class SampleStock:
    """The blanks of one desk."""

    def __init__(self) -> None:
        self._blanks: dict[str, Blank] = {}
        self._moves: list[MoveLine] = []
        self._shift = Shift(1, None, {}, ())
        self.elsewhere: tuple[tuple[str, str], ...] = ()
        self.spoiled_there: tuple[SpoiledElsewhere, ...] = ()

    def note(self, subject: str, event: Event, by: AccountId, at: datetime) -> None:
        """Fold one event."""
        for move in fold.moves(event, subject):
            found = self._blanks.get(move.identification_code)
            if found is not None:
                self._keep(found, fold.move(found, move, by), by, at)
        match event:
            case events.StockReceived():
                for arrived in fold.received(event):
                    known = self._blanks.get(arrived.identification_code)
                    self._keep(known, fold.arrive(known, arrived), by, at)
            case events.SpoilConfirmed(code):
                if code not in self._blanks:
                    raise NotOurBlank
                self._blanks[code] = fold.confirm(self._blanks[code], by)
            case events.StockCounted():
                opening = {state: len(self.of(state)) for state in BlankState}
                self._shift, self._moves = Shift(self._shift.number + 1, at, opening, ()), []

    def find(self, number: str) -> Blank | None:
        """Return the card of a number."""
        named = (each for each in self._blanks.values() if number in _numbers(each))
        return next(named, None)

    def of(self, state: BlankState) -> Sequence[Blank]:
        """Return the cards in a state."""
        return [each for each in self._blanks.values() if each.state is state]

    def taken(self, blanks: Sequence[ReceivedBlank]) -> Sequence[str]:
        """Return those that were received before."""
        known = {number for each in self._blanks.values() if each.source != "centre" for number in _numbers(each)}
        return [each.stock_no for each in blanks if each.identification_code in known]

    def book(self, desk: str) -> StockBook:
        """Return the book."""
        shift = Shift(self._shift.number, self._shift.begun, self._shift.opening, tuple(self._moves))
        return StockBook(
            desk=desk,
            received=len(self._blanks) - len(self.of(BlankState.ANNOUNCED)),
            states={state: len(self.of(state)) for state in BlankState},
            unconfirmed=[each for each in self.of(BlankState.SPOILED) if not each.confirmed_by],
            elsewhere=self.elsewhere,
            shift=shift,
        )

    def _keep(self, before: Blank | None, after: Blank, by: AccountId, at: datetime) -> None:
        self._blanks[after.identification_code] = after
        state = before.state if before else None
        if state is not after.state:
            line = MoveLine(after.identification_code, after.stock_no, state, after.state, at, by, after.reason)
            self._moves.append(line)


def _numbers(blank: Blank) -> tuple[str, ...]:
    return blank.identification_code, blank.card_number, blank.stock_no
