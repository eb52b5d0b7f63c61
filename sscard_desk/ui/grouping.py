"""How id numbers stand on a screen: full in 6-8-4 with spaces, or masked. No Qt."""

import re
from typing import Final

_NUMBER_BEGUN: Final = re.compile(r"[0-9]{7,17}[0-9Xx]?")

_MOBILE: Final = re.compile(r"1[0-9]{10}")


def grouped(typed: str) -> str:
    """Return a number in 6-8-4 as far as it is typed; anything that is no id number stays as it is."""
    bare = typed.replace(" ", "")
    if not _NUMBER_BEGUN.fullmatch(bare) or len(bare) > 18:
        return typed
    return " ".join(part for part in (bare[:6], bare[6:14], bare[14:].upper()) if part)


def mobile_grouped(number: str) -> str:
    """Return a whole mobile number in 3-4-4, `138 0013 8000`; anything else stays as it is."""
    return f"{number[:3]} {number[3:7]} {number[7:]}" if _MOBILE.fullmatch(number) else number


def masked(number: str) -> str:
    """Return `110101********1234`: what lists and strips show of a number."""
    return f"{number[:6]}{'*' * 8}{number[-4:]}" if len(number) == 18 else "*" * len(number)
