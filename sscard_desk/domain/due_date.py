"""The last day of a time limit, counted in working or natural days."""

from collections.abc import Callable
from datetime import date, timedelta


def add_days(start: date, days: int, is_working_day: Callable[[date], bool] | None) -> date:
    """Return the day `days` after `start`; the start day itself does not count.

    Args:
        start: the day the limit begins.
        days: how many, from 0.
        is_working_day: tells working days; None counts natural days.
    """
    if is_working_day is None:
        return start + timedelta(days=days)
    day = start
    while days > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            days -= 1
    return day
