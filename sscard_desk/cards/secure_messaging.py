"""Message authentication codes of protected commands (domain reference A.10; PBOC for 3DES, SM4 from memory).

A protected command has 4 in its class byte and four bytes of MAC behind its data, which Lc counts.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

from sscard_desk.cards import cipher
from sscard_desk.cards.algorithm import Algorithm

Encrypt = Callable[[bytes], bytes]

PROTECTED: Final = 0x04
"""Bit of CLA that says that the data end with a MAC."""

MAC_LENGTH: Final = 4
_HEADER: Final = 5


def mac(algorithm: Algorithm, key: bytes, challenge: bytes, message: bytes) -> bytes:
    """Return the four bytes of MAC over a message.

    3DES: single-DES CBC with the key's left half, the last block finished with the whole key. SM4: CBC. The chain
    begins with the card's challenge, padded with 00 to one block; the message is padded with 80 00.. always.

    Args:
        algorithm: cipher of the key.
        key: 16 bytes.
        challenge: 4, 8 or 16 bytes from GET CHALLENGE just before.
        message: header with Lc, and data without the MAC.

    Raises:
        CipherNotBuilt: SSF33, or an id that no source knows.
    """
    whole = partial(cipher.encrypt, algorithm, key)
    each = partial(cipher.single_des, key[:8]) if algorithm is Algorithm.TRIPLE_DES else whole
    return chained(cipher.block_length(algorithm), challenge, message, each, whole)


def chained(size: int, challenge: bytes, message: bytes, each: Encrypt, last: Encrypt) -> bytes:
    """Return the four bytes of MAC where the key is held by somebody else, who encrypts single blocks.

    Args:
        size: bytes of one block.
        challenge: as `mac`.
        message: as `mac`.
        each: encrypts a block, the last one excepted.
        last: encrypts the last block.
    """
    padded = message + b"\x80" + bytes(-(len(message) + 1) % size)
    value = challenge[:size].ljust(size, b"\x00")
    for at in range(0, len(padded), size):
        block = bytes(a ^ b for a, b in zip(value, padded[at : at + size], strict=True))
        value = (last if at + size == len(padded) else each)(block)
    return value[:MAC_LENGTH]


def to_be_protected(apdu: bytes) -> bytes:
    """Return what the MAC of a command covers: class with its bit set, Lc with the MAC counted, data."""
    lc = apdu[_HEADER - 1] + MAC_LENGTH
    return bytes((apdu[0] | PROTECTED, *apdu[1 : _HEADER - 1], lc)) + apdu[_HEADER : _HEADER + apdu[_HEADER - 1]]
