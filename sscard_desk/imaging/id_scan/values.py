"""What stands beside each printed word: on its own line, right of it, or below it."""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from sscard_desk.imaging.id_scan.pose import squeezed
from sscard_desk.imaging.id_scan.text_engine import Line

_BELOW: Final = 3.0
"""In heights of a line: a value below its word begins no further down."""
_JOINTS: Final = "/:：.·- "

Rectangle = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""


@dataclass(frozen=True)
class Value:
    """What stands beside a word.

    Attributes:
        text: squeezed.
        spaced: with the spaces that were recognised; names in Latin letters have some.
        score: of the recognition, 0.0 to 1.0.
        place: where, in pixels of the picture.
    """

    text: str
    spaced: str
    score: float
    place: Rectangle


@dataclass(frozen=True)
class _Part:
    """A stretch of a line: `word` is the field whose word begins it, empty where none does."""

    word: str
    text: str
    spaced: str
    score: float
    place: Rectangle

    @property
    def height(self) -> int:
        return self.place[3] - self.place[1]

    @property
    def middle(self) -> float:
        return (self.place[1] + self.place[3]) / 2


def values_of(lines: list[Line], words: dict[str, tuple[str, ...]]) -> dict[str, Value]:
    """Return the value of each field whose word was recognised.

    Args:
        lines: of an upright picture.
        words: of each field, squeezed, capitals, the longest first.
    """
    pattern = re.compile("|".join(re.escape(word) for word in sorted(_all(words), key=len, reverse=True)))
    fields = {word: field for field, each in words.items() for word in each}
    parts = [part for line in lines for part in _parts(line, pattern, fields)]
    free = [part for part in parts if not part.word]
    found: dict[str, Value] = {}
    for part in parts:
        if part.word and part.word not in found:
            beside = part if part.text else _right_of(part, free) or _below(part, free)
            if beside is not None:
                found[part.word] = Value(beside.text, beside.spaced, beside.score, beside.place)
    return found


def _all(words: dict[str, tuple[str, ...]]) -> set[str]:
    return {word for each in words.values() for word in each}


def _parts(line: Line, pattern: re.Pattern[str], fields: dict[str, str]) -> list[_Part]:
    """Return a line cut before each printed word; a cut lies where so many characters would have room."""
    text = squeezed(line.text)
    corners = np.asarray(line.box, np.float64)
    (left, top), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    starts = [(at.start(), at.end(), fields[at[0]]) for at in pattern.finditer(text.upper())]
    if not starts:
        return [_Part("", text, line.text.strip(), line.score, (int(left), int(top), int(right), int(bottom)))]
    ends = [start for start, _, _ in starts[1:]] + [len(text)]
    share = (right - left) / max(len(text), 1)
    return [
        _Part(
            field,
            text[after:end].strip(_JOINTS),
            _spaced(line.text, after, end).strip(_JOINTS),
            line.score,
            (int(left + share * start), int(top), int(left + share * end), int(bottom)),
        )
        for (start, after, field), end in zip(starts, ends, strict=True)
    ]


def _spaced(text: str, first: int, end: int) -> str:
    """Return a stretch of a line, counted in characters that are no spaces, with its spaces."""
    places = [at for at, character in enumerate(text) if not character.isspace()]
    return text[places[first] : places[end - 1] + 1] if first < end else ""


def _right_of(word: _Part, free: list[_Part]) -> _Part | None:
    begins = word.place[2] - word.height
    near = [p for p in free if abs(p.middle - word.middle) < word.height / 2 and p.place[0] >= begins]
    return min(near, key=lambda part: part.place[0], default=None)


def _below(word: _Part, free: list[_Part]) -> _Part | None:
    near = [
        part
        for part in free
        if 0 < part.middle - word.middle < _BELOW * word.height
        and part.place[0] < word.place[2]
        and part.place[2] > word.place[0]
    ]
    return min(near, key=lambda part: part.middle, default=None)
