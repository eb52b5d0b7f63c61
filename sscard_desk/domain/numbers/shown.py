"""How numbers are typed and shown: put right, grouped 6-8-4 in full, masked elsewhere."""

import unicodedata
from typing import Final

REGION_END: Final = 6
BIRTH_END: Final = 14
KEPT_AT_END: Final = 4
_NOISE: Final = frozenset(" \t\r\n-_.\u00a0\u3000\u200b\ufeff")


def normalised(typed: str) -> str:
    """Return a typed, pasted or scanned number with full-width characters, separators and small letters put right."""
    return "".join(c for c in unicodedata.normalize("NFKC", typed) if c not in _NOISE).upper()


def grouped(number: str) -> str:
    """Return a number in groups of 6, 8 and 4 as far as it is typed, for example `110101 19900101 12`."""
    text = normalised(number)
    return " ".join(part for part in (text[:REGION_END], text[REGION_END:BIRTH_END], text[BIRTH_END:]) if part)


def grouped_caret(number: str, caret: int) -> int:
    """Return where the caret stands in `grouped(number)` if it stood before character `caret` of what was typed."""
    before = len(normalised(number[:caret]))
    return before + (before > REGION_END) + (before > BIRTH_END)


def masked(number: str) -> str:
    """Return a number as screens show it, for example `110101********1234`; shorter ones keep less in the clear."""
    text = normalised(number)
    head = 3 if text[:3].isalpha() else REGION_END
    if len(text) < head + KEPT_AT_END + 4:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - KEPT_AT_END) + text[-KEPT_AT_END:]
