"""Whether a date may be printed and new work begun, and what a supervisor may do about a wrong clock."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from sscard_desk.domain.desk_time import Afterwards, Forecast, OfflineRule, forecast, shift_to
from sscard_desk.domain.errors.desk_time import ClockWrong, DayBeforeCentre, DayFarAhead, OfflineEnded
from sscard_desk.domain.events import DateSet
from sscard_desk.domain.ids import Role
from sscard_desk.ports.clock import Clock
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.recording import need_reason, need_role

TIME_LIMIT: Final = "time_limit"
OFFLINE: Final = "offline"
"""The row of kind `time_limit` that says how long a desk may work without the centre: `days`, and `then` with a word of
`Afterwards`. Differs by city; no source names a number, the shipped 30 days are our own choice."""
OFFLINE_HERE: Final = "offline_here"
"""This desk's own row, from `[centre] offline_days`; it only ever shortens."""
MOST_DAYS: Final = 366
"""No desk is without its centre for longer, and no date is set further ahead of the centre's last answer."""


def offline_rule(rows: Sequence[Mapping[str, str]]) -> OfflineRule:
    """Return how long work may go on without the centre; what a row leaves out or misspells is the shipped rule."""
    named = {row.get("id", ""): row for row in rows}
    then = named.get(OFFLINE, {}).get("then", "")
    days = _days(named.get(OFFLINE, {})) or OfflineRule.days
    return OfflineRule(
        days=min(days, _days(named.get(OFFLINE_HERE, {})) or days),
        then=Afterwards(then) if then in {word.value for word in Afterwards} else OfflineRule.then,
    )


def offline_forecast(store: Store) -> Forecast:
    """Return how long this desk may go on without the centre, and what happens then."""
    return forecast(store.time_known(), offline_rule(store.reference(TIME_LIMIT)))


def time_trouble(store: Store) -> ClockWrong | OfflineEnded | None:
    """Return what a clerk is to be told of clock and silence before it stops anything, or None."""
    try:
        need_true_date(store)
        need_centre_lately(store)
    except (ClockWrong, OfflineEnded) as trouble:
        return trouble
    return None


def need_true_date(store: Store) -> None:
    """Refuse to put today's date on a paper or a card while nobody knows it.

    Raises:
        ClockWrong: the clock is off by more than a day, and no supervisor has set the date.
    """
    known = store.time_known()
    if not known.dates_hold:
        raise ClockWrong(days=known.off_days)


def need_centre_lately(store: Store) -> None:
    """Refuse to begin anything new once the days without the centre are over, where the city says so.

    Raises:
        OfflineEnded: they are over.
    """
    left = offline_forecast(store)
    if left.stops_new_work:
        raise OfflineEnded(days=offline_rule(store.reference(TIME_LIMIT)).days)


def set_date(store: Store, clock: Clock, supervisor: Session, day: date, reason: str) -> None:
    """Say which day it is, because this computer's clock is wrong; holds until the centre's time is heard.

    Args:
        store: the desk's database.
        clock: this computer's.
        supervisor: who says so; the entry bears this name.
        day: the day that it is, at the counter.
        reason: why the clock cannot be set itself, without personal data.

    Raises:
        RoleMissing: not a supervisor.
        ReasonMissing: no reason.
        DayBeforeCentre: the centre has answered this desk on a later day.
        DayFarAhead: more than a year after that.
    """
    need_role(supervisor, Role.SUPERVISOR)
    need_reason(reason)
    need_possible_day(store, day)
    shift = shift_to(clock.now().astimezone().date(), day)
    with store.work(supervisor.account) as work:
        work.record(DateSet(day.isoformat(), shift, reason.strip()), subject=supervisor.account)


def need_possible_day(store: Store, day: date) -> None:
    """Refuse a business date that the centre's last answer rules out; without one any day may be right.

    Raises:
        DayBeforeCentre, DayFarAhead: it is.
    """
    through = store.time_known().through_ms
    if through is None:
        return
    past = datetime.fromtimestamp(through / 1000, UTC).astimezone().date()
    if day < past:
        raise DayBeforeCentre(day=past.isoformat())
    if day > past + timedelta(days=MOST_DAYS):
        raise DayFarAhead(day=past.isoformat())


def _days(row: Mapping[str, str]) -> int:
    text = row.get("days", "")
    return int(text) if text.isascii() and text.isdecimal() and 0 < int(text) <= MOST_DAYS else 0
