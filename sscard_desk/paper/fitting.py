"""Breaks a text into lines and finds the largest type in which it fits its place. Nothing is ever cut off."""

import re
from dataclasses import dataclass
from typing import Final

from sscard_desk.paper.fonts import Typeface

LEADING: Final = 1.3
"""Distance of base lines as a multiple of the type size."""
_STEP: Final = 0.5
ONE_LINE: Final = 0.82
"""A text goes into one line of smaller type before it is broken, down to this part of the size."""
_TOKENS: Final = re.compile(r"[\u0021-\u024f]+|\s+|.", re.DOTALL)
_PIECES: Final = re.compile(r"[^@./\-_]*[@./\-_]|[^@./\-_]+")
"""Where a word that is wider than its place is broken first: behind the marks of addresses and numbers."""
_NOT_FIRST: Final = frozenset("，。；：、！？）》」』”’,.;:!?)")
_NOT_LAST: Final = frozenset("（《「『“‘(")


@dataclass(frozen=True)
class Fitted:
    """A text in lines.

    Attributes:
        lines: from the top.
        size: type size in points.
        leading: distance of base lines as a multiple of the size.
    """

    lines: tuple[str, ...]
    size: float
    leading: float = LEADING

    @property
    def height(self) -> float:
        """The height of all lines in points."""
        return len(self.lines) * self.size * self.leading


def fit(  # noqa: PLR0917 - text, type, place and range of sizes belong together
    text: str,
    face: Typeface,
    width: float,
    height: float,
    size: float,
    smallest: float,
    *,
    one_line: float = ONE_LINE,
    leading: float = LEADING,
) -> Fitted | None:
    """Return the text in the largest type that fits, None where even the smallest does not.

    Args:
        text: what is to be placed.
        face: in which type.
        width: of the place in points.
        height: of the place in points.
        size: largest type size in points.
        smallest: smallest readable size in points.
        one_line: part of the size down to which the text is made smaller before it is broken.
        leading: distance of base lines as a multiple of the size.
    """
    whole = face.width(text, 1.0)
    if whole * size * one_line <= width and "\n" not in text:
        return Fitted((text,), min(size, width / whole if whole else size), leading)
    current = size
    while current >= smallest:
        made = Fitted(wrap(text, face, width, current), current, leading)
        if made.height <= height and all(face.width(line, current) <= width for line in made.lines):
            return made
        current -= _STEP
    return None


def wrap(text: str, face: Typeface, width: float, size: float) -> tuple[str, ...]:
    """Return the text in lines of at most this width (points).

    Latin words stay whole where they can; no line begins with a closing mark or ends with an opening one.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for token in _split_long(_TOKENS.findall(paragraph), face, width, size):
            if face.width((line + token).rstrip(), size) <= width:
                line += token
            else:
                kept, rest = _break(line, token)
                if face.width(rest, size) > width:
                    kept, rest = line, token.lstrip()
                lines.append(kept.rstrip())
                line = rest
        lines.append(line.rstrip())
    return tuple(lines)


def _break(line: str, token: str) -> tuple[str, str]:
    keep = len(line)
    if token[0] in _NOT_FIRST or line[-1:] in _NOT_LAST:
        keep -= 1
    if keep < 1:
        keep = len(line)
    return line[:keep], (line[keep:] + token).lstrip()


def _split_long(tokens: list[str], face: Typeface, width: float, size: float) -> list[str]:
    parts: list[str] = []
    for token in tokens:
        if face.width(token, size) <= width:
            parts.append(token)
            continue
        for piece in _PIECES.findall(token):
            parts += [piece] if face.width(piece, size) <= width else list(piece)
    return parts
