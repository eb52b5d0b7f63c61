"""The page of the business date over a real encrypted store whose clock somebody turned."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.domain.desk_time import DAY_MS, TimeKnown
from sscard_desk.domain.errors.desk_time import ClockWrong, OfflineEnded
from sscard_desk.domain.errors.operator import PasswordWrong
from sscard_desk.ports.session import Session
from sscard_desk.store.clock import DeskClock
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.ui.desk_date.presenter import DeskDatePresenter, day_of
from sscard_desk.ui.desk_date.view import DeskDateView
from sscard_desk.ui.doctor.clock import CLOCK, clock_facts, clock_state, clock_word, off_words
from sscard_desk.ui.doctor.presenter import DoctorPresenter
from sscard_desk.ui.doctor.samples import AtOnce
from sscard_desk.ui.doctor.state import DoctorState
from sscard_desk.ui.keys import Act
from sscard_desk.ui.language import text
from sscard_desk.ui.navigation.areas import join_desk_date
from sscard_desk.ui.serving.trouble_toast import DESK_DATE, trouble_toast
from sscard_desk.ui.states import Mark, ToastState
from sscard_desk.usecases.desk_time import need_true_date
from tests.machines.training_desk import clerk, supervisor, training_desk

RIGHT = "right"
NOW = 1_795_000_000_000


class TurnedClock(DeskClock):
    """A clock that somebody turned back by so many days."""

    days = 0

    def now(self) -> datetime:
        return datetime.now(UTC) - timedelta(days=self.days)


@dataclass
class Page:
    """The page, its store, and what it told."""

    store: DeskStore
    view: DeskDateView
    presenter: DeskDatePresenter
    done: list[ToastState]

    def fill(self, day: str, account: str = "chen", password: str = RIGHT) -> None:
        self.presenter.day_typed(day)
        self.presenter.leave.reason_typed("主板电池没电")
        self.presenter.leave.account_typed(account)
        self.presenter.leave.password_typed(password)


@pytest.fixture
def page(app: QApplication, tmp_path: Path) -> Iterator[Page]:
    del app
    store = training_desk(tmp_path / "desk", 1)
    store.note_server_time(0)
    store.came_through()
    store.clock = clock = TurnedClock()
    clock.days = 400
    done: list[ToastState] = []

    def unlock(login: str, password: str) -> Session:
        if password != "right":
            raise PasswordWrong(tries_left=4)
        return supervisor() if login == "chen" else clerk()

    view = DeskDateView()
    presenter = DeskDatePresenter(view, AtOnce(), store, clock, unlock, done=done.append, tell=done.append)
    join_desk_date(view, presenter)
    presenter.opened()
    yield Page(store, view, presenter, done)
    store.close()


def today() -> date:
    return datetime.now(UTC).astimezone().date()


def test_a_supervisor_sets_the_date_by_keyboard_and_dates_hold_again(page: Page) -> None:
    with pytest.raises(ClockWrong):
        need_true_date(page.store)
    assert page.presenter.state.mark is Mark.WARN
    assert page.presenter.state.day == ""  # what was heard before the clock was turned back tells nothing
    page.fill(f"{today():%Y%m%d}")
    page.view.show()
    assert page.view.on_key(Act.NEXT)
    need_true_date(page.store)
    assert page.store.clock.counted().astimezone().date() == today()
    assert [line.kind for line in page.store.history(supervisor().account)] == ["date.set"]
    assert [text(told.title) for told in page.done] != []
    page.view.hide()
    assert (page.presenter.state.day, page.view.leave.password.value()) == ("", "")


def test_a_day_before_the_centres_last_answer_or_a_year_after_it_is_refused_beside_the_field(page: Page) -> None:
    for day, code in ((today() - timedelta(days=1), "E1008"), (today() + timedelta(days=400), "E1009")):
        page.fill(day.isoformat())
        page.presenter.go_on()
        assert code in text(page.presenter.state.error)
    assert page.store.history(supervisor().account) == []
    page.presenter.day_typed(today().isoformat())
    assert page.presenter.state.error == ""
    page.presenter.go_on()
    need_true_date(page.store)


@pytest.mark.parametrize(("account", "password", "code"), [("chen", "wrong", "E161"), ("wang", "right", "E124")])
def test_without_a_supervisors_password_nothing_is_set_and_the_password_is_asked_again(
    page: Page, account: str, password: str, code: str
) -> None:
    page.fill(today().isoformat(), account, password)
    page.presenter.go_on()
    assert code in text(page.presenter.state.leave.error_note)
    assert not page.presenter.state.action.enabled
    with pytest.raises(ClockWrong):
        need_true_date(page.store)


def test_leaving_the_page_leaves_no_password_and_no_reason_behind(page: Page) -> None:
    page.fill(today().isoformat())
    page.view.leave.password.editor.setText("right")
    page.presenter.closed()
    assert (page.view.leave.password.value(), page.view.leave.reason.value()) == ("", "")
    page.presenter.opened()
    page.presenter.day_typed(today().isoformat())
    assert not page.presenter.state.action.enabled


def test_what_lacks_is_said_beside_the_button_until_everything_is_typed(page: Page) -> None:
    page.presenter.day_typed("2026-02-30")
    first = text(page.presenter.state.action.reason)
    page.fill("2026-02-28", password="")
    second = text(page.presenter.state.action.reason)
    assert first
    assert second
    assert first != second


@pytest.mark.parametrize(
    "typed", ["2026-11-26", "20261126", "2026.11.26", "2026/11/26", "2026年11月26日", " 20261126 "]
)
def test_a_day_is_read_as_people_type_it(typed: str) -> None:
    assert day_of(typed) == date(2026, 11, 26)


@pytest.mark.parametrize("typed", ["", "26-11-2026", "2026-13-01", "2026-02-30", "٢٠٢٦-١١-٢٦", "2026-11-26x"])
def test_what_is_no_day_is_none(typed: str) -> None:
    assert day_of(typed) is None


@pytest.mark.parametrize(
    ("known", "mark", "word"),
    [
        (TimeKnown(NOW, heard_ms=900), Mark.OK, "准确"),
        (TimeKnown(NOW, heard_ms=6 * DAY_MS), Mark.WARN, "不准"),
        (TimeKnown(NOW, heard_ms=0, latest_ms=NOW + 3 * DAY_MS), Mark.WARN, "不准"),
        (TimeKnown(NOW, heard_ms=0, set_ms=DAY_MS), Mark.WARN, "已设日期"),
        (TimeKnown(NOW), Mark.TODO, "没有对过"),
    ],
)
def test_the_clock_is_a_device_of_the_doctor_page(known: TimeKnown, mark: Mark, word: str) -> None:
    found = clock_word(clock_state(known))
    assert (found[0], text(found[1])) == (mark, word)


@pytest.mark.parametrize(
    ("off", "said"),
    [(0, "不到 1 秒"), (-999, "不到 1 秒"), (3_400, "慢 3 秒"), (-61_000, "快 1 分钟"), (7_200_000, "慢 2 小时"),
     (-6 * DAY_MS, "快 6 天")],
)  # fmt: skip
def test_how_far_it_is_off_is_said_in_the_largest_unit(off: int, said: str) -> None:
    assert text(off_words(off)) == said


def test_beside_a_wrong_clock_the_doctor_says_what_to_do_and_offers_the_date() -> None:
    class Seen:
        def show_state(self, state: DoctorState) -> None:
            self.last = state

    seen, state = Seen(), clock_state(TimeKnown(NOW, heard_ms=6 * DAY_MS))
    doctor = DoctorPresenter(seen, AtOnce(), {CLOCK: lambda: state}, lambda: datetime.now(UTC), lambda _words: None)
    doctor.opened(CLOCK)
    assert (seen.last.finding.code, seen.last.can_date) == ("E178", True)
    assert len(seen.last.finding.steps) == 3
    assert [text(value) for _, value in clock_facts(state)][2] == "慢 6 天"
    assert seen.last.finding.facts == clock_facts(state)


@pytest.mark.parametrize("trouble", [ClockWrong(days=6), OfflineEnded(days=30)])
def test_a_notice_that_a_date_stops_the_work_leads_to_the_date_by_one_key(trouble: ClockWrong | OfflineEnded) -> None:
    toast = trouble_toast(trouble)
    assert (toast.target, toast.action_key) == (DESK_DATE, "Ctrl+T")
    assert trouble_toast(PasswordWrong(tries_left=1)).target == ""
