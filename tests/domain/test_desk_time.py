"""How far a clock is believed, and how long work goes on without the centre."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.domain.desk_time import DAY_MS, Afterwards, OfflineRule, TimeKnown, forecast, keeps_set, shift_to

NOW = 1_790_000_000_000


@pytest.mark.parametrize(
    ("known", "holds"),
    [
        (TimeKnown(NOW), True),
        (TimeKnown(NOW, heard_ms=DAY_MS), True),
        (TimeKnown(NOW, heard_ms=-DAY_MS), True),
        (TimeKnown(NOW, heard_ms=DAY_MS + 1), False),
        (TimeKnown(NOW, heard_ms=-DAY_MS - 1), False),
        (TimeKnown(NOW, heard_ms=0, latest_ms=NOW + DAY_MS), True),
        (TimeKnown(NOW, heard_ms=0, latest_ms=NOW + DAY_MS + 1), False),
        (TimeKnown(NOW, heard_ms=9 * DAY_MS, set_ms=9 * DAY_MS), True),
        (TimeKnown(NOW, heard_ms=9 * DAY_MS, set_ms=9 * DAY_MS, latest_ms=NOW + 12 * DAY_MS), False),
    ],
)
def test_a_date_holds_while_the_clock_is_off_by_a_day_at_most(known: TimeKnown, holds: bool) -> None:
    assert known.dates_hold is holds
    assert (known.off_days > 0) is not holds


def test_a_clock_that_went_back_is_told_by_what_is_certainly_past() -> None:
    known = TimeKnown(NOW - 400 * DAY_MS, heard_ms=0, latest_ms=NOW)
    assert known.off_days == 400


def test_a_set_date_moves_whole_days_and_keeps_the_time_of_day() -> None:
    shift = shift_to(date(2020, 1, 1), date(2026, 11, 26))
    assert shift == 2521 * DAY_MS
    assert TimeKnown(NOW, set_ms=shift).counted_ms - NOW == shift


@pytest.mark.parametrize(
    ("set_ms", "heard_ms", "kept"),
    [
        (None, 9 * DAY_MS, False),
        (9 * DAY_MS, 9 * DAY_MS + 60_000, True),
        (9 * DAY_MS, 0, False),
        (3 * DAY_MS, 9 * DAY_MS, False),
    ],
)
def test_a_set_date_ends_when_the_centre_says_otherwise(set_ms: int | None, heard_ms: int, kept: bool) -> None:
    assert keeps_set(set_ms, heard_ms) is kept


def test_days_without_the_centre_are_counted_down_and_end() -> None:
    rule = OfflineRule(30, Afterwards.FINISH)
    begun = forecast(TimeKnown(NOW, through_ms=NOW), rule)
    later = forecast(TimeKnown(NOW + 9 * DAY_MS + 1, through_ms=NOW), rule)
    over = forecast(TimeKnown(NOW + 30 * DAY_MS, through_ms=NOW), rule)
    assert (begun.days_left, begun.ended) == (30, False)
    assert (later.days_left, later.ended) == (21, False)
    assert (over.days_left, over.ended, over.stops_new_work) == (0, True, True)
    assert not forecast(
        TimeKnown(NOW + 90 * DAY_MS, through_ms=NOW), OfflineRule(30, Afterwards.WORK_ON)
    ).stops_new_work


def test_a_desk_that_never_heard_the_centre_may_begin() -> None:
    assert forecast(TimeKnown(NOW), OfflineRule(30)).days_left == 30


@given(back=st.integers(0, 4_000), gone=st.integers(0, 90))
def test_setting_the_clock_back_buys_no_days(back: int, gone: int) -> None:
    latest = NOW + gone * DAY_MS
    honest = forecast(TimeKnown(latest, latest_ms=latest, through_ms=NOW), OfflineRule(30))
    turned = forecast(TimeKnown(latest - back * DAY_MS, latest_ms=latest, through_ms=NOW), OfflineRule(30))
    assert turned == honest


@pytest.mark.parametrize(
    ("own_ms", "set_ms", "counted_ms", "holds"),
    [
        (NOW - 10 * DAY_MS, 10 * DAY_MS, NOW, True),
        (NOW - 8 * DAY_MS, 10 * DAY_MS, NOW + 2 * DAY_MS, True),
        (NOW, 10 * DAY_MS, NOW, False),
        (NOW + 10 * DAY_MS, -10 * DAY_MS, NOW, True),
        (NOW + 13 * DAY_MS, -10 * DAY_MS, NOW + 3 * DAY_MS, True),
        (NOW, -10 * DAY_MS, NOW, True),
        (NOW - 3 * DAY_MS, -10 * DAY_MS, NOW - 13 * DAY_MS, False),
    ],
)
def test_a_set_date_counts_until_the_clock_shows_by_itself_what_is_past(
    own_ms: int, set_ms: int, counted_ms: int, holds: bool
) -> None:
    known = TimeKnown(own_ms, heard_ms=0, latest_ms=NOW, set_ms=set_ms)
    assert (known.counted_ms, known.dates_hold) == (counted_ms, holds)
