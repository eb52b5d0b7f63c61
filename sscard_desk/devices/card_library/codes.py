"""The library's numbers (domain reference A.13): a status word of the card, or one of the terminal's own troubles."""

from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.card_model import ReaderLibraryRefused
from sscard_desk.domain.errors.device import (
    CardMute,
    CardOutcomeUnknown,
    CardReaderMissing,
    CardReaderSilent,
    CardRemoved,
    NoCard,
)

WRONG_CARD: Final = -1
NO_CARD: Final = -2
NOT_POWERED: Final = -3
NO_ANSWER: Final = -4
READER_CONNECTION: Final = -11
NOT_CONNECTED: Final = -12
NOT_SUPPORTED: Final = -13
CHECKSUM: Final = -15
HSM_NOT_NEEDED: Final = -2204
UNKNOWN: Final = -999

_LOST: Final = frozenset({NO_CARD, NOT_POWERED, NO_ANSWER, READER_CONNECTION, NOT_CONNECTED, CHECKSUM, UNKNOWN})
"""After these nobody knows whether a write was carried out."""

_BEFORE: Final[dict[int, type[DeskError]]] = {
    NO_CARD: NoCard,
    NOT_POWERED: CardMute,
    NO_ANSWER: CardMute,
    READER_CONNECTION: CardReaderMissing,
    NOT_CONNECTED: CardReaderMissing,
}
_FIRST_STATUS_WORD: Final = 0x6000
_LAST_STATUS_WORD: Final = 0x9FFF


def status_word(number: int) -> int | None:
    """Return the card's status word that a number stands for: minus its decimal value; None for the terminal's own."""
    return -number if _FIRST_STATUS_WORD <= -number <= _LAST_STATUS_WORD else None


def before_commands(number: int) -> DeskError:
    """Return the error for a card that could not be asked anything."""
    return _BEFORE[number]() if number in _BEFORE else ReaderLibraryRefused(number=number)


def while_reading(number: int) -> DeskError:
    """Return the error for a lost answer to a question that changes nothing."""
    if number in {READER_CONNECTION, NOT_CONNECTED}:
        return CardReaderSilent()
    return CardRemoved() if number in _LOST else ReaderLibraryRefused(number=number)


def while_writing(number: int) -> DeskError:
    """Return the error for a write that did not end in success or in a refusal of the card."""
    return CardOutcomeUnknown() if number in _LOST else ReaderLibraryRefused(number=number)
