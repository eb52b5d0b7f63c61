"""Until when: the last day of a time limit, and how its days were counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sscard_desk.domain.due import Counting
from sscard_desk.domain.due_date import add_days
from sscard_desk.forms.limits import FORM_RETURN, Days, Limit, limit
from sscard_desk.ports.calendar import WorkingDays


@dataclass(frozen=True)
class TimeLimit:
    """How long something may take; differs by city.

    Attributes:
        days: so many after the first one.
        working: whether working days are counted, natural days otherwise.
    """

    days: int = 10
    working: bool = True


@dataclass(frozen=True)
class LastDay:
    """The end of a time limit.

    Attributes:
        day: the last day.
        counted: how the days were counted.
    """

    day: date
    counted: Counting


def last_day(begin: date, limit_of: TimeLimit, calendar: WorkingDays) -> LastDay:
    """Return the last day of a limit that begins today; the first day does not count.

    Where a year's calendar is not known, Monday to Friday are counted in it, and the answer says so.

    Args:
        begin: the day on which the limit begins.
        limit_of: how long.
        calendar: the working days.
    """
    if not limit_of.working:
        return LastDay(add_days(begin, limit_of.days, None), Counting.NATURAL)
    day = add_days(begin, limit_of.days, calendar.is_working_day)
    known = all(calendar.is_known(date(year, 12, 31)) for year in range(begin.year, day.year + 1))
    return LastDay(day, Counting.WORKING if known else Counting.WEEKDAYS)


def due_date(today: date, limit_of: TimeLimit, calendar: WorkingDays) -> date:
    """Return the last day for bringing the form back."""
    return last_day(today, limit_of, calendar).day


def as_time_limit(data: Limit) -> TimeLimit:
    """Return a limit of the data files."""
    return TimeLimit(data.days, data.count is Days.WORKING)


def return_limit(rows: Sequence[Mapping[str, str]] = (), days: int = 0, *, working: bool = True) -> TimeLimit:
    """Return the limit for bringing the form back: this desk's own, else the centre's, else the shipped one.

    Args:
        rows: the centre's reference rows of kind `time_limit`: `id`, `days`, `count` (`working` or `natural`).
        days: the desk's own limit, 0 where it has none.
        working: whether the desk's own limit counts working days.
    """
    if days > 0:
        return TimeLimit(days, working)
    row = next((row for row in rows if row.get("id") == FORM_RETURN), None)
    if row is not None and row.get("days", "").isdecimal() and int(row["days"]) > 0:
        return TimeLimit(int(row["days"]), row.get("count", "working") != Days.NATURAL)
    return as_time_limit(limit(FORM_RETURN))
