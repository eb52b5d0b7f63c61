"""Working days follow the State Council's calendar, and Monday to Friday beyond its end."""

from datetime import date

import pytest

from sscard_desk.devices.calendar import CentreCalendar, StateCouncilCalendar
from sscard_desk.domain.due import Counting
from sscard_desk.domain.due_date import add_days
from sscard_desk.usecases.time_limit import LastDay, TimeLimit, last_day, return_limit

CALENDAR = StateCouncilCalendar()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 10, 1), False),
        (date(2025, 9, 28), True),
        (date(2026, 11, 23), True),
        (date(2026, 11, 22), False),
        (date(2026, 2, 17), False),
    ],
    ids=["national-day", "make-up-sunday", "monday", "sunday", "spring-festival"],
)
def test_holidays_rest_and_make_up_days_work(day: date, works: bool) -> None:
    assert CALENDAR.is_working_day(day) is works


def test_beyond_its_end_the_calendar_says_so_and_counts_monday_to_friday() -> None:
    assert not CALENDAR.is_known(date(2040, 1, 2))
    assert CALENDAR.is_working_day(date(2040, 1, 2))
    assert not CALENDAR.is_working_day(date(2040, 1, 1))


def test_ten_working_days_end_on_the_second_monday_of_an_ordinary_fortnight() -> None:
    assert add_days(date(2026, 11, 23), 10, CALENDAR.is_working_day) == date(2026, 12, 7)


def test_natural_days_pass_over_nothing() -> None:
    assert add_days(date(2026, 2, 27), 3, None) == date(2026, 3, 2)


NEXT_YEAR = {"id": "2027", "holidays": "2027-01-01 2027-02-05 2027-02-08", "workdays": "2027-02-06"}


def test_the_centres_calendar_goes_before_the_package_and_extends_it() -> None:
    calendar = CentreCalendar([NEXT_YEAR, {"id": "2026", "holidays": "2026-11-24", "workdays": ""}], CALENDAR)
    assert calendar.is_known(date(2027, 6, 1))
    assert not calendar.is_working_day(date(2027, 1, 1))
    assert calendar.is_working_day(date(2027, 2, 6))
    assert not calendar.is_working_day(date(2026, 11, 24))
    assert not calendar.is_known(date(2028, 6, 1))


@pytest.mark.parametrize(
    "row", [{"id": "next"}, {"id": "2027", "holidays": "1 January"}, {"id": "2027", "workdays": "2026-01-04"}]
)
def test_a_damaged_calendar_of_the_centre_is_left_out_whole_and_told(
    row: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    calendar = CentreCalendar([row], CALENDAR)
    assert not calendar.is_known(date(2027, 6, 1))
    assert "cannot be read" in caplog.text
    caplog.clear()


def test_a_limit_that_runs_into_a_year_without_a_calendar_says_so() -> None:
    begin, ten = date(2026, 12, 25), TimeLimit(10, working=True)
    assert last_day(begin, ten, CALENDAR) == LastDay(date(2027, 1, 8), Counting.WEEKDAYS)
    known = CentreCalendar([NEXT_YEAR], CALENDAR)
    assert last_day(begin, ten, known) == LastDay(date(2027, 1, 11), Counting.WORKING)
    assert last_day(begin, TimeLimit(10, working=False), CALENDAR) == LastDay(date(2027, 1, 4), Counting.NATURAL)
    assert last_day(date(2026, 11, 23), ten, CALENDAR).counted is Counting.WORKING


def test_the_desks_own_limit_goes_before_the_centres_and_that_before_the_shipped_one() -> None:
    rows = [{"id": "form_return", "days": "15", "count": "natural"}]
    assert return_limit(rows, 5, working=True) == TimeLimit(5, working=True)
    assert return_limit(rows) == TimeLimit(15, working=False)
    assert return_limit([{"id": "form_return", "days": "many"}]) == TimeLimit(10, working=True)
