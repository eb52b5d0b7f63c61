"""Serving a PIN over a real reader service: tries are known before, kept after, and never burnt by a removal."""

from dataclasses import replace

import pytest

from sscard_desk.cards import pin_commands
from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.cards.pin import Pin
from sscard_desk.devices.card_reader.card_faults import Fault, FaultKind
from sscard_desk.devices.card_reader.virtual_files import PIN_TRIES, CardMemory, blank_card
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.errors.device import KeyHolderRefused
from sscard_desk.domain.errors.operator import ReasonMissing
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
from sscard_desk.ports.devices import Cancel
from sscard_desk.store import journal
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.training.point import training_point
from sscard_desk.usecases.card_pin import card_for_pin
from sscard_desk.usecases.pin_sending import PinDesk
from sscard_desk.wire.entry import decode_event
from tests.machines.pcsc import CardTable, table, tables, training_profile

from .conftest import Person

__all__ = ["table", "tables"]
pytestmark = pytest.mark.real

CODE = training_point().blanks[0].identification_code


def desk(store: DeskStore, clerk: Person, table: CardTable, *, training: bool = True) -> PinDesk:
    profile = training_profile()
    return PinDesk(store, clerk, table.reader, TrainingKeys(profile, training=training), profile)


def memory(pin: str = "123456", tries: int = PIN_TRIES) -> CardMemory:
    made = blank_card(CODE)
    made.pin, made.pin_tries = pin, tries
    return made


def acts(store: DeskStore) -> list[tuple[str, str]]:
    """Return act and outcome of everything that stands in the journal about this card."""
    found = []
    with store._engine.connect() as connection:
        entries = list(journal.entries(connection))
    for entry in entries:
        assert entry.payload is not None
        event = decode_event(entry.read_header().kind, entry.payload)
        if isinstance(event, PinServed):
            found.append((event.act, event.outcome))
    return found


def outcomes(store: DeskStore) -> list[str]:
    return [line.kind for line in store.history(CODE)]


def test_a_first_pin_takes_the_place_of_the_initial_one_and_is_proved(
    store: DeskStore, clerk: Person, table: CardTable
) -> None:
    card = memory()
    table.card(card)
    with card_for_pin(desk(store, clerk, table), Cancel(), 10) as session:
        assert session.tries == PIN_TRIES
        session.set_first(Pin.of("730518"))
    assert (card.pin, card.pin_tries) == ("730518", PIN_TRIES)
    assert outcomes(store) == ["card.pin_served"] * 2  # begun, done
    with card_for_pin(desk(store, clerk, table), Cancel(), 10) as session, pytest.raises(PinNotInitial) as other:
        session.set_first(Pin.of("730519"))
    assert other.value.tries_left == PIN_TRIES - 1
    assert card.pin == "730518"


def test_a_weak_pin_or_a_dangerous_first_one_sends_nothing(store: DeskStore, clerk: Person, table: CardTable) -> None:
    card = memory("730518", tries=1)
    simulated = table.card(card)
    with card_for_pin(desk(store, clerk, table), Cancel(), 10) as session:
        sent = len(simulated.commands)
        for weak in ("123456", "111111"):
            with pytest.raises(PinWeak):
                session.change(Pin.of("730518"), Pin.of(weak))
        with pytest.raises(PinLastTry):
            session.set_first(Pin.of("730519"))
        with pytest.raises(ReasonMissing):
            session.unblock("  ")
        assert len(simulated.commands) == sent
    assert outcomes(store) == []


def test_a_wrong_pin_blocks_in_the_end_and_comes_back_by_unblocking_or_resetting(
    store: DeskStore, clerk: Person, table: CardTable
) -> None:
    card = memory("730518")
    table.card(card)
    with card_for_pin(desk(store, clerk, table), Cancel(), 10) as session:
        for left in (2, 1):
            with pytest.raises(PinWrong) as wrong:
                session.verify(Pin.of("730519"))
            assert wrong.value.tries_left == left == session.tries
        with pytest.raises(PinBlocked):
            session.verify(Pin.of("730519"))
        with pytest.raises(PinBlocked):
            session.verify(Pin.of("730518"))  # not even sent: the card takes none
        session.unblock("remembers it now")
    assert (card.pin, card.pin_tries) == ("730518", PIN_TRIES)
    with card_for_pin(desk(store, clerk, table), Cancel(), 10) as session:
        session.reset(Pin.of("260517"), "forgotten")
    assert (card.pin, card.pin_tries) == ("260517", PIN_TRIES)


def test_a_card_that_was_taken_out_before_the_pin_is_sent_loses_no_try(
    store: DeskStore, clerk: Person, table: CardTable
) -> None:
    card = memory("730518")
    simulated = table.card(card)
    with card_for_pin(desk(store, clerk, table), Cancel(), 10) as session:
        simulated.pull()
        with pytest.raises(PinCardChanged):
            session.verify(Pin.of("730519"))
    assert card.pin_tries == PIN_TRIES
    assert outcomes(store) == []


def test_a_lost_answer_is_told_as_unknown_and_nothing_is_sent_again(
    store: DeskStore, clerk: Person, table: CardTable
) -> None:
    card = memory("730518")
    simulated = table.card(card, Fault(FaultKind.PULL_AFTER, 1, Instruction.CHANGE_PIN))
    with card_for_pin(desk(store, clerk, table), Cancel(), 10) as session, pytest.raises(PinOutcomeUnknown) as lost:
        session.change(Pin.of("730518"), Pin.of("260517"))
    assert lost.value.may_have_changed
    assert sum(header[1] == Instruction.CHANGE_PIN for header in simulated.commands) == 1
    assert card.pin == "260517"


def test_without_a_holder_of_the_pin_key_nothing_is_given_back(
    store: DeskStore, clerk: Person, table: CardTable
) -> None:
    card = memory("730518", tries=0)
    table.card(card)
    keys = desk(store, clerk, table, training=False)
    with card_for_pin(keys, Cancel(), 10) as session, pytest.raises(KeyHolderRefused):
        session.unblock("blocked")
    keyless = replace(desk(store, clerk, table), profile=replace(training_profile(), pin_key=None))
    with card_for_pin(keyless, Cancel(), 10) as session, pytest.raises(KeyHolderRefused):
        session.reset(Pin.of("260517"), "forgotten")
    assert (card.pin, card.pin_tries) == ("730518", 0)
    # nothing stands there as begun: a refusal is an end
    assert acts(store) == [("unblock", "refused"), ("reset", "refused")]


def test_a_pin_shows_nowhere_and_is_overwritten() -> None:
    pin = Pin.of("730518")
    block = Pin(pin_commands.block(pin, training_profile().algorithm))
    assert "730518" not in f"{pin!r} {pin} {block!r}"
    with pin, block:
        pass
    assert (len(pin), len(block)) == (0, 0)
