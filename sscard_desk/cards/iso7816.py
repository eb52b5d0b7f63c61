"""Commands of ISO/IEC 7816-4 as the social security card takes them (LD/T 32.5-2015; domain reference A.2, A.3, A.9).

The text of LD/T 32 was not available: the bytes are those that public programs send to real cards.
"""

from collections.abc import Callable
from enum import IntEnum
from typing import Final

from sscard_desk.cards.status_words import SW1_MORE_DATA, SW1_WRONG_LE, need_success
from sscard_desk.domain.errors.device import CardItemDamaged

Transmit = Callable[[bytes], tuple[bytes, int]]
"""Sends one command and returns (data, status word)."""

CURRENT_FILE: Final = 0x00
"""P2 of READ and UPDATE RECORD by tag in the file selected last."""

CHALLENGE_LENGTH: Final = 8


class Instruction(IntEnum):
    """INS bytes."""

    VERIFY = 0x20
    UNBLOCK_PIN = 0x24
    CHANGE_PIN = 0x5E
    EXTERNAL_AUTHENTICATE = 0x82
    GET_CHALLENGE = 0x84
    INTERNAL_AUTHENTICATE = 0x88
    SELECT = 0xA4
    READ_BINARY = 0xB0
    READ_RECORD = 0xB2
    GET_RESPONSE = 0xC0
    RELOAD_PIN = 0xD4
    UPDATE_BINARY = 0xD6
    UPDATE_RECORD = 0xDC


READING: Final = frozenset(
    {
        Instruction.VERIFY,
        Instruction.EXTERNAL_AUTHENTICATE,
        Instruction.GET_CHALLENGE,
        Instruction.INTERNAL_AUTHENTICATE,
        Instruction.SELECT,
        Instruction.READ_BINARY,
        Instruction.READ_RECORD,
        Instruction.GET_RESPONSE,
    }
)
"""Commands after which no item of the card can be another than before; every other one may have written."""


def may_write(apdu: bytes) -> bool:
    """Return whether this command may change an item on the card."""
    return apdu[1] not in READING


def following(transmit: Transmit) -> Transmit:
    """Return a `transmit` that fetches what 61xx announces and repeats what 6Cxx asks for (T=0).

    A card that goes on answering 61xx or 6Cxx is followed no further than an answer can be long.
    """

    def followed(apdu: bytes) -> tuple[bytes, int]:
        data, status_word = transmit(apdu)
        if status_word >> 8 == SW1_WRONG_LE:
            data, status_word = transmit(_with_le(apdu, status_word & 0xFF))
        rounds = 0
        while status_word >> 8 == SW1_MORE_DATA and rounds < _LONGEST_CHAIN:
            more, status_word = transmit(bytes((apdu[0] & 0x03, Instruction.GET_RESPONSE, 0, 0, status_word & 0xFF)))
            data += more
            rounds += 1
        return data, status_word

    return followed


_LONGEST_CHAIN: Final = 16
_HEADER: Final = 4


def _with_le(apdu: bytes, le: int) -> bytes:
    """Return the command with this Le: after the header (cases 1 and 2), or after the data (cases 3 and 4)."""
    end = _HEADER if len(apdu) <= _HEADER + 1 else _HEADER + 1 + apdu[_HEADER]
    return apdu[:end] + bytes((le,))


def select_name(transmit: Transmit, name: bytes) -> tuple[bytes, int]:
    """SELECT an application by its DF name; return (file control information, status word) unjudged."""
    return transmit(bytes((0x00, Instruction.SELECT, 0x04, 0x00, len(name))) + name + b"\x00")


def select_ef(transmit: Transmit, file_id: int) -> None:
    """SELECT an elementary file under the current DF.

    Raises:
        CardRefused: the file is not there.
    """
    apdu = bytes((0x00, Instruction.SELECT, 0x02, 0x00, 0x02)) + file_id.to_bytes(2, "big")
    need_success("SELECT", transmit(apdu)[1])


def select_application(transmit: Transmit, name: str) -> int:
    """SELECT an application below SSSE by its file identifier, for example `DF01`; return the status word unjudged.

    From memory of other cards of the same makers: no source that was seen selects one of DF01 to DF07.
    """
    return transmit(bytes((0x00, Instruction.SELECT, 0x00, 0x00, 0x02)) + bytes.fromhex(name))[1]


def read_record(transmit: Transmit, tag: int, length: int) -> bytes:
    """READ RECORD by tag in the current file; return the whole record, tag and length byte included.

    Args:
        transmit: to the card.
        tag: record identifier.
        length: length of the item's value in bytes; Le is two more.

    Raises:
        CardRefused: no such record, or reading needs a key.
    """
    data, status_word = transmit(bytes((0x00, Instruction.READ_RECORD, tag, CURRENT_FILE, length + 2)))
    need_success("READ RECORD", status_word)
    return data


def update_record(transmit: Transmit, record: bytes) -> None:
    """UPDATE RECORD by tag in the current file with a whole record.

    Raises:
        CardRefused: the card did not take it.
    """
    apdu = bytes((0x00, Instruction.UPDATE_RECORD, record[0], CURRENT_FILE, len(record))) + record
    need_success("UPDATE RECORD", transmit(apdu)[1])


def get_challenge(transmit: Transmit, length: int = CHALLENGE_LENGTH) -> bytes:
    """GET CHALLENGE; return 4, 8 or 16 random bytes, good for the next command only.

    Raises:
        CardRefused: the card gave none.
        CardItemDamaged: it gave another number of bytes.
    """
    data, status_word = transmit(bytes((0x00, Instruction.GET_CHALLENGE, 0x00, 0x00, length)))
    need_success("GET CHALLENGE", status_word)
    if len(data) != length:
        raise CardItemDamaged(item="challenge")
    return data


def external_authenticate(transmit: Transmit, key_id: int, answer: bytes) -> int:
    """EXTERNAL AUTHENTICATE with P2 = key id; return the status word unjudged (63Cn counts down)."""
    apdu = bytes((0x00, Instruction.EXTERNAL_AUTHENTICATE, 0x00, key_id, len(answer))) + answer
    return transmit(apdu)[1]
