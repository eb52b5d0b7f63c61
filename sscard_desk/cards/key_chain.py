"""How a card's own key comes from a master key, and how a challenge is answered (domain reference A.10; PBOC 3DES).

Diversification in two levels, city then card, is known from a single source. Only two-key 3DES is built: no source
gives the bytes that SM4 cards expect in EXTERNAL AUTHENTICATE.
"""

from collections.abc import Sequence
from typing import Final

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.modes import ECB

from sscard_desk.cards.answer_to_reset import FACTOR_LENGTH

_BLOCK: Final = 8
_CITY_SUFFIX: Final = b"sx"


def triple_des(key: bytes, block: bytes) -> bytes:
    """Encrypt one 8-byte block with a 16-byte key, 3DES in ECB."""
    # whole 24-byte keys: shorter ones are no longer accepted everywhere
    encryptor = Cipher(TripleDES(key + key[:_BLOCK]), ECB()).encryptor()  # noqa: S305 - one block; the standard says so
    return encryptor.update(block) + encryptor.finalize()


def diversified(key: bytes, factor: bytes) -> bytes:
    """Return the 16-byte key one level below: 3DES of the factor, then 3DES of its complement."""
    return triple_des(key, factor) + triple_des(key, bytes(byte ^ 0xFF for byte in factor))


def factors(levels: Sequence[str], region: str, historical: bytes) -> list[bytes]:
    """Return the 8-byte factor of each level.

    Args:
        levels: `city` and `card` in the profile's order.
        region: six digits.
        historical: historical bytes of the answer to reset; fewer than eight are filled with 00 in front.
    """
    by_level = {
        "city": region.encode("ascii") + _CITY_SUFFIX,
        "card": historical[-FACTOR_LENGTH:].rjust(FACTOR_LENGTH, b"\x00"),
    }
    return [by_level[level] for level in levels]


def card_key(master: bytes, levels: Sequence[str], region: str, historical: bytes) -> bytes:
    """Return a card's own 16-byte key."""
    key = master
    for factor in factors(levels, region, historical):
        key = diversified(key, factor)
    return key


def answer_to_challenge(key: bytes, challenge: bytes) -> bytes:
    """Return the data of EXTERNAL AUTHENTICATE: encrypted challenge, then the challenge (domain reference A.9)."""
    return triple_des(key, challenge) + challenge
