"""The staff page in the words of who stands there: whose password, typed twice, by whom it may be given."""

from dataclasses import replace

import pytest

from sscard_desk.domain.errors.operator import PasswordTooShort
from sscard_desk.domain.ids import AccountId, Role
from sscard_desk.ui.doctor.samples import AtOnce
from sscard_desk.ui.staff.presenter import StaffPresenter
from sscard_desk.ui.staff.samples import ACCOUNTS, SampleSession, SampleWays
from sscard_desk.ui.staff.state import StaffState
from sscard_desk.ui.states import ToastState

WANG, CHEN, LIU, ZHAO, SUN = range(5)


class Page:
    def __init__(self, session: SampleSession | None = None, ways: SampleWays | None = None) -> None:
        self.ways, self.toasts = ways or SampleWays(), list[ToastState]()
        self.state = StaffState()
        self.presenter = StaffPresenter(session or SampleSession(), self.ways, AtOnce(), self.toasts.append)
        self.presenter.attach(self)
        self.presenter.opened()

    def show_state(self, state: StaffState) -> None:
        self.state = state

    def type(self, password: str, again: str | None = None, login: str = "") -> None:
        for field, text in (("login", login), ("password", password), ("again", again or password)):
            self.presenter.typed(field, text)


def test_a_first_password_is_given_when_it_was_typed_twice_the_same() -> None:
    page = Page()
    page.type("my own words", "my own word")
    page.presenter.go_on()
    assert page.ways.given == []
    assert not page.state.action.enabled
    page.type("my own words")
    page.presenter.go_on()
    assert page.ways.given == [("a" * 32, "wangli", "my own words")]
    assert len(page.toasts) == 1


def test_no_password_stays_in_a_state_or_behind_another_account_page_or_act() -> None:
    page = Page()
    page.type("my own words")
    assert "my own words" not in repr(page.state)
    for leave in (lambda: page.presenter.choose(CHEN), page.presenter.closed):
        page.presenter.choose(WANG)
        page.type("my own words")
        cleared = page.state.clear
        leave()
        assert page.state.clear > cleared
        page.presenter.choose(WANG)
        page.presenter.go_on()
    assert page.ways.given == []


def test_everybody_changes_the_own_password_with_the_old_one_and_the_new_one_twice() -> None:
    for role, account, at in ((Role.ADMINISTRATOR, "c", LIU), (Role.CLERK, "a", WANG)):
        page = Page(SampleSession(role, AccountId(account * 32)))
        if role is Role.ADMINISTRATOR:
            page.presenter.choose(at)
        assert (page.state.chosen, page.state.own, page.state.asks_login) == (at, True, False)
        page.type("my new words")
        assert not page.state.action.enabled  # the old one is not typed yet
        page.presenter.typed("old", "my own words")
        page.type("my new words", "my new word")
        page.presenter.go_on()
        assert page.ways.changed == []
        page.type("my new words")
        assert "words" not in repr(page.state)
        page.presenter.go_on()
        assert (page.ways.changed, page.ways.given) == ([("my own words", "my new words")], [])
        assert not page.state.action.enabled  # nothing of it stays


def test_a_clerk_gives_and_closes_nothing() -> None:
    page = Page(SampleSession(Role.CLERK, AccountId("a" * 32)))
    for row in (CHEN, LIU, ZHAO, SUN):
        page.presenter.choose(row)
        page.type("my own words")
        page.presenter.go_on()
        page.presenter.close_way_in()
        assert page.state.notice
    assert (page.ways.given, page.ways.shut) == ([], [])


def test_a_name_to_sign_in_with_is_asked_where_the_centre_names_none() -> None:
    page = Page()
    page.presenter.choose(CHEN)
    assert page.state.asks_login
    page.type("my own words")
    assert not page.state.action.enabled
    page.type("my own words", login=" chen ")
    page.presenter.go_on()
    assert page.ways.given == [("b" * 32, "chen", "my own words")]


@pytest.mark.parametrize("row", [ZHAO, SUN])
def test_an_ended_and_an_unlisted_account_are_given_nothing(row: int) -> None:
    page = Page()
    page.presenter.choose(row)
    page.type("my own words")
    page.presenter.go_on()
    assert (page.state.can_give, page.ways.given) == (False, [])
    assert page.state.notice


def test_nobody_of_a_higher_role_is_given_anything() -> None:
    page = Page(SampleSession(Role.SUPERVISOR, AccountId("b" * 32)))
    page.presenter.choose(LIU)
    assert (page.state.can_give, page.state.can_close) == (False, False)


def test_a_refused_password_says_why_and_is_typed_again() -> None:
    page = Page(ways=SampleWays(PasswordTooShort(8)))
    page.type("short")
    page.presenter.go_on()
    assert page.state.notice
    assert not page.state.action.enabled


def test_a_way_in_is_closed_for_others_who_have_one() -> None:
    page = Page()
    page.presenter.close_way_in()  # Wang has none
    page.presenter.choose(CHEN)
    page.presenter.close_way_in()
    page.presenter.choose(LIU)
    page.presenter.close_way_in()  # oneself
    assert page.ways.shut == ["b" * 32]


def test_the_account_in_hand_stays_in_hand_when_the_list_comes_anew() -> None:
    page = Page()
    page.presenter.choose(CHEN)
    page.ways.listed = (replace(ACCOUNTS[SUN], account="f" * 32), *ACCOUNTS)
    page.presenter.opened()
    assert page.state.lines[page.state.chosen].key == "b" * 32
