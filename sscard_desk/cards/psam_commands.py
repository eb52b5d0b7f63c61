"""What a PSAM is told: diversify a key for one card, then encipher (domain reference A.9, single source).

P1 of the first command says how many levels of diversification follow, in its upper three bits, and the kind of key (8)
below: 48 for city and card, as the source has it; the reading of its bits is PBOC's, from memory.
"""

from collections.abc import Sequence
from typing import Final

DIVERSIFY: Final = 0xDE
ENCIPHER: Final = 0xFA
DIVERSIFY_CLASS: Final = 0xBF
ENCIPHER_CLASS: Final = 0x80
_LEVELS_SHIFT: Final = 5
_KIND: Final = 8


def usage(levels: int) -> int:
    """Return P1 of the diversification for so many levels."""
    return levels << _LEVELS_SHIFT | _KIND


def diversify(index: int, factors: Sequence[bytes], challenge: bytes) -> bytes:
    """Return the command that makes the card's key inside the PSAM.

    Args:
        index: of the key in the PSAM.
        factors: eight bytes for each level, from the master key downwards; the command names them upwards.
        challenge: the card's random number.
    """
    data = b"".join(reversed(factors)) + challenge
    return bytes((DIVERSIFY_CLASS, DIVERSIFY, usage(len(factors)), index, len(data))) + data


def encipher(challenge: bytes) -> bytes:
    """Return the command that enciphers with the key made before; its answer waits for GET RESPONSE."""
    return bytes((ENCIPHER_CLASS, ENCIPHER, 0x00, 0x00, len(challenge))) + challenge
