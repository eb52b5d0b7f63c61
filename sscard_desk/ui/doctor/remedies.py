"""How many causes and steps the texts know for an error: `doctor.<code>.cause_1`, `doctor.<code>.step_1` and so on."""

from typing import Final

from sscard_desk.ui.words import Say, say

# code: causes by likelihood, steps in order; each has a note of its own
_KNOWN: Final = {
    "E178": (2, 3),
    "E301": (3, 3),
    "E302": (4, 3),
    "E312": (3, 3),
    "E315": (3, 2),
    "E321": (3, 2),
    "E322": (2, 2),
    "E341": (1, 2),
    "E342": (3, 2),
    "E401": (3, 2),
    "E411": (3, 2),
    "E450": (2, 2),
    "E451": (2, 2),
}
_OF_THEIR_OWN: Final = frozenset({"E178", "E411", "E450"})
"""Errors with an effect of their own: they stop less than others of the device, or do not go by."""


def causes(code: str) -> tuple[tuple[Say, Say], ...]:
    """Return the possible causes of an error, likeliest first, each with its sign."""
    return _pairs(code, "cause", _KNOWN.get(code, (0, 0))[0])


def steps(code: str) -> tuple[tuple[Say, Say], ...]:
    """Return what to do, in order, each with a note."""
    return _pairs(code, "step", _KNOWN.get(code, (0, 0))[1])


def effect(code: str, device: str) -> Say:
    """Return what does not work while this error stands."""
    return say(f"doctor.{code}.effect") if code in _OF_THEIR_OWN else say(f"doctor.effect_{device}")


def known_codes() -> tuple[str, ...]:
    """Return the codes that have texts of their own."""
    return tuple(_KNOWN)


def _pairs(code: str, what: str, count: int) -> tuple[tuple[Say, Say], ...]:
    numbers = range(1, count + 1)
    return tuple((say(f"doctor.{code}.{what}_{n}"), say(f"doctor.{code}.{what}_{n}_note")) for n in numbers)
