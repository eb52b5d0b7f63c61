"""The State Council's calendar of holidays and make-up working days, from the package `chinesecalendar`.

The package ends with a year (1.11: 2026) and raises beyond it; then Monday to Friday are counted, and `is_known` says
that nobody has announced that year yet.
"""

from datetime import date
from typing import Final

FRIDAY: Final = 4


class StateCouncilCalendar:
    """Implements `ports.calendar.WorkingDays`."""

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
