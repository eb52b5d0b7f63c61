"""How far this computer's clock is to be believed, and how long work may go on without the centre. No clock in here.

All times are milliseconds since 1970 UTC. A desk never orders by its own clock: these rules only decide whether a date
may stand on a paper or a card, and when the centre has to be heard again.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Final

DAY_MS: Final = 86_400_000
MOST_OFF_MS: Final = DAY_MS
"""A clock that is off by more puts a wrong date on papers and cards."""


@dataclass(frozen=True)
class TimeKnown:
    """What a desk knows of the time.

    Attributes:
        own_ms: what this computer's clock says now.
        heard_ms: centre time minus own time when the centre was heard last; None if it never was.
        latest_ms: the latest moment that is certainly past, in the time that dates are taken from: when the centre was
            heard or a date was set last, or an entry after that; None before the first.
        set_ms: what a supervisor had added to this clock, None where nobody did.
        doubted_ms: a shift that ended because this clock seems to be right again; None where none did, or where the
            centre was heard or the date was said since.
        through_ms: the centre's time when a pass came through last; None if none ever did.
    """

    own_ms: int
    heard_ms: int | None = None
    latest_ms: int | None = None
    set_ms: int | None = None
    through_ms: int | None = None
    doubted_ms: int | None = None

    @property
    def was_put_right(self) -> bool:
        """Whether this clock, to which a supervisor had something added, is to be believed again by itself.

        A slow clock that shows by itself what is certainly past was put right, or stood idle for as long as it is slow.
        A fast one that goes back was put right.
        """
        if not self.set_ms or self.latest_ms is None:
            return False
        if self.set_ms > 0:
            return self.own_ms >= self.latest_ms
        return self.own_ms + self.set_ms < self.latest_ms - MOST_OFF_MS <= self.own_ms

    @property
    def counted_ms(self) -> int:
        """The time that dates are taken from: this clock, with what a supervisor added until it was put right."""
        return self.own_ms + (0 if self.was_put_right else self.set_ms or 0)

    @property
    def off_ms(self) -> int:
        """How far this clock is off as far as anybody can tell; above zero it is slow.

        A clock that went back since a moment that is certainly past is slow by at least that much, whatever the centre
        said before.
        """
        if self.latest_ms is not None and self.went_back:
            return self.latest_ms - self.counted_ms
        if self.set_ms is not None:
            return max(0, self.set_ms) if self.was_put_right else 0
        return (self.heard_ms or 0) if self.doubted_ms is None else self.doubted_ms

    @property
    def centre_ms(self) -> int | None:
        """The centre's time now, as far as it was heard and this clock ran on since; None where that is not known."""
        return self.own_ms + self.heard_ms if self.heard_ms is not None and not self.went_back else None

    @property
    def went_back(self) -> bool:
        """Whether this clock went back behind a moment that is certainly past: what it heard tells nothing."""
        return self.latest_ms is not None and self.latest_ms - self.counted_ms > MOST_OFF_MS

    @property
    def dates_hold(self) -> bool:
        """Whether today's date may be printed."""
        return abs(self.off_ms) <= MOST_OFF_MS

    @property
    def off_days(self) -> int:
        """How many whole days the clock is off, at least 1 once it is off at all."""
        return max(1, abs(self.off_ms) // DAY_MS) if not self.dates_hold else 0


def shift_to(own_day: date, day: date) -> int:
    """Return what to add to this clock so that it shows another day at the same time of day, milliseconds.

    Args:
        own_day: the day that this clock shows at the counter.
        day: the day that it is.
    """
    return (day - own_day) // timedelta(days=1) * DAY_MS


def keeps_set(set_ms: int | None, heard_ms: int) -> bool:
    """Return whether a date that a supervisor set still helps once the centre was heard.

    Args:
        set_ms: what was added to this clock.
        heard_ms: centre time minus own time.
    """
    return set_ms is not None and abs(heard_ms) > MOST_OFF_MS and abs(heard_ms - set_ms) <= MOST_OFF_MS


class Afterwards(Enum):
    """What happens at a desk that has not heard the centre for longer than its city allows."""

    WORK_ON = "work_on"
    """It says so, and goes on."""
    FINISH = "finish"
    """What was begun goes on up to the card; no application is opened and no card is begun."""


@dataclass(frozen=True)
class OfflineRule:
    """How long work may go on without the centre; differs by city.

    Attributes:
        days: so many, counted from the last pass that came through.
        then: what happens after them.
    """

    days: int = 30
    then: Afterwards = Afterwards.FINISH


@dataclass(frozen=True)
class Forecast:
    """What is left of the days without the centre.

    Attributes:
        days_left: a begun one counted, never below zero; None where the centre was never heard and nothing counts.
        last_day: the last day on which all work goes on, None likewise.
        ended: whether they are over.
        then: what happens after them.
    """

    days_left: int | None
    last_day: date | None
    ended: bool
    then: Afterwards

    @property
    def stops_new_work(self) -> bool:
        """Whether no application may be opened and no card begun now."""
        return self.ended and self.then is Afterwards.FINISH


def forecast(known: TimeKnown, rule: OfflineRule) -> Forecast:
    """Return how long work may go on.

    A clock that went back buys no days: what is certainly past counts as past.

    Args:
        known: what the desk knows of the time.
        rule: the city's.
    """
    if known.through_ms is None:
        return Forecast(rule.days, None, ended=False, then=rule.then)
    now = max(known.counted_ms, known.latest_ms or 0)
    end = known.through_ms + rule.days * DAY_MS
    left = min(rule.days, max(0, -((now - end) // DAY_MS)))
    last = datetime.fromtimestamp(end / 1000, UTC).astimezone().date()
    return Forecast(left, last, ended=now >= end, then=rule.then)
