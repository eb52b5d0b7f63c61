"""`clock`: how far this computer's clock is believed, and a supervisor's word on which day it is."""

import argparse
from datetime import UTC, date, datetime

from sscard_desk.cli.sign_in import signed_in
from sscard_desk.cli.verb import Result, Verb


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `clock`."""
    parser.add_argument("--set", metavar="DAY", dest="day", help="which day it is, 2026-11-26; a supervisor's account")
    parser.add_argument("--reason", default="", help="why the clock itself is not set; nobody's name")


def run(words: argparse.Namespace) -> Result:
    """Say what is known of the time; with `--set` take dates from that day until the centre's time is heard."""
    from sscard_desk.domain.errors.operator import UsageWrong
    from sscard_desk.usecases.desk_time import offline_forecast, set_date

    try:
        day = date.fromisoformat(words.day) if words.day else None
    except ValueError as wrong:
        raise UsageWrong(reason="--set is a day such as 2026-11-26") from wrong
    with signed_in(words) as desk:
        if day is not None:
            set_date(desk.store, desk.store.clock, desk.session, day, words.reason)
        known, left = desk.store.time_known(), offline_forecast(desk.store)
        return {
            "clock": _moment(known.own_ms),
            "day": desk.store.clock.counted().astimezone().date().isoformat(),
            "dates_hold": known.dates_hold,
            "off_days": known.off_days,
            "set_by_supervisor": known.set_ms is not None,
            "centre_minus_clock_ms": known.heard_ms,
            "last_success": _moment(known.through_ms) if known.through_ms is not None else None,
            "offline_days_left": left.days_left,
            "offline_last_day": left.last_day.isoformat() if left.last_day else None,
            "afterwards": left.then.value,
        }


def _moment(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")


VERBS = (Verb("clock", "say how far the clock is believed; a supervisor may set the date", run, arguments, store=True),)
