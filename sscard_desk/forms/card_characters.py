"""Which characters a card can hold: its texts are GBK (domain reference A.3), and no other code exists on it."""

from typing import Final

_MIDDLE_DOTS: Final = frozenset("\u00b7\u2022\u30fb\u2027")
"""What stands between the parts of a minority name; the card has one byte pair (A1A4) for all of them."""


def beyond_gbk(text: str) -> str:
    """Return the characters of a text that no card can hold, each once and in their order."""
    return "".join(dict.fromkeys(character for character in text if not _in_gbk(character)))


def _in_gbk(character: str) -> bool:
    if character in _MIDDLE_DOTS:
        return True
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
