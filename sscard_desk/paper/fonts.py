"""The embedded fonts: Noto Sans SC in two weights, and a fallback for rare characters if this computer has one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from sscard_desk.paper import coverage

rl_config.useA85 = 0
"""Streams are written as bytes: as printable text they are a quarter larger and cost a third of the time."""
_MOST_IN_A_BLOCK: Final = 100
"""Entries that one `beginbfchar` may hold (ISO 32000-1, 9.10.3 and Adobe technical note 5014)."""


class PaperFont(TTFont):  # type: ignore[misc]  # reportlab has no type information
    """A TrueType font whose text can be copied out of the PDF again, characters beyond the BMP included.

    reportlab writes such characters into the ToUnicode map as five hex digits, which no reader understands; the
    standard asks for UTF-16BE, that is a surrogate pair (ISO 32000-1, 9.10.3). The drawing itself is right.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        """Add the font to a document, then put right the ToUnicode map of each of its subsets."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        internal = self.state[doc].internalName
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for number, subset in enumerate(subsets):
            reference = fonts[f"{internal}+{number}"].ToUnicode
            doc.idToObject[reference.name].content = to_unicode_map(subset)


def to_unicode_map(subset: list[int]) -> str:
    """Return the ToUnicode CMap of a subset whose n-th glyph stands for the n-th code point; 0 stands for none."""
    entries = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for code, point in enumerate(subset) if point
    ]
    blocks = [entries[start : start + _MOST_IN_A_BLOCK] for start in range(0, len(entries), _MOST_IN_A_BLOCK)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


@dataclass(frozen=True)
class Typeface:
    """One weight with its fallbacks: splits a text into runs of one font each and measures it.

    Attributes:
        own: the weight's own font.
        rare: gives the fonts for characters that it lacks; asked only when one comes, because loading them costs.
    """

    own: PaperFont
    rare: Callable[[], tuple[PaperFont, ...]]

    def font_of(self, character: str) -> PaperFont:
        """Return the first font that has the character; the own one for what no font has (callers refuse that)."""
        point = ord(character)
        if point in self.own.face.charToGlyph:
            return self.own
        return next((font for font in self.rare() if point in font.face.charToGlyph), self.own)

    def runs(self, text: str) -> Iterator[tuple[PaperFont, str]]:
        """Yield the text in pieces of one font."""
        for font, piece in groupby(text, key=self.font_of):
            yield font, "".join(piece)

    def width(self, text: str, size: float) -> float:
        """Return the width in points at a size in points."""
        total = 0.0
        for character in text:
            face = self.font_of(character).face
            total += face.charWidths.get(ord(character), face.defaultWidth)
        return total * size / 1000


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
    font = PaperFont(name, str(path), asciiReadable=False, shapable=False)
    pdfmetrics.registerFont(font)
    return font
