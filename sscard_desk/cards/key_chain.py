"""How a card's own key comes from a master key, and how a challenge is answered (domain reference A.10).

Diversification in two levels, city then card, is known from a single source. With 3DES the bytes are PBOC's. With SM4
the factor and its complement make one block (from memory), and what a card expects in EXTERNAL AUTHENTICATE was not
found: here it is the encrypted 16-byte challenge, which is how our training cards of that cipher are built.
"""

from collections.abc import Sequence
from typing import Final

from sscard_desk.cards import cipher
from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.cards.answer_to_reset import FACTOR_LENGTH

_CITY_SUFFIX: Final = b"sx"


def triple_des(key: bytes, block: bytes) -> bytes:
    """Encrypt one 8-byte block with a 16-byte key, 3DES in ECB."""
    return cipher.encrypt(Algorithm.TRIPLE_DES, key, block)


def diversified(key: bytes, factor: bytes, algorithm: Algorithm = Algorithm.TRIPLE_DES) -> bytes:
    """Return the 16-byte key one level below: the encrypted factor, then its encrypted complement.

    3DES encrypts the halves one by one, SM4 both as one block.

    Raises:
        CipherNotBuilt: SSF33, or an id that no source knows.
    """
    return cipher.encrypt(algorithm, key, factor + bytes(byte ^ 0xFF for byte in factor))


def factors(levels: Sequence[str], region: str, historical: bytes) -> list[bytes]:
    """Return the 8-byte factor of each level.

    Args:
        levels: `city` and `card` in the profile's order.
        region: six digits.
        historical: historical bytes of the answer to reset; fewer than eight are filled with 00 in front.
    """
    by_level = {
        "city": region.encode("ascii") + _CITY_SUFFIX,
        "card": card_part(historical),
    }
    return [by_level[level] for level in levels]


def card_part(historical: bytes) -> bytes:
    """Return the 8 bytes that make a key the key of one physical card."""
    return historical[-FACTOR_LENGTH:].rjust(FACTOR_LENGTH, b"\x00")


def card_key(
    master: bytes,
    levels: Sequence[str],
    region: str,
    historical: bytes,
    algorithm: Algorithm = Algorithm.TRIPLE_DES,
) -> bytes:
    """Return a card's own 16-byte key.

    Raises:
        CipherNotBuilt: SSF33, or an id that no source knows.
    """
    key = master
    for factor in factors(levels, region, historical):
        key = diversified(key, factor, algorithm)
    return key


def challenge_length(algorithm: Algorithm) -> int:
    """Return how many random bytes EXTERNAL AUTHENTICATE is about: one block of the cipher.

    Raises:
        CipherNotBuilt: SSF33, or an id that no source knows.
    """
    return cipher.block_length(algorithm)


def answer_to_challenge(key: bytes, challenge: bytes, algorithm: Algorithm = Algorithm.TRIPLE_DES) -> bytes:
    """Return the 16 data bytes of EXTERNAL AUTHENTICATE (domain reference A.9).

    3DES: the encrypted challenge, then the challenge. SM4: the encrypted challenge (our training cards).

    Raises:
        CipherNotBuilt: SSF33, or an id that no source knows.
    """
    encrypted = cipher.encrypt(algorithm, key, challenge)
    return encrypted + challenge if len(challenge) < cipher.KEY_LENGTH else encrypted
