"""The keypad behind the standard's reader library: `iVerifyPIN` and `iChangePIN` (LD/T 33-2015)."""

from collections.abc import Callable
from typing import Final

from sscard_desk.cards.status_words import StatusWord
from sscard_desk.devices.card_library import codes
from sscard_desk.devices.card_library.calls import Said
from sscard_desk.domain.card_status import TRIES
from sscard_desk.domain.errors.pin import PinEntryStopped, PinLength, PinPadFailed, PinsDiffer, PinWeak

_STOPPED: Final = frozenset({-31, -32})
_LENGTH: Final = -33
_NOT_ALIKE: Final = -34
_INITIAL: Final = -36
_PIN_WRONG: Final = -51
_PIN_BLOCKED: Final = -52

Ask = Callable[[str], Said]
"""Calls a function of the library by its name; raises as `ports.pin_pad.PinPad.verify`."""


class LibraryPad:
    """Serves `ports.pin_pad.PinPad`.

    Args:
        ask: the library.
    """

    only = True
    can_change = True

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def verify(self, length: int) -> int:
        """Let the holder type the PIN; raises as `ports.pin_pad.PinPad.verify`."""
        return _status_word(self._ask("iVerifyPIN"), length)

    def change(self, length: int) -> int:
        """Let the holder type the old PIN and the new one twice; the library refuses the initial one.

        Raises:
            PinWeak: the new one is the initial PIN; nothing was changed.
            PinEntryStopped, PinLength, PinsDiffer, PinPadFailed: as `ports.pin_pad.PinPad.change`.
        """
        return _status_word(self._ask("iChangePIN"), length)


def _status_word(said: Said, length: int) -> int:
    """Return the card's status word; what the terminal says of itself becomes an error."""
    if not said.number:
        return StatusWord.SUCCESS
    if said.number == _PIN_WRONG:
        return TRIES | next((int(sign) for sign in said.text if sign.isdecimal()), 0)
    if said.number == _PIN_BLOCKED:
        return StatusWord.BLOCKED
    if said.number in _STOPPED:
        raise PinEntryStopped
    if said.number == _LENGTH:
        raise PinLength(need=length)
    if said.number == _NOT_ALIKE:
        raise PinsDiffer
    if said.number == _INITIAL:
        raise PinWeak(reason="initial")
    if said.number == codes.NOT_SUPPORTED:
        raise PinPadFailed(reason="none")
    status_word = codes.status_word(said.number)
    if status_word is None:
        raise codes.while_writing(said.number)
    return status_word
