"""The conversation about a PIN: asked in order, asked again for what is not taken, wiped however it ends."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from sscard_desk.cards.pin import Pin
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import PIN_TRIES, CardMemory, blank_card
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import CardReaderMissing, CardReaderSilent, CardRemoved, CardServiceStopped
from sscard_desk.domain.errors.operator import ReasonMissing
from sscard_desk.domain.errors.pin import (
    PinBlocked,
    PinCardChanged,
    PinEntryStopped,
    PinLastTry,
    PinsDiffer,
    PinWeak,
    PinWrong,
)
from sscard_desk.ports.devices import Cancel, Cancelled
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.training.point import training_point
from sscard_desk.usecases.pin_sending import PinDesk
from sscard_desk.usecases.serve_pin import Asked, PinAct, PinCard, serve_pin
from tests.machines.card_in_hand import InHandReader
from tests.machines.pcsc import training_profile

from .conftest import Person

CODE = training_point().blanks[0].identification_code


class Holder:
    """Types what was agreed, and remembers what it was asked."""

    twice = True

    def __init__(self, *pins: str) -> None:
        self._left = list(pins)
        self.asked: list[str] = []
        self.told: list[DeskError] = []
        self.given: list[Pin] = []
        self.card: PinCard | None = None
        self.cancel = Cancel()

    def found(self, card: PinCard) -> None:
        self.card = card

    def ask(self, what: Asked, still_there: Callable[[], None]) -> Pin:
        self.asked.append(what.value)
        still_there()
        if not self._left:
            raise PinEntryStopped
        self.given.append(Pin.of(self._left.pop(0)))
        return self.given[-1]

    def again(self, error: DeskError) -> None:
        self.told.append(error)

    def working(self) -> None:
        self.asked.append("working")


@pytest.fixture
def card() -> VirtualCard:
    memory = blank_card(CODE)
    memory.pin = "730518"
    return VirtualCard(memory, training_profile())


def served(
    store: DeskStore, clerk: Person, card: VirtualCard, act: PinAct, holder: Holder, *, reason: str = ""
) -> None:
    profile = training_profile()
    desk = PinDesk(store, clerk, InHandReader(card), TrainingKeys(profile, training=True), profile)
    try:
        serve_pin(desk, act, holder, holder.cancel, reason=reason)
    finally:
        assert [len(pin) for pin in holder.given] == [0] * len(holder.given)  # wiped


def state(memory: CardMemory) -> tuple[str, int]:
    return memory.pin, memory.pin_tries


def test_the_tries_are_known_before_anything_is_asked(store: DeskStore, clerk: Person, card: VirtualCard) -> None:
    holder = Holder("730519")
    with pytest.raises(PinWrong):
        served(store, clerk, card, PinAct.VERIFY, holder)
    assert holder.card is not None
    assert (holder.card.tries, holder.card.identification_code) == (PIN_TRIES, CODE)
    again = Holder("730518")
    served(store, clerk, card, PinAct.VERIFY, again)
    assert again.card is not None
    assert again.card.tries == PIN_TRIES - 1
    assert again.asked == ["pin", "working"]


def test_a_new_pin_is_asked_for_until_it_is_taken_and_typed_alike(
    store: DeskStore, clerk: Person, card: VirtualCard
) -> None:
    holder = Holder("730518", "111111", "260517", "260518", "260517", "260517")
    served(store, clerk, card, PinAct.CHANGE, holder)
    assert holder.asked == ["old", "new", "new", "again", "new", "again", "working"]
    assert [type(error) for error in holder.told] == [PinWeak, PinsDiffer]
    assert state(card.memory) == ("260517", PIN_TRIES)


def test_whoever_stops_typing_leaves_the_card_as_it_was(store: DeskStore, clerk: Person, card: VirtualCard) -> None:
    for act, typed in ((PinAct.VERIFY, ()), (PinAct.CHANGE, ("730518", "260517")), (PinAct.RESET, ("260517",))):
        with pytest.raises(PinEntryStopped):
            served(store, clerk, card, act, Holder(*typed), reason="forgotten")
    assert state(card.memory) == ("730518", PIN_TRIES)
    assert store.history(CODE) == []


def test_nobody_is_asked_where_nothing_can_come_of_it(store: DeskStore, clerk: Person, card: VirtualCard) -> None:
    card.memory.pin_tries = 0
    for act in (PinAct.VERIFY, PinAct.CHANGE, PinAct.SET):
        holder = Holder("730518")
        with pytest.raises(PinBlocked):
            served(store, clerk, card, act, holder)
        assert holder.asked == []
    card.memory.pin_tries = 1
    holder = Holder("260517")
    with pytest.raises(PinLastTry):
        served(store, clerk, card, PinAct.SET, holder)
    with pytest.raises(ReasonMissing):
        served(store, clerk, card, PinAct.UNBLOCK, holder, reason="  ")
    stopped = Holder("730518")
    stopped.cancel.set()
    with pytest.raises(Cancelled):
        served(store, clerk, card, PinAct.VERIFY, stopped)
    assert holder.asked == stopped.asked == []


def test_a_forgotten_and_a_blocked_pin_come_back_with_a_reason(
    store: DeskStore, clerk: Person, card: VirtualCard
) -> None:
    card.memory.pin_tries = 0
    served(store, clerk, card, PinAct.UNBLOCK, Holder(), reason="remembers it now")
    assert state(card.memory) == ("730518", PIN_TRIES)
    served(store, clerk, card, PinAct.RESET, Holder("260517", "260517"), reason="forgotten")
    assert state(card.memory) == ("260517", PIN_TRIES)
    card.memory.pin = "123456"
    served(store, clerk, card, PinAct.SET, Holder("730518", "730518"))
    assert state(card.memory) == ("730518", PIN_TRIES)


def on_pad(
    store: DeskStore, clerk: Person, card: VirtualCard, act: PinAct, *typed: str, changes: bool = False
) -> Holder:
    """Serve at a reader with a keypad, and return who was asked at the desk."""
    reader, profile, holder = InHandReader(card), training_profile(), Holder("730518", "260517", "260517")
    reader.typed_on_pad = typed
    profile = replace(profile, pin=replace(profile.pin, pad_changes=changes))
    desk = PinDesk(store, clerk, reader, TrainingKeys(profile, training=True), profile)
    serve_pin(desk, act, holder, holder.cancel, pad=True)
    return holder


def test_a_pin_that_is_typed_on_the_readers_keypad_is_asked_for_nowhere_else(
    store: DeskStore, clerk: Person, card: VirtualCard
) -> None:
    with pytest.raises(PinWrong) as wrong:
        on_pad(store, clerk, card, PinAct.VERIFY, "730519")
    assert wrong.value.tries_left == card.memory.pin_tries == PIN_TRIES - 1
    holder = on_pad(store, clerk, card, PinAct.VERIFY, "730518")
    assert holder.asked == []
    assert holder.card is not None
    assert holder.card.pad
    with pytest.raises(PinEntryStopped):
        on_pad(store, clerk, card, PinAct.VERIFY, "")
    assert card.memory.pin_tries == PIN_TRIES


def test_a_change_on_the_keypad_needs_the_leave_of_the_profile(
    store: DeskStore, clerk: Person, card: VirtualCard
) -> None:
    entries = ("730518", "111111", "111111")  # no rule can be held against what is typed there
    holder = on_pad(store, clerk, card, PinAct.CHANGE, *entries)
    assert holder.asked == ["old", "new", "again", "working"]
    assert card.memory.pin == "260517"
    holder = on_pad(store, clerk, card, PinAct.CHANGE, "260517", "111111", "111111", changes=True)
    assert holder.asked == []
    assert card.memory.pin == "111111"


@pytest.mark.parametrize("gone", [CardRemoved, CardReaderMissing, CardServiceStopped, CardReaderSilent])
def test_a_reader_or_service_that_goes_while_the_holder_types_costs_no_try(
    store: DeskStore, clerk: Person, card: VirtualCard, gone: type[DeskError]
) -> None:
    reader, profile = InHandReader(card), training_profile()

    class Unlucky(Holder):
        def ask(self, what: Asked, still_there: Callable[[], None]) -> Pin:
            def away(_apdu: bytes) -> tuple[bytes, int]:
                raise gone

            reader.channel.hand.transmit = away
            return super().ask(what, still_there)

    desk = PinDesk(store, clerk, reader, TrainingKeys(profile, training=True), profile)
    with pytest.raises(PinCardChanged):
        serve_pin(desk, PinAct.VERIFY, Unlucky("730519"), Cancel())
    assert state(card.memory) == ("730518", PIN_TRIES)
    assert store.history(CODE) == []
