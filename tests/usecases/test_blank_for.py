"""A card that the book does not know or that is at two desks, and an empty book: stopped or let pass, as data say."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sscard_desk.cards.identity import CardPublic
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import CardMemory, blank_card
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.errors.operator import NotOurBlank, StockEmpty
from sscard_desk.domain.errors.stock import BlankElsewhere
from sscard_desk.domain.steps import Step
from sscard_desk.domain.stock import ELSEWHERE, BlankState
from sscard_desk.forms.stock_rules import StockRules, Trouble, stock_rules
from sscard_desk.ports.devices import Cancel
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.training.point import training_point
from sscard_desk.usecases.blank_for import blank_for
from sscard_desk.usecases.card_desk import CardDesk
from sscard_desk.usecases.card_progress import CardProgress
from sscard_desk.usecases.write_card import write_card
from tests.machines import training_desk
from tests.machines.approved_class import approved_class
from tests.machines.card_in_hand import InHandReader
from tests.machines.pcsc import training_profile
from tests.machines.training_desk import clerk, supervisor

UNKNOWN = "420196D156000005" + "A" * 16
WARN = replace(stock_rules(), unknown_blank=Trouble.WARN, empty=Trouble.WARN, elsewhere=Trouble.WARN)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    desk = training_desk.training_desk(tmp_path / "desk", blanks=1)
    yield desk
    desk.close()


def write(store: DeskStore, memory: CardMemory, rules: StockRules | None = None) -> tuple[str, ...]:
    """Write the card for somebody new; return the keys of what was let pass."""
    profile = training_profile()
    reader = InHandReader(VirtualCard(memory, profile))
    keys, told = TrainingKeys(profile, training=True), list[CardProgress]()
    desk = CardDesk(store, clerk(), reader, keys, profile, date(2026, 11, 23), stock=rules or stock_rules())
    (person,) = approved_class(store, clerk(), supervisor(), 1)
    assert write_card(desk, person.id, Cancel(), told.append).step is Step.CARD_WRITTEN
    return told[-1].warned


def known() -> CardMemory:
    return blank_card(training_point().blanks[0].identification_code, "2.00")


def public(number: str) -> CardPublic:
    """Return what a card says of itself that no list names."""
    return CardPublic(UNKNOWN, "3", "2.00", "0" * 24, None, None, number)


def test_a_card_that_the_book_does_not_know_is_stopped(store: DeskStore) -> None:
    with pytest.raises(NotOurBlank):
        write(store, blank_card(UNKNOWN, "2.00"))
    with pytest.raises(NotOurBlank):
        blank_for(store, clerk(), stock_rules(), public("B22451259"))
    assert store.find_blank(UNKNOWN) is None


def test_where_data_let_it_pass_it_is_received_under_the_number_on_its_chip(store: DeskStore) -> None:
    with pytest.raises(NotOurBlank):
        blank_for(store, clerk(), WARN, public(""))  # a number is never invented
    with pytest.raises(NotOurBlank):
        blank_for(store, clerk(), WARN, public(training_point().blanks[0].card_number))  # nor given twice
    assert store.stock_book().received == 1
    blank, warned = blank_for(store, clerk(), WARN, public("B22451259"))
    assert (blank.state, blank.source, blank.card_number) == (BlankState.FREE, "reader", "B22451259")
    assert warned == ("stock.warned_unknown",)
    assert store.stock_book().received == 2
    assert store.verify().sound


def test_an_empty_book_stops_before_a_card_is_asked_for(store: DeskStore) -> None:
    assert write(store, known()) == ()
    with pytest.raises(StockEmpty):
        write(store, known())
    with pytest.raises(NotOurBlank):
        write(store, known(), WARN)  # the card in the reader is issued


def test_a_card_that_the_centre_has_at_two_desks_is_stopped_or_told(store: DeskStore) -> None:
    code = training_point().blanks[0].identification_code
    store.keep_local_reference(ELSEWHERE, code, {"stock_no": "1", "desks": "D-0001、D-0002"})
    with pytest.raises(BlankElsewhere):
        write(store, known())
    assert [blank.state for blank in store.blanks(BlankState.FREE)] == [BlankState.FREE]
    assert write(store, known(), WARN) == ("stock.warned_elsewhere",)
    assert store.stock_book().exact
