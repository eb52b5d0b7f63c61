"""A model of a reader with a PIN pad (PC/SC part 10), over a virtual card: what a holder types reaches the card alone.

It takes the very structures of the standard and refuses any that is malformed, as readers do (6B80).
"""

import struct
from collections.abc import Callable, Sequence
from typing import Final

from sscard_desk.devices.card_reader.pin_pad import FEATURE_MODIFY_PIN_DIRECT, FEATURE_VERIFY_PIN_DIRECT
from sscard_desk.devices.card_reader.virtual_command import VirtualChip

_VERIFY_CODE: Final = 0x42330006
_MODIFY_CODE: Final = 0x42330007
_VERIFY: Final = struct.Struct("<BBBBBHBBHB3sI")
_MODIFY: Final = struct.Struct("<BBBBBBBHBBBHBBB3sI")
_BCD_LEFT: Final = 0x81
_HEADER: Final = 5
_TIMED_OUT, _STOPPED, _NOT_ALIKE, _LENGTH, _MALFORMED = b"\x64\x00", b"\x64\x01", b"\x64\x02", b"\x64\x03", b"\x6b\x80"


class VirtualPad:
    """One reader's pad.

    Args:
        chip: the card that lies in it.
        typed: what the holder types, entry by entry; an empty entry is the cancel key, none at all a time-out.
        changes: whether it takes old and new PIN in one act.
    """

    def __init__(self, chip: VirtualChip, typed: Sequence[str] = (), *, changes: bool = True) -> None:
        self.chip = chip
        self.typed = list(typed)
        self._changes = changes

    def features(self) -> bytes:
        """Return the answer of CM_IOCTL_GET_FEATURE_REQUEST."""
        found = [(FEATURE_VERIFY_PIN_DIRECT, _VERIFY_CODE)]
        if self._changes:
            found.append((FEATURE_MODIFY_PIN_DIRECT, _MODIFY_CODE))
        return b"".join(struct.pack(">BBI", feature, 4, code) for feature, code in found)

    def control(self, code: int, data: bytes) -> bytes:
        """Carry a structure out and return the card's status word, or the reader's own."""
        takers: dict[int, Callable[[bytes], bytes]] = {_VERIFY_CODE: self._verify}
        if self._changes:
            takers[_MODIFY_CODE] = self._modify
        taker = takers.get(code)
        return taker(data) if taker is not None else _MALFORMED

    def _verify(self, data: bytes) -> bytes:
        if len(data) < _VERIFY.size:
            return _MALFORMED
        (_, _, form, block, length_form, digits, _, messages, _, _, _, size) = _VERIFY.unpack_from(data)
        apdu = bytearray(data[_VERIFY.size :])
        if form != _BCD_LEFT or length_form or messages != 1 or size != len(apdu) or not _fits(apdu, block):
            return _MALFORMED
        typed = self._entry(digits)
        if typed in {_TIMED_OUT, _STOPPED, _LENGTH}:
            return typed
        apdu[_HEADER : _HEADER + block] = typed
        return self.chip.process(bytes(apdu))

    def _modify(self, data: bytes) -> bytes:
        if len(data) < _MODIFY.size:
            return _MALFORMED
        (_, _, form, block, length_form, old_at, new_at, digits, confirm, _, messages, _, *_indices, _, size) = (
            _MODIFY.unpack_from(data)
        )
        apdu = bytearray(data[_MODIFY.size :])
        well = form == _BCD_LEFT and not length_form and confirm == 3 and messages == 3 and size == len(apdu)  # noqa: PLR2004 - old, and new twice
        if not well or not _fits(apdu, max(old_at, new_at) + block):
            return _MALFORMED
        entries = []
        for _entry in range(3):
            typed = self._entry(digits)
            if typed in {_TIMED_OUT, _STOPPED, _LENGTH}:
                return typed
            entries.append(typed)
        old, new, again = entries
        if new != again:
            return _NOT_ALIKE
        apdu[_HEADER + old_at : _HEADER + old_at + block] = old
        apdu[_HEADER + new_at : _HEADER + new_at + block] = new
        return self.chip.process(bytes(apdu))

    def _entry(self, digits: int) -> bytes:
        """Return one entry as packed BCD, or the reader's own status word."""
        least, most = digits >> 8, digits & 0xFF
        if not self.typed:
            return _TIMED_OUT
        typed = self.typed.pop(0)
        if not typed:
            return _STOPPED
        return bytes.fromhex(typed) if least <= len(typed) <= most else _LENGTH


def _fits(apdu: bytearray, needed: int) -> bool:
    return len(apdu) > _HEADER and apdu[4] == len(apdu) - _HEADER >= needed
