"""A card's PIN and its counter as a plain model, against the use case over any reader; a hypothesis machine.

The model is three lines: a right PIN gives all tries back, a wrong one takes one, none left takes no PIN. Whatever is
pulled, cut or killed on the way, the card says what the model says, and the journal has an end for what it began.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.cards.pin import Pin
from sscard_desk.devices.card_reader.card_faults import FaultKind
from sscard_desk.devices.card_reader.virtual_files import PIN_TRIES, CardMemory
from sscard_desk.domain.errors.pin import (
    PinBlocked,
    PinCardChanged,
    PinLastTry,
    PinNotInitial,
    PinOutcomeUnknown,
    PinWeak,
    PinWrong,
)
from sscard_desk.domain.events import PinServed
from sscard_desk.store import journal
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.usecases.card_pin import PinSession
from sscard_desk.wire.entry import decode_event

Act = Callable[[PinSession], None]

INITIAL = "123456"
PINS = ("730518", "260517", "904413")
NEW = st.sampled_from(PINS)
LOST = st.sampled_from([FaultKind.PULL_BEFORE, FaultKind.PULL_HALF, FaultKind.PULL_AFTER])


@dataclass
class Plain:
    """The model."""

    pin: str = INITIAL
    tries: int = PIN_TRIES

    def show(self, pin: str) -> bool:
        """Return whether the card takes this PIN."""
        if not self.tries:
            return False
        right = pin == self.pin
        self.tries = PIN_TRIES if right else self.tries - 1
        return right


class PinCounterMachine(RuleBasedStateMachine):
    """Subclasses say how a card is held, and what breaks."""

    store: DeskStore
    code: str

    def __init__(self) -> None:
        super().__init__()
        self.model = Plain()
        self.memory = self.new_card()
        self.memory.pin = INITIAL

    # -- what a subclass says

    def new_card(self) -> CardMemory:
        """Return a fresh card and have it in the reader."""
        raise NotImplementedError

    def serve(self, act: Act, fault: tuple[FaultKind, Instruction] | None = None, *, swapped: bool = False) -> None:
        """Hold the card and do the act.

        Args:
            act: what is done.
            fault: what breaks at the first command of a kind.
            swapped: another card is laid in behind the handle before anything is sent.
        """
        raise NotImplementedError

    # -- what is done

    def expect(self, error: type[Exception] | None, act: Act) -> None:
        if error is None:
            self.serve(act)
        else:
            with pytest.raises(error):
                self.serve(act)

    def after_showing(self, pin: str) -> type[Exception] | None:
        """Let the model see a PIN; return what the use case has to raise."""
        if not self.model.tries:
            return PinBlocked
        if self.model.show(pin):
            return None
        return PinWrong if self.model.tries else PinBlocked

    @rule(right=st.booleans(), other=NEW)
    def verify(self, right: bool, other: str) -> None:
        typed = self.model.pin if right else other
        self.expect(self.after_showing(typed), lambda card: card.verify(Pin.of(typed)))

    @rule(right=st.booleans(), old=NEW, new=NEW)
    def change(self, right: bool, old: str, new: str) -> None:
        typed = self.model.pin if right else old
        error = self.after_showing(typed)
        self.expect(error, lambda card: card.change(Pin.of(typed), Pin.of(new)))
        if error is None:
            self.model.pin = new

    @rule(weak=st.sampled_from(["123456", "888888", "111111", "654321"]))
    def change_to_a_weak_one(self, weak: str) -> None:
        self.expect(PinWeak, lambda card: card.change(Pin.of(self.model.pin), Pin.of(weak)))

    @rule(new=NEW)
    def set_first(self, new: str) -> None:
        if self.model.tries < 2:
            self.expect(PinBlocked if not self.model.tries else PinLastTry, lambda card: card.set_first(Pin.of(new)))
            return
        error = self.after_showing(INITIAL)
        self.expect(PinNotInitial if error is PinWrong else error, lambda card: card.set_first(Pin.of(new)))
        if error is None:
            self.model.pin = new

    @rule()
    def unblock(self) -> None:
        self.serve(lambda card: card.unblock("remembered"))
        self.model.tries = PIN_TRIES

    @rule(new=NEW)
    def reset(self, new: str) -> None:
        self.serve(lambda card: card.reset(Pin.of(new), "forgotten"))
        self.model = Plain(new)

    # -- what breaks

    def lose(self, act: Act, kind: FaultKind, instruction: Instruction) -> None:
        with pytest.raises(PinOutcomeUnknown):
            self.serve(act, (kind, instruction))

    @precondition(lambda self: self.model.tries)
    @rule(right=st.booleans(), other=NEW, kind=LOST)
    def the_card_goes_while_it_verifies(self, right: bool, other: str, kind: FaultKind) -> None:
        typed = self.model.pin if right else other
        # the counting VERIFY is the second one: the first asks for the tries
        self.lose(lambda card: card.verify(Pin.of(typed)), kind, Instruction.VERIFY)
        if kind is not FaultKind.PULL_BEFORE:
            self.model.show(typed)

    @precondition(lambda self: self.model.tries)
    @rule(new=NEW, kind=LOST)
    def the_card_goes_while_it_changes(self, new: str, kind: FaultKind) -> None:
        typed = self.model.pin
        self.lose(lambda card: card.change(Pin.of(typed), Pin.of(new)), kind, Instruction.CHANGE_PIN)
        if kind is not FaultKind.PULL_BEFORE:
            self.model.show(typed)
        if kind is FaultKind.PULL_AFTER:
            self.model.pin = new

    @rule(kind=LOST)
    def the_card_goes_while_it_is_unblocked(self, kind: FaultKind) -> None:
        self.lose(lambda card: card.unblock("remembered"), kind, Instruction.UNBLOCK_PIN)
        if kind is not FaultKind.PULL_BEFORE:
            self.model.tries = PIN_TRIES

    @rule(new=NEW, kind=LOST)
    def the_card_goes_while_it_is_reset(self, new: str, kind: FaultKind) -> None:
        self.lose(lambda card: card.reset(Pin.of(new), "forgotten"), kind, Instruction.RELOAD_PIN)
        if kind is FaultKind.PULL_AFTER:
            self.model = Plain(new)

    @precondition(lambda self: self.model.tries)
    @rule(other=NEW)
    def another_card_is_laid_in_while_somebody_types(self, other: str) -> None:
        with pytest.raises(PinCardChanged):
            self.serve(lambda card: card.verify(Pin.of(other)), swapped=True)

    # -- what always holds

    @invariant()
    def the_card_is_as_the_model_says(self) -> None:
        assert (self.memory.pin, self.memory.pin_tries) == (self.model.pin, self.model.tries)

    def teardown(self) -> None:
        """What was begun has an end."""
        with self.store._engine.connect() as connection:
            entries = list(journal.entries(connection))
        events = [decode_event(entry.read_header().kind, entry.payload) for entry in entries if entry.payload]
        changing = [event for event in events if isinstance(event, PinServed) and event.act != "verify"]
        begun = sum(event.outcome == "begun" for event in changing)
        ended = sum(event.outcome in {"done", "wrong", "unknown"} for event in changing)
        assert begun == ended
