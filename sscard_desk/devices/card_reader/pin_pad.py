"""The PIN pad of a reader (PC/SC part 10, revision 2.02): what it is told, and what it answers.

Device: readers that report FEATURE_VERIFY_PIN_DIRECT, and for changes FEATURE_MODIFY_PIN_DIRECT. The structures are
those of part 10 as pcsc-lite's reader.h has them too, little endian, without padding; control codes in the list of
features are big endian. Tried: pcsc-lite with a driver of the tests that answers these features over vpcd, and a model
of such a reader (`virtual_pad`); no hardware with a pad yet, and WinSCard not yet. Layouts besides packed BCD of a
fixed length are not built.
"""

import struct
from collections.abc import Callable, Mapping
from typing import Final

from sscard_desk.cards import pin_commands
from sscard_desk.domain.errors.pin import PinEntryStopped, PinLength, PinPadFailed, PinsDiffer

FEATURE_VERIFY_PIN_DIRECT: Final = 0x06
FEATURE_MODIFY_PIN_DIRECT: Final = 0x07

ENTRY_S: Final = 30
"""How long a holder may take for a key, in seconds; what the reader is told, at most 255."""

_HEAD: Final = struct.Struct("<BBBBB")  # bTimerOut bTimerOut2 bmFormatString bmPINBlockString bmPINLengthFormat
_VERIFY_REST: Final = struct.Struct("<HBBHB3sI")
_MODIFY_REST: Final = struct.Struct("<BBHBBBHBBB3sI")
_BCD_BYTES: Final = 0x81
"""bmFormatString: positions count in bytes, the PIN stands at the beginning, left justified, packed BCD."""
_VALIDATION_KEY: Final = 0x02
"""bEntryValidationCondition: the holder presses the validation key."""
_ASKS_OLD_AND_NEW_TWICE: Final = 0x03
_CHINESE: Final = 0x0804
_NO_PROLOGUE: Final = bytes(3)
_FILL: Final = 0xFF
_TAG_LENGTH_VALUE: Final = struct.Struct(">BBI")


STOPPED: Final = frozenset({0x6400, 0x6401})
"""The holder took too long, or pressed the cancel key (part 10; numbers from memory)."""
NOT_ALIKE: Final = 0x6402
WRONG_LENGTH: Final = 0x6403
NOT_TAKEN: Final = 0x6B80
"""The reader does not take the structure."""

Control = Callable[[int, bytes], bytes]
"""Sends a control code with its data to the reader and returns its answer; raises as `PinPad.verify`."""


def features(answer: bytes) -> dict[int, int]:
    """Return control codes by feature, from the answer of CM_IOCTL_GET_FEATURE_REQUEST; none for anything malformed."""
    if len(answer) % _TAG_LENGTH_VALUE.size:
        return {}
    found = [_TAG_LENGTH_VALUE.unpack_from(answer, at) for at in range(0, len(answer), _TAG_LENGTH_VALUE.size)]
    return {tag: code for tag, length, code in found} if all(length == 4 for _, length, _ in found) else {}  # noqa: PLR2004 - a code


def verify_structure(digits: int) -> bytes:
    """Return PIN_VERIFY_STRUCTURE for VERIFY with a PIN of so many digits."""
    size = (digits + 1) // 2
    apdu = pin_commands.VERIFY + bytes((size,)) + bytes((_FILL,)) * size
    head = _HEAD.pack(ENTRY_S, ENTRY_S, _BCD_BYTES, size, 0)
    rest = _VERIFY_REST.pack(digits << 8 | digits, _VALIDATION_KEY, 1, _CHINESE, 0, _NO_PROLOGUE, len(apdu))
    return head + rest + apdu


def modify_structure(digits: int) -> bytes:
    """Return PIN_MODIFY_STRUCTURE for CHANGE PIN: old, FF, new, each of so many digits; the new one is typed twice."""
    size = (digits + 1) // 2
    length = 2 * size + 1
    apdu = pin_commands.CHANGE + bytes((length,)) + bytes((_FILL,)) * length
    head = _HEAD.pack(ENTRY_S, ENTRY_S, _BCD_BYTES, size, 0)
    rest = _MODIFY_REST.pack(
        0,  # bInsertionOffsetOld
        size + 1,  # bInsertionOffsetNew, behind the FF
        digits << 8 | digits,
        _ASKS_OLD_AND_NEW_TWICE,
        _VALIDATION_KEY,
        3,  # bNumberMessage: old, new, new again
        _CHINESE,
        0,
        1,
        2,
        _NO_PROLOGUE,
        len(apdu),
    )
    return head + rest + apdu


class PcscPinPad:
    """Serves `ports.pin_pad.PinPad`.

    Args:
        control: to the reader.
        found: control codes by feature; FEATURE_VERIFY_PIN_DIRECT is among them.
    """

    only = False

    def __init__(self, control: Control, found: Mapping[int, int]) -> None:
        self._control = control
        self._found = found

    @property
    def can_change(self) -> bool:
        """Whether the reader reports FEATURE_MODIFY_PIN_DIRECT."""
        return FEATURE_MODIFY_PIN_DIRECT in self._found

    def verify(self, length: int) -> int:
        """Let the holder type the PIN; raises as `ports.pin_pad.PinPad.verify`."""
        return self._ask(FEATURE_VERIFY_PIN_DIRECT, verify_structure(length), length)

    def change(self, length: int) -> int:
        """Let the holder type the old PIN and the new one twice; raises as `ports.pin_pad.PinPad.change`."""
        return self._ask(FEATURE_MODIFY_PIN_DIRECT, modify_structure(length), length)

    def _ask(self, feature: int, structure: bytes, length: int) -> int:
        code = self._found.get(feature)
        if code is None:
            raise PinPadFailed(reason="none")
        answer = self._control(code, structure)
        if len(answer) != 2:  # noqa: PLR2004 - SW1 and SW2
            raise PinPadFailed(reason=f"{len(answer)} bytes")
        status_word = int.from_bytes(answer, "big")
        if status_word in STOPPED:
            raise PinEntryStopped
        if status_word == NOT_ALIKE:
            raise PinsDiffer
        if status_word == WRONG_LENGTH:
            raise PinLength(need=length)
        if status_word == NOT_TAKEN:
            raise PinPadFailed(reason=f"{status_word:04X}")
        return status_word
