"""Which words stand for a card's status word (domain reference A.9; texts in `card_status.toml`)."""

from typing import Final

TRIES: Final = 0x63C0
"""63Cn: wrong key or PIN, n tries left."""

_KNOWN: Final = frozenset(
    {
        *(0x6283, 0x6581, 0x6700, 0x6901, 0x6981, 0x6982, 0x6983, 0x6984, 0x6985, 0x6986, 0x6988),
        *(0x6A80, 0x6A81, 0x6A82, 0x6A83, 0x6A84, 0x6A86, 0x6A88, 0x6B00, 0x6D00, 0x6E00),
        *(0x9302, 0x9303, 0x9401, 0x9403, 0x9406),
    }
)


def meaning_key(status_word: int) -> str:
    """Return the key of the words for a status word; `{left}` in them is how many tries are left."""
    if status_word & 0xFFF0 == TRIES:
        return "card_status.word.63C"
    return f"card_status.word.{status_word:04X}" if status_word in _KNOWN else "card_status.word.other"


_LIBRARY: Final = frozenset(
    {1, 2, 3, 4, 5, 11, 12, 13, 14, 15, 20, 21, 22, 23, 24, 25, 31, 32, 33, 34, 35, 36, 41, 42, 51, 52}
    | {2201, 2202, 2203, 2204, 999}
)
"""Numbers of LD/T 33-2015, without their sign (domain reference A.13); the others are status words."""


def library_key(number: int) -> str:
    """Return the key of the words for a number that the standard's reader library gave."""
    return f"card_status.library.{-number}" if -number in _LIBRARY else "card_status.library.other"
