"""What the window shows of sync: one frozen value at a time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sscard_desk.domain.errors.base import DeskError
from sscard_desk.domain.errors.centre import EntryConflict, EntryRefused


@dataclass(frozen=True)
class SyncState:
    """Where sync stands.

    Attributes:
        unsent: entries that the centre has not acknowledged, as of the last look.
        aside: why it did not take single entries, which a clerk has to look at, oldest first.
        last_success: end of the last pass that came through, UTC; None if there never was one.
        proved: whether that pass ended with both sides the same.
        trouble: why the pass after it broke off, if it did.
        offline_days_left: days, a begun one counted, that this desk may still work without the centre; None if
            there is no limit.
        running: whether a pass is under way.
    """

    unsent: int = 0
    aside: tuple[EntryRefused | EntryConflict, ...] = ()
    last_success: datetime | None = None
    proved: bool = False
    trouble: DeskError | None = None
    offline_days_left: int | None = None
    running: bool = False

    @property
    def set_aside(self) -> int:
        """How many entries the centre did not take."""
        return len(self.aside)

    @property
    def up_to_date(self) -> bool:
        """Whether the last proof held and nothing is unsent: never merely that a request ended."""
        return self.proved and self.unsent == 0 and self.trouble is None


def days_left(last_success: datetime | None, allowed: int | None, now: datetime) -> int | None:
    """Return how many days of offline work are left, a begun one counted, never below zero; None without a limit.

    Args:
        last_success: when the centre was heard last, aware.
        allowed: days that the city allows, or None.
        now: aware.
    """
    if allowed is None:
        return None
    if last_success is None:
        return allowed
    end = last_success.astimezone(UTC) + timedelta(days=allowed)
    return max(0, -((now - end) // timedelta(days=1)))
