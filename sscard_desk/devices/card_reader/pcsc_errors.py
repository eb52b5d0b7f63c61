"""One table from the results of PC/SC (WinSCard and pcsc-lite share the numbers) to the desk's errors."""

from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import (
    CardMute,
    CardOutcomeUnknown,
    CardReaderBusy,
    CardReaderMissing,
    CardReaderSilent,
    CardRemoved,
    CardServiceStopped,
    NoCard,
)

SUCCESS: Final = 0
E_INVALID_HANDLE: Final = 0x80100003
E_UNKNOWN_READER: Final = 0x80100009
E_TIMEOUT: Final = 0x8010000A
E_SHARING_VIOLATION: Final = 0x8010000B
E_NO_SMARTCARD: Final = 0x8010000C
E_PROTO_MISMATCH: Final = 0x8010000F
E_NOT_TRANSACTED: Final = 0x80100016
E_READER_UNAVAILABLE: Final = 0x80100017
E_NO_SERVICE: Final = 0x8010001D
E_SERVICE_STOPPED: Final = 0x8010001E
E_NO_READERS_AVAILABLE: Final = 0x8010002E
W_UNSUPPORTED_CARD: Final = 0x80100065
W_UNRESPONSIVE_CARD: Final = 0x80100066
W_UNPOWERED_CARD: Final = 0x80100067
W_RESET_CARD: Final = 0x80100068
W_REMOVED_CARD: Final = 0x80100069

NOT_SUPPORTED: Final = frozenset({1, 0x32, 0x80100004, 0x8010001F, 0x80100022})
"""A reader or driver that does not know a control code: ERROR_INVALID_FUNCTION and ERROR_NOT_SUPPORTED of Windows,
SCARD_E_INVALID_VALUE, SCARD_E_UNEXPECTED and SCARD_E_UNSUPPORTED_FEATURE of pcsc-lite. Nothing went to the card."""

_BEFORE_COMMANDS: Final[dict[int, type[DeskError]]] = {
    E_UNKNOWN_READER: CardReaderMissing,
    E_READER_UNAVAILABLE: CardReaderMissing,
    E_NO_READERS_AVAILABLE: CardReaderMissing,
    E_SHARING_VIOLATION: CardReaderBusy,
    E_NO_SMARTCARD: NoCard,
    E_TIMEOUT: NoCard,
    W_REMOVED_CARD: NoCard,
    E_PROTO_MISMATCH: CardMute,
    W_UNSUPPORTED_CARD: CardMute,
    W_UNRESPONSIVE_CARD: CardMute,
    W_UNPOWERED_CARD: CardMute,
    W_RESET_CARD: CardRemoved,
    E_NO_SERVICE: CardServiceStopped,
    E_SERVICE_STOPPED: CardServiceStopped,
}

_NOT_SENT: Final = frozenset({W_RESET_CARD, W_REMOVED_CARD})
"""Known to the service before it sent anything: the command certainly did not reach the card."""

_WHILE_READING: Final[dict[int, type[DeskError]]] = {
    E_NO_SERVICE: CardServiceStopped,
    E_SERVICE_STOPPED: CardServiceStopped,
    # the reader was unplugged, and the card with it
    E_UNKNOWN_READER: CardReaderMissing,
    E_READER_UNAVAILABLE: CardReaderMissing,
    # the service came back and knows none of our handles
    E_INVALID_HANDLE: CardReaderSilent,
}


def before_commands(result: int) -> DeskError:
    """Return the error for a failed listing or connecting; no command was sent."""
    return _BEFORE_COMMANDS.get(result, CardReaderSilent)()


def of_transmit(result: int, *, may_write: bool) -> DeskError:
    """Return the error for a command that got no answer.

    Args:
        result: the PC/SC result; 0 with an empty answer is a card that died during the command.
        may_write: whether the command may have changed an item. If it may, nobody knows whether it did, unless the
            service knew before sending that the card had gone.
    """
    if result in _NOT_SENT:
        return CardRemoved()
    if may_write:
        return CardOutcomeUnknown()
    return _WHILE_READING.get(result, CardRemoved)()
