"""A wrong clock and a long silence of the centre, at a real desk: what is refused, and who may mend it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sscard_desk.domain.desk_time import DAY_MS, Afterwards
from sscard_desk.domain.errors.desk_time import ClockWrong, DayBeforeCentre, DayFarAhead, OfflineEnded
from sscard_desk.domain.errors.operator import ReasonMissing, RoleMissing
from sscard_desk.domain.events import SessionNoted
from sscard_desk.store.clock import DeskClock
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import open_desk
from sscard_desk.usecases.desk_time import (
    need_centre_lately,
    need_true_date,
    offline_forecast,
    offline_rule,
    set_date,
    time_trouble,
)
from tests.machines.training_desk import KEY, clerk, supervisor, training_desk


class TurnedClock(DeskClock):
    """A clock that somebody turned."""

    days = 0

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(days=self.days)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskStore]:
    desk = training_desk(tmp_path / "desk", 1)
    desk.clock = TurnedClock()
    yield desk
    desk.close()


def turn(desk: DeskStore, days: int) -> None:
    assert isinstance(desk.clock, TurnedClock)
    desk.clock.days = days


def test_a_clock_that_the_centre_finds_off_by_two_days_prints_no_date(desk: DeskStore) -> None:
    desk.note_server_time(DAY_MS - 1)
    need_true_date(desk)
    desk.note_server_time(2 * DAY_MS)
    with pytest.raises(ClockWrong) as wrong:
        need_true_date(desk)
    assert wrong.value.days == 2
    assert isinstance(time_trouble(desk), ClockWrong)


def test_a_clock_that_went_back_since_the_last_entry_prints_no_date(desk: DeskStore) -> None:
    with desk.work(clerk().account) as work:
        work.record(SessionNoted("signed_in"), subject=clerk().account)
    turn(desk, -400)
    with pytest.raises(ClockWrong):
        need_true_date(desk)


def test_a_supervisor_sets_the_date_with_a_reason_and_it_holds_after_a_restart(desk: DeskStore, tmp_path: Path) -> None:
    desk.note_server_time(0)
    turn(desk, -400)
    today = datetime.now(UTC).astimezone().date()
    with pytest.raises(RoleMissing):
        set_date(desk, desk.clock, clerk(), today, "battery")
    with pytest.raises(ReasonMissing):
        set_date(desk, desk.clock, supervisor(), today, " ")
    set_date(desk, desk.clock, supervisor(), today, "主板电池没电")
    need_true_date(desk)
    assert desk.clock.counted().astimezone().date() == today
    assert [line.kind for line in desk.history(supervisor().account)] == ["date.set"]
    again = open_desk(tmp_path / "desk", KEY)
    try:
        assert again.clock.counted() - again.clock.now() > timedelta(days=399)
        again.clock = desk.clock
        assert again.time_known().set_ms == 400 * DAY_MS
    finally:
        again.close()
    assert desk.verify().sound


def test_a_set_date_ends_when_the_centre_is_heard_with_the_clock_mended(desk: DeskStore) -> None:
    turn(desk, -400)
    set_date(desk, desk.clock, supervisor(), datetime.now(UTC).astimezone().date(), "主板电池没电")
    desk.note_server_time(400 * DAY_MS)
    need_true_date(desk)
    turn(desk, 0)
    desk.note_server_time(0)
    need_true_date(desk)
    assert desk.clock.counted().astimezone().date() == datetime.now(UTC).astimezone().date()


def test_entries_of_a_clock_that_ran_ahead_do_not_block_once_the_centre_was_heard(desk: DeskStore) -> None:
    turn(desk, 3_000)
    with desk.work(clerk().account) as work:
        work.record(SessionNoted("signed_in"), subject=clerk().account)
    turn(desk, 0)
    with pytest.raises(ClockWrong):
        need_true_date(desk)
    desk.note_server_time(0)
    need_true_date(desk)


def test_after_the_days_without_the_centre_nothing_new_is_begun_until_it_is_heard(desk: DeskStore) -> None:
    desk.came_through()
    need_centre_lately(desk)
    turn(desk, 29)
    assert offline_forecast(desk).days_left == 1
    turn(desk, 30)
    assert isinstance(time_trouble(desk), OfflineEnded)
    with pytest.raises(OfflineEnded) as ended:
        need_centre_lately(desk)
    assert ended.value.days == 30
    desk.came_through()
    need_centre_lately(desk)


def test_a_city_may_let_work_go_on_and_a_desk_may_only_shorten_its_days() -> None:
    assert offline_rule([{"id": "offline", "days": "7", "then": "work_on"}]).then is Afterwards.WORK_ON
    assert offline_rule([{"id": "offline", "days": "7"}, {"id": "offline_here", "days": "14"}]).days == 7
    assert offline_rule([{"id": "offline", "days": "20"}, {"id": "offline_here", "days": "14"}]).days == 14
    assert offline_rule([{"id": "offline", "days": "-1", "then": "?"}]) == offline_rule([])


def test_a_day_that_the_centres_last_answer_rules_out_is_not_set_and_leaves_no_entry(desk: DeskStore) -> None:
    desk.note_server_time(0)
    desk.came_through()
    turn(desk, -400)
    today = datetime.now(UTC).astimezone().date()
    with pytest.raises(DayBeforeCentre) as before:
        set_date(desk, desk.clock, supervisor(), today - timedelta(days=1), "battery")
    assert before.value.day == today.isoformat()
    with pytest.raises(DayFarAhead):
        set_date(desk, desk.clock, supervisor(), today + timedelta(days=367), "battery")
    assert desk.history(supervisor().account) == []
    set_date(desk, desk.clock, supervisor(), today + timedelta(days=3), "battery")
    assert desk.clock.counted().astimezone().date() == today + timedelta(days=3)


def test_a_set_date_ends_when_a_slow_clock_is_put_right_and_the_date_is_asked_for_once_more(desk: DeskStore) -> None:
    desk.note_server_time(0)
    turn(desk, -10)
    today = datetime.now(UTC).astimezone().date()
    set_date(desk, desk.clock, supervisor(), today, "主板电池没电")
    turn(desk, 0)
    assert (desk.time_known().set_ms, desk.clock.counted().astimezone().date()) == (None, today)
    with pytest.raises(ClockWrong):  # a clock that stood idle for ten days looks the same
        need_true_date(desk)
    set_date(desk, desk.clock, supervisor(), today, "时钟已修好")
    need_true_date(desk)
    assert desk.clock.counted().astimezone().date() == today


def test_a_set_date_ends_when_a_fast_clock_is_put_right(desk: DeskStore) -> None:
    desk.note_server_time(0)
    turn(desk, 10)
    today = datetime.now(UTC).astimezone().date()
    set_date(desk, desk.clock, supervisor(), today, "时钟快了十天")
    assert desk.time_known().set_ms == -10 * DAY_MS
    turn(desk, 0)
    assert (desk.time_known().set_ms, desk.clock.counted().astimezone().date()) == (None, today)
    need_true_date(desk)


@pytest.mark.parametrize("days", [-10, 10])
def test_a_set_date_stays_while_the_clock_goes_on_as_it_was(desk: DeskStore, days: int) -> None:
    desk.note_server_time(0)
    turn(desk, days)
    set_date(desk, desk.clock, supervisor(), datetime.now(UTC).astimezone().date(), "主板电池没电")
    for further in range(1, 4):
        turn(desk, days + further)
        assert desk.time_known().set_ms == -days * DAY_MS
        need_true_date(desk)
        with desk.work(clerk().account) as work:
            work.record(SessionNoted("signed_in"), subject=clerk().account)


def test_the_doubt_about_a_clock_ends_with_the_centres_time(desk: DeskStore) -> None:
    desk.note_server_time(0)
    turn(desk, -10)
    set_date(desk, desk.clock, supervisor(), datetime.now(UTC).astimezone().date(), "主板电池没电")
    turn(desk, 0)
    assert not desk.time_known().dates_hold
    desk.note_server_time(0)
    need_true_date(desk)
