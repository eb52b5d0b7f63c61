"""The answer to reset (ISO/IEC 7816-3, 8.2): the desk needs its historical bytes (domain reference A.11).

A contactless card has none; its reader makes one up from what the card says of itself (PC/SC part 3, 3.1.3.2.3).
"""

import functools
import operator
from typing import Final

FACTOR_LENGTH: Final = 8
"""The last bytes of the historical bytes diversify the card's keys (single source)."""


_CONTACTLESS: Final = b"\x80\x01"
"""TD1 and TD2 of an answer that a contactless reader made up."""


class AtrMalformed(ValueError):
    """An answer to reset that ends too early or begins with no known convention."""

    def __init__(self) -> None:
        super().__init__("malformed answer to reset")


def historical_bytes(atr: bytes) -> bytes:
    """Return the historical bytes of a whole answer to reset.

    Raises:
        AtrMalformed: the bytes are none.
    """
    if len(atr) < 2 or atr[0] not in (0x3B, 0x3F):  # noqa: PLR2004 - TS and T0
        raise AtrMalformed
    count = atr[1] & 0x0F
    following = atr[1] >> 4
    at = 2
    while following:
        at += following.bit_count()
        if not following & 0b1000:
            break
        if at > len(atr):
            raise AtrMalformed
        following = atr[at - 1] >> 4
    if at + count > len(atr):
        raise AtrMalformed
    return atr[at : at + count]


def is_contactless(atr: bytes) -> bool:
    """Return whether the reader reports a contactless card."""
    return len(atr) > 4 and atr[0] == 0x3B and atr[1] >> 4 == 8 and atr[2:4] == _CONTACTLESS  # noqa: PLR2004 - TD1 alone


def of_contactless_card(historical: bytes) -> bytes:
    """Return the answer that a contactless reader makes up for a card with these historical bytes, at most 15."""
    body = bytes((0x80 | len(historical),)) + _CONTACTLESS + historical
    return b"\x3b" + body + bytes((functools.reduce(operator.xor, body),))
