"""Working days follow the State Council's calendar, and Monday to Friday beyond its end."""

from datetime import date

import pytest

from sscard_desk.devices.calendar import StateCouncilCalendar
from sscard_desk.domain.due_date import add_days

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
