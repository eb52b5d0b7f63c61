"""Which PINs a card's profile does not take: initial ones and those that anybody tries first."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from sscard_desk.domain.errors.pin import PinLength, PinWeak


@dataclass(frozen=True)
class PinRules:
    """What a city asks of a PIN; data of the card profile.

    Attributes:
        length: how many digits.
        initial: PINs that cards come with; none of them may be chosen (error -36 of the standard's reader library).
        weak: names of `WEAK`.
        pad_changes: whether a PIN may be changed on a reader's own keypad, where none of these rules can be held.
    """

    length: int = 6
    initial: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    pad_changes: bool = False

    def check(self, pin: bytes | bytearray, holder_number: str = "") -> None:
        """Refuse a PIN that nobody should choose; a refusal never says which digits were typed.

        Args:
            pin: ASCII digits.
            holder_number: the holder's id number where the card gave it, for what can be guessed from it.

        Raises:
            PinLength: not so many digits.
            PinWeak: `initial`, or the name of the rule.
        """
        if len(pin) != self.length or not bytes(pin).isdigit():
            raise PinLength(need=self.length)
        if any(pin == each.encode("ascii") for each in self.initial):
            raise PinWeak(reason="initial")
        for name in self.weak:
            if WEAK[name](pin, holder_number.encode("ascii", "replace")):
                raise PinWeak(reason=name)


def _repeated(pin: bytes | bytearray, _number: bytes) -> bool:
    """Return whether it is one digit over and over, or its halves or pairs are alike."""
    return any(len(pin) % step == 0 and pin == pin[:step] * (len(pin) // step) for step in range(1, len(pin) // 2 + 1))


def _run(pin: bytes | bytearray, _number: bytes) -> bool:
    """Return whether each digit is one more, or one less, than the one before."""
    steps = {right - left for left, right in itertools.pairwise(pin)}
    return steps in ({1}, {-1})


def _birth(pin: bytes | bytearray, number: bytes) -> bool:
    """Return whether it is the day of birth of an 18-character number, as YYMMDD, DDMMYY, YYYYMM or MMDDYY."""
    born = number[6:14]
    year, month, day = born[2:4], born[4:6], born[6:8]
    made = {year + month + day, day + month + year, born[:6], month + day + year}
    return len(born) == 8 and bytes(pin) in made  # noqa: PLR2004 - YYYYMMDD


def _number(pin: bytes | bytearray, number: bytes) -> bool:
    """Return whether it is the end of the id number; a last X is left out as well."""
    return len(number) > len(pin) and (number.endswith(bytes(pin)) or number[:-1].endswith(bytes(pin)))


WEAK: Final[Mapping[str, Callable[[bytes | bytearray, bytes], bool]]] = {
    "repeated": _repeated,
    "run": _run,
    "birth": _birth,
    "number": _number,
}
"""Rules by the name under which a profile asks for them."""
