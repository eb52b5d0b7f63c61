"""Keys that rise with time, so that what is made later stands later in every index."""

import secrets
import time


def uuid7(milliseconds: int) -> str:
    """Return a UUID version 7 (RFC 9562, 5.7) as 32 hex characters: time first, then 74 random bits."""
    value = (milliseconds & 0xFFFFFFFFFFFF) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return f"{value:032x}"


def key_now() -> str:
    """Return a key of this moment by the computer's own clock, which nothing is decided by.

    Keys of applications stand in large indexes of the centre in the order of their bytes: where they rise, new ones
    come to lie side by side, and not each on a page of its own that has to be read and logged whole (ADR 60).
    """
    return uuid7(time.time_ns() // 1_000_000)
