"""The State Council's calendar of holidays and make-up working days: from the centre, and from `chinesecalendar`.

The package ends with a year (1.11: 2026) and raises beyond it. The centre's calendar goes before it and extends it;
where neither knows a year, Monday to Friday are counted, and `is_known` says that nobody has announced that year yet.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sscard_desk.ports.calendar import WorkingDays

FRIDAY: Final = 4
CALENDAR: Final = "calendar"
"""Kind of the centre's rows: one a year, `id` the year, `holidays` and `workdays` as ISO dates with blanks between."""

_log = logging.getLogger(__name__)


class StateCouncilCalendar:
    """Implements `ports.calendar.WorkingDays` by the package `chinesecalendar`."""

    def is_working_day(self, day: date) -> bool:
        """Return whether service points work on this day."""
        import chinese_calendar  # noqa: PLC0415 - its tables are needed when the first form is issued, not at the start

        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return day.weekday() <= FRIDAY

    def is_known(self, day: date) -> bool:
        """Return whether the calendar of that year is in the tables."""
        import chinese_calendar  # noqa: PLC0415 - as above

        try:
            chinese_calendar.is_workday(day)
        except NotImplementedError:
            return False
        return True


@dataclass(frozen=True)
class _Year:
    """What the centre says of one year: weekdays that are free, and Saturdays and Sundays that are worked on."""

    holidays: frozenset[date]
    workdays: frozenset[date]


class CentreCalendar:
    """The centre's calendar before another one; implements `ports.calendar.WorkingDays`.

    Args:
        rows: the centre's reference rows of kind `calendar`. A row that is no year of dates is left out whole: a year
            with half of its holidays would be worse than one that says it is not known.
        behind: asked about years that the centre says nothing of.
    """

    def __init__(self, rows: Sequence[Mapping[str, str]], behind: WorkingDays) -> None:
        self._years = dict(_years(rows))
        self._behind = behind

    def is_working_day(self, day: date) -> bool:
        """Return whether service points work on this day."""
        year = self._years.get(day.year)
        if year is None:
            return self._behind.is_working_day(day)
        return day in year.workdays or (day.weekday() <= FRIDAY and day not in year.holidays)

    def is_known(self, day: date) -> bool:
        """Return whether the calendar of that year is known."""
        return day.year in self._years or self._behind.is_known(day)


def _years(rows: Iterable[Mapping[str, str]]) -> Iterable[tuple[int, _Year]]:
    for row in rows:
        try:
            year = int(row.get("id", ""))
            made = _Year(_days(row.get("holidays", ""), year), _days(row.get("workdays", ""), year))
        except ValueError:
            _log.error("a calendar of the centre cannot be read: %s", row.get("id", "?"))
            continue
        yield year, made


def _days(text: str, year: int) -> frozenset[date]:
    days = frozenset(date.fromisoformat(word) for word in text.split())
    if any(day.year != year for day in days):
        raise ValueError("a day of another year")
    return days
