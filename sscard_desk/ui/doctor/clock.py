"""The clock as the doctor page examines it: how far off, and whether dates may be put on paper. No Qt."""

from datetime import UTC, datetime
from typing import Final

from sscard_desk.domain.desk_time import TimeKnown
from sscard_desk.domain.errors.desk_time import ClockWrong
from sscard_desk.ports.devices import DeviceState, Health
from sscard_desk.ui.states import Mark
from sscard_desk.ui.words import Words, say

CLOCK: Final = "clock"
_UNITS: Final = ((86_400_000, "days"), (3_600_000, "hours"), (60_000, "minutes"), (1_000, "seconds"))
_FACTS: Final = ("own", "centre", "off", "business")
_WORDS: Final = {
    Health.READY: (Mark.OK, "shell.health.exact"),
    Health.WARNING: (Mark.WARN, "date.word.set"),
    Health.UNKNOWN: (Mark.TODO, "date.word.unheard"),
}


def clock_state(known: TimeKnown) -> DeviceState:
    """Return how the clock is: exact, wrong, with a date that a supervisor set, or never compared with the centre's."""
    facts = {"own": str(known.own_ms), "business": str(known.counted_ms)}
    if known.centre_ms is not None:
        facts |= {"centre": str(known.centre_ms), "off": str(known.heard_ms)}
    elif known.went_back:
        facts["off"] = str(known.off_ms)
    if not known.dates_hold:
        return DeviceState(Health.WARNING, trouble=ClockWrong(days=known.off_days), facts=facts)
    if known.set_ms is not None:
        return DeviceState(Health.WARNING, facts=facts)
    return DeviceState(Health.READY if known.heard_ms is not None else Health.UNKNOWN, facts=facts)


def clock_word(state: DeviceState) -> tuple[Mark, Words]:
    """Return mark and word of the status line."""
    if isinstance(state.trouble, ClockWrong):
        return Mark.WARN, say("date.word.wrong")
    mark, key = _WORDS.get(state.health, (Mark.of_health(state.health), f"shell.health.{state.health.value}"))
    return mark, say(key)


def clock_note(state: DeviceState) -> Words:
    """Return what a clock without trouble means for today's work."""
    return say(f"date.note.{state.health.value}")


def clock_facts(state: DeviceState) -> tuple[tuple[Words, Words], ...]:
    """Return what the clock was compared with, in words."""
    return tuple((say(f"date.fact.{name}"), _fact(name, state.facts[name])) for name in _FACTS if name in state.facts)


def off_words(off_ms: int) -> Words:
    """Return how far a clock is off, in the largest unit that is not zero; above zero it is slow."""
    size = abs(off_ms)
    found = next(((unit, key) for unit, key in _UNITS if size >= unit), None)
    if found is None:
        return say("date.off.none")
    unit, key = found
    return say(f"date.off.{'slow' if off_ms > 0 else 'fast'}", by=say(f"date.off.{key}", n=size // unit))


def moment_words(ms: int) -> str:
    """Return a moment in local time."""
    return f"{datetime.fromtimestamp(ms / 1000, UTC).astimezone():%Y-%m-%d %H:%M}"


def _fact(name: str, value: str) -> Words:
    if name == "off":
        return off_words(int(value))
    return moment_words(int(value))[:10] if name == "business" else moment_words(int(value))
