"""Two real desks and a real centre: who has which card, told to both; a spoiled card seen by somebody elsewhere."""

from dataclasses import replace

import pytest

from sscard_desk.central import blanks
from sscard_desk.central.imports import LentBlank, StaffMember, import_staff, lend_blanks
from sscard_desk.domain.errors.stock import SecondPersonNeeded
from sscard_desk.domain.events import ReceivedBlank
from sscard_desk.domain.stock import BlankState
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.passes import run_pass
from sscard_desk.usecases import stock
from tests.machines import training_desk
from tests.machines.counter import Counter

from .test_real_desk import POINT, desks, line_of

__all__ = ["desks"]
ONE = ReceivedBlank("110101D156000005" + "0" * 16, "A00000001", "K000001")
TWO = ReceivedBlank("110101D156000005" + "1" * 16, "A00000002", "K000002")
CLERK, SECOND = training_desk.clerk(), training_desk.supervisor()


@pytest.fixture
def lines(desks: tuple[DeskStore, DeskStore]) -> tuple[HttpCentre, HttpCentre]:
    return line_of(desks[0]), line_of(desks[1])


def test_a_card_at_two_desks_is_told_at_both_until_one_hands_it_back(
    desks: tuple[DeskStore, DeskStore], lines: tuple[HttpCentre, HttpCentre]
) -> None:
    (first, second), (one, two) = desks, lines
    with one, two:
        stock.receive(first, CLERK, [ONE, TWO], "file")
        stock.receive(second, SECOND, [ONE], "file")
        for desk, line in ((first, one), (second, two), (first, one)):
            assert run_pass(desk, line).set_aside == 0
        for desk in desks:
            assert desk.stock_book().elsewhere == [("K000001", "D-0001、D-0002")]
            assert desk.stock_book().exact
        stock.give_back(second, SECOND, ["K000001"], "it lies at the other desk")
        for desk, line in ((second, two), (first, one)):
            assert run_pass(desk, line).up_to_date
    assert [desk.stock_book().elsewhere for desk in desks] == [[], []]
    assert [desk.stock_book().of(BlankState.FREE) for desk in desks] == [2, 0]
    assert first.verify().sound
    assert second.verify().sound


def test_a_spoiled_card_is_confirmed_at_another_desk_and_at_the_centre(
    counter: Counter, desks: tuple[DeskStore, DeskStore], lines: tuple[HttpCentre, HttpCentre]
) -> None:
    (first, second), (one, two) = desks, lines
    members = [StaffMember(each.account, "-", each.role.value) for each in (CLERK, SECOND)]
    import_staff(counter.open, POINT, members)
    with one, two:
        stock.receive(first, CLERK, [ONE, TWO], "file")
        for number in ("K000001", "K000002"):
            stock.spoil(first, CLERK, number, "damaged")
        run_pass(first, one)
        run_pass(second, two)
        assert [each.desk for each in second.spoiled_elsewhere()] == ["D-0001", "D-0001"]
        with pytest.raises(SecondPersonNeeded):
            stock.confirm(second, CLERK, ONE.identification_code)
        stock.confirm(second, SECOND, ONE.identification_code)
        assert len(second.spoiled_elsewhere()) == 1
        blanks.confirm(counter.open, TWO.identification_code, "operator")
        run_pass(second, two)
        run_pass(first, one)
    assert first.stock_book().unconfirmed == []
    assert [each.confirmed_by for each in first.blanks(BlankState.SPOILED)] == [SECOND.account, "operator"]


def test_a_lent_card_that_went_to_the_other_desk_is_off_the_book_and_one_in_use_stays(
    counter: Counter, desks: tuple[DeskStore, DeskStore], lines: tuple[HttpCentre, HttpCentre]
) -> None:
    (first, _), (one, _) = desks, lines
    lent = [LentBlank(card.identification_code, card.card_number, card.stock_no, "D-0001") for card in (ONE, TWO)]
    with one:
        lend_blanks(counter.open, POINT, lent)
        run_pass(first, one)
        stock.spoil(first, CLERK, "K000001", "damaged")
        lend_blanks(counter.open, POINT, [replace(each, desk="D-0002") for each in lent])
        run_pass(first, one)
        run_pass(first, one)
    book = first.stock_book()
    assert (book.received, book.of(BlankState.SPOILED), book.of(BlankState.FREE), book.exact) == (1, 1, 0, True)
    assert book.shift.withdrawn == 1
    assert book.elsewhere == [("K000001", "D-0001、D-0002")]
