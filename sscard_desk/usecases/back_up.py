"""Which backups are due, and which are kept. The rule is data (`[backup]` of `desk.toml`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from sscard_desk.usecases.prints import BEIJING

RECENT: Final = timedelta(days=2)
"""Every backup of so short a time ago stays."""


class Made(Protocol):
    """A backup: its name and when it was made."""

    @property
    def name(self) -> str:
        """Of its folder."""

    @property
    def made_at(self) -> datetime:
        """When, UTC."""


@dataclass(frozen=True)
class KeepRule:
    """How long backups stay.

    Attributes:
        hours: a new one is due after so many hours; 0 makes none by itself.
        days: of so many days the last one of each stays.
        weeks: of so many weeks the last one of each stays.
    """

    hours: int = 4
    days: int = 7
    weeks: int = 5

    def due(self, last: datetime | None, now: datetime) -> bool:
        """Return whether a backup is to be made; a clock that was set back makes it due."""
        if not self.hours:
            return False
        return last is None or not timedelta() <= now - last < timedelta(hours=self.hours)

    def kept(self, backups: Iterable[Made], now: datetime) -> set[str]:
        """Return the names of those that stay, days and weeks counted at the counter (Beijing time)."""
        stay: set[str] = set()
        days: dict[object, str] = {}
        weeks: dict[object, str] = {}
        for backup in sorted(backups, key=lambda each: each.made_at):
            at = backup.made_at.astimezone(BEIJING)
            if now - backup.made_at < RECENT:
                stay.add(backup.name)
            days[at.date()] = weeks[at.isocalendar()[:2]] = backup.name
        newest_days = list(days.values())[-self.days :] if self.days else []
        newest_weeks = list(weeks.values())[-self.weeks :] if self.weeks else []
        return stay | set(newest_days) | set(newest_weeks)
