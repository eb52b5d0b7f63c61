"""Which characters of two values differ. No Qt."""

from typing import Final, TypeAlias

Span: TypeAlias = tuple[str, bool]  # a part of the value, and whether it differs

_WORTH_LEAVING: Final = 3


def differing(one: str, other: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return both values in equal and differing parts.

    What the values share at both ends stays quiet; between the ends everything is marked, because a lone equal
    character inside a changed address helps nobody to read it. A number is marked as a whole, and a shared end counts
    only from three letters on.
    """
    if one == other:
        return (((one, False),), ((other, False),)) if one else ((), ())
    head = _shared(one, other)
    while head and one[head - 1].isdigit():
        head -= 1
    tail = _shared(one[head:][::-1], other[head:][::-1])
    while tail and one[len(one) - tail].isdigit():
        tail -= 1
    if sum(letter.isalpha() for letter in one[len(one) - tail :]) < _WORTH_LEAVING:
        tail = 0
    return _parts(one, head, tail), _parts(other, head, tail)


def _shared(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _parts(value: str, head: int, tail: int) -> tuple[Span, ...]:
    end = len(value) - tail
    parts = ((value[:head], False), (value[head:end], True), (value[end:], False))
    return tuple(part for part in parts if part[0])
