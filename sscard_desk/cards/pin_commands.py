"""The PIN of a card: asking, showing, changing and giving back (domain reference A.9, A.10).

VERIFY and CHANGE PIN are as public programs send them. Asking for the tries with an empty VERIFY is ISO/IEC 7816-4,
from memory for these cards: one that does not know it answers 6700, and the tries are not known. Of UNBLOCK PIN only
the header is known, of RELOAD PIN only that its header begins with 84 D4 (single source); what follows, the enciphered
block and a MAC under the PIN key, is PBOC's form, and our training cards are built so.

A PIN comes as digits in a `bytearray` that its owner wipes. The command that carries it is bytes of the program's and
the reader library's memory until that is used again; nothing can wipe those.
"""

from typing import Final

from sscard_desk.cards import cipher, secure_messaging
from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.cards.iso7816 import Transmit
from sscard_desk.cards.status_words import StatusWord, need_success, tries_left
from sscard_desk.domain.errors.pin import PinBlocked, PinWrong

VERIFY: Final = bytes.fromhex("00200000")
CHANGE: Final = bytes.fromhex("805E0100")
UNBLOCK: Final = bytes.fromhex("84240000")
RELOAD: Final = bytes.fromhex("84D40100")

_SEPARATOR: Final = 0xFF
_SHORT_BLOCK: Final = 8
_ODD: Final = 0x0F


def packed(pin: bytes | bytearray) -> bytearray:
    """Return a PIN's ASCII digits as packed BCD, an odd last digit filled with F."""
    digits = [each - 0x30 for each in pin] + ([_ODD] if len(pin) % 2 else [])
    return bytearray(high << 4 | low for high, low in zip(digits[::2], digits[1::2], strict=True))


def block(pin: bytes | bytearray, algorithm: Algorithm) -> bytearray:
    """Return a PIN as one padded block: length byte, packed BCD, 80 and 00 up to eight bytes (single source, for SM4).

    SM4 pads those eight once more to its own block; that is our own choice.

    Raises:
        CipherNotBuilt: SSF33, or an id that no source knows.
    """
    bcd = packed(pin)
    made = bytearray((len(bcd),)) + bcd + b"\x80"
    size = cipher.block_length(algorithm)
    return made + bytes(-len(made) % _SHORT_BLOCK) + (b"" if size == _SHORT_BLOCK else b"\x80" + bytes(7))


def protected(
    algorithm: Algorithm, key: bytes, challenge: bytes, header: bytes, plain: bytes | bytearray = b""
) -> bytes:
    """Return the data of a protected command: the enciphered block, if there is one, and four bytes of MAC.

    Args:
        algorithm: cipher of the key.
        key: the card's PIN key, 16 bytes.
        challenge: one block of the cipher from GET CHALLENGE just before; the MAC's chain begins with it.
        header: CLA INS P1 P2.
        plain: from `block`, or empty.

    Raises:
        CipherNotBuilt: SSF33, or an id that no source knows.
    """
    hidden = cipher.encrypt(algorithm, key, bytes(plain)) if plain else b""
    lc = len(hidden) + secure_messaging.MAC_LENGTH
    return hidden + secure_messaging.mac(algorithm, key, challenge, header + bytes((lc,)) + hidden)


def tries(transmit: Transmit) -> int | None:
    """Ask how often the PIN may still be wrong, without a try; None where the card does not say.

    A PIN that was shown since the reset answers 9000, which says nothing about the counter.
    """
    return tries_left(transmit(VERIFY + b"\x00")[1])


def verify(transmit: Transmit, pin: bytes | bytearray) -> None:
    """VERIFY: show the PIN; a wrong one costs a try.

    Raises:
        PinWrong: wrong; with the tries that are left.
        PinBlocked: it was wrong too often.
        CardRefused: any other status word.
    """
    data = packed(pin)
    judge("VERIFY", transmit(VERIFY + bytes((len(data),)) + data)[1])


def change(transmit: Transmit, old: bytes | bytearray, new: bytes | bytearray) -> None:
    """CHANGE PIN: the old PIN, FF, the new PIN; a wrong old one costs a try.

    Raises:
        PinWrong: the old PIN is wrong; with the tries that are left.
        PinBlocked: it was wrong too often.
        CardRefused: any other status word.
    """
    data = packed(old) + bytes((_SEPARATOR,)) + packed(new)
    judge("CHANGE PIN", transmit(CHANGE + bytes((len(data),)) + data)[1])


def give_back(transmit: Transmit, header: bytes, data: bytes) -> None:
    """UNBLOCK PIN (the PIN stays, its tries come back) or RELOAD PIN (a new PIN).

    Raises:
        CardRefused: the card did not take it; 6988 means another key.
    """
    need_success("UNBLOCK PIN" if header == UNBLOCK else "RELOAD PIN", transmit(header + bytes((len(data),)) + data)[1])


def judge(command: str, status_word: int) -> None:
    """Take what the card answered to a PIN, whoever sent it.

    Args:
        command: in the standard's words, for the message.
        status_word: what the card answered.

    Raises:
        PinWrong: wrong; with the tries that are left.
        PinBlocked: it was wrong too often.
        CardRefused: any other status word.
    """
    left = tries_left(status_word)
    if left == 0 or status_word == StatusWord.BLOCKED:
        raise PinBlocked
    if left is not None:
        raise PinWrong(tries_left=left)
    need_success(command, status_word)
