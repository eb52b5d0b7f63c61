"""The PIN over both drivers: typed here and sent in a command, or on the keypad behind the reader library."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from sscard_desk.cards.pin import Pin
from sscard_desk.devices.card_library.calls import CardLibrary
from sscard_desk.devices.card_library.reader import LibraryCardReader
from sscard_desk.devices.card_reader.virtual_files import PIN_TRIES, CardMemory, blank_card
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.pin import PinBlocked, PinEntryStopped, PinWrong
from sscard_desk.ports.devices import Cancel
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.training.point import training_point
from sscard_desk.usecases.pin_sending import PinDesk
from sscard_desk.usecases.serve_pin import Asked, PinAct, PinCard, serve_pin
from tests.machines.card_library import READER, AnyTable, built_library
from tests.machines.pcsc import CardTable, table, tables, training_profile

from .conftest import Person

__all__ = ["table", "tables"]
pytestmark = pytest.mark.real

CODE = training_point().blanks[0].identification_code
TYPED = "SSCARD_TEST_PIN"


class Holder:
    """Types at the desk."""

    twice = False

    def __init__(self, pin: str | None) -> None:
        self._pin = pin
        self.card: PinCard | None = None

    def found(self, card: PinCard) -> None:
        self.card = card

    def ask(self, _what: Asked, still_there: Callable[[], None]) -> Pin:
        still_there()
        if self._pin is None:
            raise PinEntryStopped
        return Pin.of(self._pin)

    def again(self, error: DeskError) -> None:
        raise error

    def working(self) -> None:
        return


@dataclass
class Counter:
    """A desk whose reader is either driver's."""

    place: AnyTable
    desk: PinDesk
    by_library: bool
    monkeypatch: pytest.MonkeyPatch

    def verify(self, pin: str | None) -> PinCard:
        if self.by_library and pin is not None:
            self.monkeypatch.setenv(TYPED, pin)
        else:
            self.monkeypatch.delenv(TYPED, raising=False)
        holder = Holder(None if self.by_library else pin)
        return serve_pin(self.desk, PinAct.VERIFY, holder, Cancel(), 10)


@pytest.fixture(params=["pcsc", "library"])
def counter(
    request: pytest.FixtureRequest,
    store: DeskStore,
    clerk: Person,
    table: CardTable,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Counter]:
    by_library = request.param == "library"
    monkeypatch.setenv(READER, table.slot.reader)
    library = LibraryCardReader(CardLibrary(built_library(), seconds=20.0))
    place = AnyTable(table, library if by_library else table.reader)
    profile = training_profile()
    desk = PinDesk(store, clerk, place.reader, TrainingKeys(profile, training=True), profile)
    yield Counter(place, desk, by_library, monkeypatch)
    library.close()


def memory(tries: int = PIN_TRIES) -> CardMemory:
    made = blank_card(CODE)
    made.pin, made.pin_tries = "730518", tries
    return made


def test_the_right_pin_is_right_and_a_wrong_one_costs_one_try(counter: Counter) -> None:
    card = memory()
    counter.place.table.card(card)
    with pytest.raises(PinWrong) as wrong:
        counter.verify("730519")
    assert wrong.value.tries_left == card.pin_tries == PIN_TRIES - 1
    found = counter.verify("730518")
    assert found.identification_code == CODE
    assert found.pad is counter.by_library
    assert card.pin_tries == PIN_TRIES
    assert len(counter.desk.store.history(CODE)) == 2


def test_a_blocked_pin_and_an_entry_that_was_stopped_send_nothing(counter: Counter) -> None:
    card = memory(1)
    counter.place.table.card(card)
    with pytest.raises(PinEntryStopped):
        counter.verify(None)
    assert card.pin_tries == 1
    with pytest.raises((PinWrong, PinBlocked)):
        counter.verify("730519")
    with pytest.raises(PinBlocked):
        counter.verify("730518")
    assert card.pin_tries == 0


def test_a_first_pin_is_not_tried_where_the_tries_are_not_known(counter: Counter) -> None:
    card = memory()
    card.pin = "123456"
    counter.place.table.card(card)
    holder = Holder("730518")
    if not counter.by_library:
        serve_pin(counter.desk, PinAct.SET, holder, Cancel(), 10)
        assert card.pin == "730518"
        return
    with pytest.raises(DeskError) as refused:
        serve_pin(counter.desk, PinAct.SET, holder, Cancel(), 10)
    assert refused.value.code == "E224"
    assert card.pin == "123456"
