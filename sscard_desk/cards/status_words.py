"""Status words of ISO/IEC 7816-4 as the social security card uses them (domain reference A.9)."""

from enum import IntEnum
from typing import Final

from sscard_desk.domain.errors.device import CardRefused


class StatusWord(IntEnum):
    """SW1 SW2 as one number; those that the reference lists. `card_status.toml` has words for each."""

    SUCCESS = 0x9000
    FILE_INVALIDATED = 0x6283
    MEMORY_FAILURE = 0x6581
    WRONG_LENGTH = 0x6700
    NOT_ACCEPTED = 0x6901
    WRONG_FILE_TYPE = 0x6981
    SECURITY_STATUS = 0x6982
    BLOCKED = 0x6983
    DATA_INVALID = 0x6984
    CONDITIONS = 0x6985
    NO_CURRENT_FILE = 0x6986
    SECURE_MESSAGING_WRONG = 0x6988
    WRONG_DATA_FIELD = 0x6A80
    FUNCTION_NOT_SUPPORTED = 0x6A81
    FILE_NOT_FOUND = 0x6A82
    RECORD_NOT_FOUND = 0x6A83
    NO_ROOM = 0x6A84
    WRONG_P1P2 = 0x6A86
    KEY_NOT_FOUND = 0x6A88
    WRONG_OFFSET = 0x6B00
    WRONG_INS = 0x6D00
    WRONG_CLA = 0x6E00
    MAC_WRONG = 0x9302
    APPLICATION_LOCKED = 0x9303
    FUNDS_SHORT = 0x9401
    KEY_INDEX_WRONG = 0x9403
    MAC_MISSING = 0x9406


SW1_MORE_DATA: Final = 0x61
"""SW2 bytes wait for GET RESPONSE."""

SW1_WRONG_LE: Final = 0x6C
"""Send the command again with SW2 as Le."""


def tries_left(status_word: int) -> int | None:
    """Return how often a key or PIN may still be wrong: n of 63Cn, 0 of 6983, None of anything else."""
    if status_word & 0xFFF0 == 0x63C0:  # noqa: PLR2004 - the mask of 63Cn itself
        return status_word & 0x0F
    return 0 if status_word == StatusWord.BLOCKED else None


def need_success(command: str, status_word: int) -> None:
    """Go on only after success.

    Args:
        command: the command in the standard's words, for the message.
        status_word: what the card answered.

    Raises:
        CardRefused: it answered anything but 9000.
    """
    if status_word != StatusWord.SUCCESS:
        raise CardRefused(command=command, status_word=status_word)
