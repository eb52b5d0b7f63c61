"""The page of what the centre did not take: each line says why, offers ways, and records the chosen one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sscard_desk.domain.steps import Step
from sscard_desk.ui.aside.samples import happened
from sscard_desk.ui.aside.state import MINE, THEIRS, AsideState
from sscard_desk.ui.aside.view import AsideView
from sscard_desk.ui.language import text
from sscard_desk.ui.sample_desk.desk import PASSWORD, SampleDesk
from sscard_desk.ui.sample_desk.store import SampleStore

OTHER = "b" * 32


class Shown:
    """Keeps what the page shows."""

    def __init__(self) -> None:
        self.state = AsideState()

    def show_state(self, state: AsideState) -> None:
        self.state = state


@pytest.fixture
def desk(app: object) -> SampleDesk:
    del app
    made = SampleDesk()
    happened(made)
    return made


@pytest.fixture
def page(desk: SampleDesk) -> Shown:
    shown = Shown()
    desk.pages.aside.attach(shown)
    desk.pages.aside.opened()
    return shown


def mine(desk: SampleDesk) -> str:
    assert isinstance(desk.store, SampleStore)
    return desk.store.turned_away[0].subject


def test_what_is_to_be_decided_comes_before_what_is_only_told(page: Shown) -> None:
    assert [row.key.partition(":")[0] for row in page.state.rows][-3:] == [
        "transfer",
        "conflict",
        "unfolded",
    ]
    assert len(page.state.rows) == 6


def test_entries_of_other_desks_that_do_not_fit_are_shown_with_the_reason_and_ask_for_nothing(
    desk: SampleDesk, page: Shown
) -> None:
    desk.pages.aside.choose("unfolded:" + "f" * 32)
    (row,) = [each for each in page.state.rows if each.key == page.state.chosen]
    assert "D-0107" in text(row.words)
    why = text(page.state.why)
    assert all(said in why for said in ("512", "E120", "513"))
    assert (page.state.ways, page.state.action.enabled) == ((), False)


def test_a_second_application_of_another_point_is_asked_for_and_not_compared(page: Shown) -> None:
    assert [way.key for way in page.state.ways] == ["withdraw", "ask", "keep_both", "again"]


def test_nothing_is_recorded_before_a_way_and_a_reason(desk: SampleDesk, page: Shown) -> None:
    assert not page.state.action.enabled
    desk.pages.aside.choose_way("withdraw")
    assert not page.state.action.enabled
    desk.pages.aside.go_on()
    assert desk.store.application(mine(desk)).step is not Step.WITHDRAWN
    desk.pages.aside.reason_typed("开重了")
    assert page.state.action.enabled


def test_the_own_application_is_withdrawn_with_its_reason(desk: SampleDesk) -> None:
    key = mine(desk)
    desk.pages.aside.opened()
    desk.pages.aside.choose_way("withdraw")
    desk.pages.aside.reason_typed("开重了")
    desk.pages.aside.go_on()
    ended = desk.store.application(key)
    assert (ended.step, ended.closed_reason) == (Step.WITHDRAWN, "开重了")


def test_both_are_kept_only_with_a_supervisors_password(desk: SampleDesk, page: Shown) -> None:
    key, aside = mine(desk), desk.pages.aside
    aside.choose_way("keep_both")
    aside.leave.reason_typed("材料遗失")
    aside.leave.account_typed("chenjing")
    aside.leave.password_typed("other")
    aside.go_on()
    assert page.state.leave.error
    assert not desk.store.application(key).second_exception
    aside.leave.password_typed(PASSWORD)
    aside.go_on()
    assert desk.store.application(key).second_exception == "材料遗失"


def test_the_comparison_starts_with_the_centres_side_and_takes_mine_field_by_field(
    desk: SampleDesk, page: Shown
) -> None:
    desk.pages.aside.choose(OTHER)
    desk.pages.aside.choose_way("compare")
    assert [(row.field, row.taken) for row in page.state.sides] == [
        ("mobile", THEIRS),
        ("bank", THEIRS),
        ("mailing_address", THEIRS),
    ]
    desk.pages.aside.take("bank", MINE)
    assert [row.taken for row in page.state.sides] == [THEIRS, MINE, THEIRS]
    assert page.state.action.enabled


def test_esc_leaves_the_way_first(desk: SampleDesk, page: Shown) -> None:
    desk.pages.aside.choose_way("keep_both")
    desk.pages.aside.leave.password_typed(PASSWORD)
    assert desk.pages.aside.stop()
    assert (page.state.way, page.state.leave.open) == ("", False)
    assert not desk.pages.aside.stop()


def test_what_is_sent_again_leaves_the_list(desk: SampleDesk, page: Shown) -> None:
    desk.pages.aside.choose("e" * 32)
    desk.pages.aside.choose_way("again")
    desk.pages.aside.go_on()
    assert "e" * 32 not in [row.key for row in page.state.rows]


def test_m_takes_mine_t_takes_theirs_and_space_the_other_one(desk: SampleDesk) -> None:
    view = AsideView()
    taken: list[tuple[str, str]] = []
    view.side_taken.connect(lambda field, side: taken.append((field, side)))
    desk.pages.aside.attach(view)
    desk.pages.aside.opened()
    desk.pages.aside.choose(OTHER)
    desk.pages.aside.choose_way("compare")
    table = view.comparison
    for key in (Qt.Key.Key_M, Qt.Key.Key_T, Qt.Key.Key_Space):
        QTest.keyClick(table, key)
    assert taken == [("mobile", MINE), ("bank", THEIRS), ("mailing_address", MINE)]
    view.deleteLater()


def test_a_question_for_an_application_is_declined_with_a_reason(desk: SampleDesk, page: Shown) -> None:
    desk.pages.aside.choose("transfer:" + OTHER)
    assert [way.key for way in page.state.ways] == ["grant", "decline"]
    desk.pages.aside.choose_way("decline")
    assert not page.state.action.enabled
    desk.pages.aside.choose_way("grant")
    desk.pages.aside.go_on()
    assert desk.store.application(OTHER).point == "4203"
