"""The stock page over the real store: each act by keyboard, the balance follows, and a second person confirms."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.domain.errors.operator import PasswordWrong
from sscard_desk.domain.ids import AccountId
from sscard_desk.domain.stock import BlankState
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.ui.keys import Act
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.people import CLERK, SUPERVISOR
from sscard_desk.ui.states import Mark
from sscard_desk.ui.stock.presenter import StockPresenter
from sscard_desk.ui.stock.samples import sample
from sscard_desk.ui.stock.state import StockAct
from sscard_desk.ui.stock.view import StockView
from tests.machines import training_desk
from tests.ui.letting_work import let_work


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    desk = training_desk.training_desk(tmp_path / "desk", blanks=3)
    yield desk
    desk.close()


@pytest.fixture
def page(app: QApplication, store: DeskStore) -> StockPresenter:
    desk = SampleDesk(store=store)
    desk.pages.go_to_stock()
    presenter = desk.pages.stock
    presenter._unlock = unlock
    return presenter


def unlock(account: str, password: str) -> object:
    if password != "right":
        raise PasswordWrong(tries_left=2)
    return CLERK if account == "wangli" else SUPERVISOR


def do(page: StockPresenter, act: StockAct, **typed: str) -> None:
    page.choose(act.value)
    for name, text in typed.items():
        page.typed(name, text)
    page.go_on()


def counts(page: StockPresenter) -> list[int]:
    return [figure.count for figure in page.state.figures]


def test_the_balance_follows_every_act(page: StockPresenter, store: DeskStore) -> None:
    assert counts(page) == [3, 3, 0, 0, 0, 0]
    first, second, third = (blank.stock_no for blank in store.blanks(BlankState.FREE))
    do(page, StockAct.RECEIVE, first=first, last=third, delivery="L-1")
    assert {blank.source for blank in store.blanks(BlankState.FREE)} == {"range"}
    do(page, StockAct.SPOIL, number=first, reason="damaged")
    do(page, StockAct.RETURN, number=second, words="surplus")
    assert counts(page) == [3, 1, 0, 0, 1, 1]
    assert page.state.notice_mark is Mark.WARN
    do(page, StockAct.COUNT, free="1", spoiled="1")
    assert page.state.rows == ()
    assert store.stock_book().shift.number == 2


def test_who_spoiled_a_card_does_not_confirm_it_and_a_wrong_password_stays_nowhere(
    page: StockPresenter, store: DeskStore
) -> None:
    number = store.blanks(BlankState.FREE)[0].stock_no
    do(page, StockAct.SPOIL, number=number, reason="chip_mute")
    do(page, StockAct.CONFIRM, number=number, account="chenjing", password="wrong")
    assert not page.state.action.enabled  # the password has to be typed again
    do(page, StockAct.CONFIRM, number=number, account="wangli", password="right")
    assert store.stock_book().unconfirmed
    do(page, StockAct.CONFIRM, number=number, account="chenjing", password="right")
    assert not store.stock_book().unconfirmed
    assert store.blanks(BlankState.SPOILED)[0].confirmed_by == AccountId(SUPERVISOR.account)
    assert "right" not in repr(page.state)


def test_a_difference_needs_its_reason_and_what_is_missing_is_said(page: StockPresenter, store: DeskStore) -> None:
    page.choose("count")
    page.typed("free", "x")
    page.typed("spoiled", "0")
    assert not page.state.action.enabled
    page.typed("free", "2")
    page.go_on()
    assert page.state.notice_mark is not Mark.OK
    page.typed("words", "one is missing")
    page.go_on()
    assert store.stock_book().shift.number == 2


def test_leaving_the_page_forgets_what_was_typed(page: StockPresenter) -> None:
    page.choose("spoil")
    page.typed("number", "K000817")
    assert page.stop()
    assert not page.stop()
    page.typed("number", "K000817")
    page.closed()
    page.opened()
    assert page.state.fields["number"].value == ""


def test_enter_goes_from_field_to_field_to_the_button(app: QApplication, page: StockPresenter) -> None:
    shell = sample("full")
    shell.resize(1366, 768)
    shell.show()
    let_work()
    view = shell.page
    assert isinstance(view, StockView)
    assert view.fields["first"].editor.hasFocus()
    view.fields["first"].entered.emit()
    assert view.fields["last"].editor.hasFocus()
    view.on_key(Act.AGAIN)
    let_work()
    assert view.fields["last"].editor.hasFocus()  # a book that was read again moves no focus
