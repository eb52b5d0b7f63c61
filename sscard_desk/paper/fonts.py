"""The embedded fonts: Noto Sans SC in two weights, and a fallback for rare characters if this computer has one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics

from sscard_desk.paper import coverage
from sscard_desk.paper.embedding import PaperFont


class _Widths(dict[str, float]):
    """Widths of characters in thousandths of the type size, filled as they are asked for."""

    def __init__(self, font_of: Callable[[str], Any]) -> None:
        super().__init__()
        self._font_of = font_of

    def __missing__(self, character: str) -> float:
        face = self._font_of(character).face
        width = float(face.charWidths.get(ord(character), face.defaultWidth))
        self[character] = width
        return width


@dataclass(frozen=True, eq=False)
class Typeface:
    """One weight with its fallbacks: splits a text into runs of one font each and measures it.

    Attributes:
        own: the weight's own font.
        rare: gives the fonts for characters that it lacks; asked only when one comes, because loading them costs.
    """

    own: PaperFont
    rare: Callable[[], tuple[PaperFont, ...]]
    _widths: _Widths = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_widths", _Widths(self.font_of))

    def font_of(self, character: str) -> PaperFont:
        """Return the first font that has the character; the own one for what no font has (callers refuse that)."""
        point = ord(character)
        if point in self.own.face.charToGlyph:
            return self.own
        return next((font for font in self.rare() if point in font.face.charToGlyph), self.own)

    def runs(self, text: str) -> Iterator[tuple[PaperFont, str]]:
        """Yield the text in pieces of one font."""
        known = self.own.face.charToGlyph
        if all(ord(character) in known for character in text):
            yield self.own, text
            return
        for font, piece in groupby(text, key=self.font_of):
            yield font, "".join(piece)

    def width(self, text: str, size: float) -> float:
        """Return the width in points at a size in points."""
        return sum(map(self._widths.__getitem__, text)) * size / 1000


@cache
def regular() -> Typeface:
    """Return the text weight, loaded once."""
    return _typeface("DeskSans", coverage.REGULAR)


@cache
def semibold() -> Typeface:
    """Return the weight of titles and headings, loaded once."""
    return _typeface("DeskSansSemiBold", coverage.SEMIBOLD)


def _typeface(name: str, path: Path) -> Typeface:
    return Typeface(own=_font(name, path), rare=_rare)


def _rare() -> tuple[PaperFont, ...]:
    return tuple(_font(f"DeskRare-{path.stem}", path) for path in coverage.fallbacks())


@cache
def _font(name: str, path: Path) -> PaperFont:
    font = PaperFont(name, str(path))
    pdfmetrics.registerFont(font)
    return font
