"""Which days the service points work (process reference, "Where cities differ")."""

from datetime import date
from typing import Protocol


class WorkingDays(Protocol):
    """The State Council's yearly calendar with its make-up days, or Monday to Friday beyond its end."""

    def is_working_day(self, day: date) -> bool:
        """Return whether service points work on this day."""

    def is_known(self, day: date) -> bool:
        """Return whether the calendar of that year is known; if not, Monday to Friday are counted and it is said."""
