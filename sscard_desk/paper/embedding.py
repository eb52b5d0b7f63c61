"""How a font gets into a document: subsets of at most 256 glyphs, each with the map by which its text is copied.

reportlab cuts the subsets. Three things are done here in its place: the map back to Unicode is written as the standard
asks, a subset that every copy of a form shares is cut once and kept, and a table of several megabytes is not copied
for each cut.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC, SUBSETN, TTFont

_MOST_IN_A_BLOCK: Final = 100
"""Entries that one `beginbfchar` may hold (ISO 32000-1, 9.10.3 and Adobe technical note 5014)."""
_SUBSET: Final = 256


@dataclass(frozen=True)
class Primed:
    """The characters that a document's fonts begin with: those of the parts that all copies of a form share.

    Attributes:
        font: the font.
        name: what content streams call it.
        assignments: code by character.
        subsets: characters by code, subset by subset.
        next_code: the first free code, at the beginning of a subset of its own.
    """

    font: "PaperFont"
    name: str
    assignments: dict[int, int]
    subsets: tuple[tuple[int, ...], ...]
    next_code: int


class PaperFont(TTFont):  # type: ignore[misc]  # reportlab has no type information
    """A TrueType font whose text can be copied out of the PDF again, characters beyond the BMP included.

    reportlab writes such characters into the ToUnicode map as five hex digits, which no reader understands; the
    standard asks for UTF-16BE, that is a surrogate pair (ISO 32000-1, 9.10.3). The drawing itself is right.
    """

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path, asciiReadable=False, shapable=False)
        self._kept: dict[tuple[int, ...], _Cut] = {}
        face, plain = self.face, self.face.get_table
        start, length = face.get_table_pos("glyf")
        glyphs = _Part(face._ttf_data, start, length)  # noqa: SLF001 - copying it costs more than the rest of the cut
        face.get_table = lambda tag: glyphs if tag == "glyf" else plain(tag)

    def snapshot(self, doc: Any) -> Primed:
        """Return what a document's parts made of this font so far; such subsets are cut once and kept."""
        state = self.state[doc]
        subsets = tuple(tuple(subset) for subset in state.subsets)
        for subset in subsets:
            self._kept.setdefault(subset, _cut(self.face, subset))
        return Primed(self, state.internalName, dict(state.assignments), subsets, len(subsets) * _SUBSET)

    def prime(self, doc: Any, primed: Primed) -> None:
        """Begin a document with the characters of a snapshot; others go into subsets behind them."""
        state = self._assignState(doc)
        state.assignments = dict(primed.assignments)
        state.subsets = [list(subset) for subset in primed.subsets]
        state.nextCode = primed.next_code
        state.internalName = primed.name
        doc.fontMapping[self.fontName] = f"/{primed.name}"
        doc.delayedFonts.append(self)

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        """Add the font's subsets to a document that is complete."""
        state = self.state[doc]
        fonts = doc.idToObject["BasicFonts"].dict
        for number, subset in enumerate(tuple(subset) for subset in state.subsets):
            cut = self._kept.get(subset) or _cut(self.face, subset)
            base = (SUBSETN(number) + b"+" + self.face.name).decode("ascii")
            internal = f"{state.internalName}+{number}"
            entry = pdfdoc.PDFTrueTypeFont()
            entry.Name = internal
            entry.BaseFont = base
            entry.FirstChar = 0
            entry.LastChar = len(subset) - 1
            entry.Widths = pdfdoc.PDFArray(list(cut.widths))
            entry.ToUnicode = doc.Reference(packed(cut.unicode_map), f"toUnicodeCMap:{base}")
            entry.FontDescriptor = self._descriptor(doc, base, cut)
            doc.Reference(entry, internal)
            fonts[internal] = entry
        del self.state[doc]

    def _descriptor(self, doc: Any, base: str, cut: "_Cut") -> Any:
        face = self.face
        program = packed(cut.program)
        program.dictionary["Length1"] = cut.length
        made = pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "Ascent": face.ascent,
                "CapHeight": face.capHeight,
                "Descent": face.descent,
                "Flags": (face.flags & ~FF_NONSYMBOLIC) | FF_SYMBOLIC,
                "FontBBox": pdfdoc.PDFArray(face.bbox),
                "FontName": pdfdoc.PDFName(base),
                "ItalicAngle": face.italicAngle,
                "StemV": face.stemV,
                "FontFile2": doc.Reference(program, f"fontFile:{base}"),
                "MissingWidth": face.defaultWidth,
            }
        )
        return doc.Reference(made, f"fontDescriptor:{base}")


@dataclass(frozen=True)
class _Cut:
    """A subset ready to be embedded: font program and map, both compressed, and the widths."""

    program: bytes
    length: int
    unicode_map: bytes
    widths: tuple[float, ...]


@dataclass(frozen=True)
class _Part:
    """A part of a font file of which only small slices are taken."""

    data: bytes
    start: int
    length: int

    def __getitem__(self, taken: slice) -> bytes:
        return self.data[self.start + taken.start : self.start + taken.stop]


def _cut(face: Any, subset: tuple[int, ...]) -> _Cut:
    program = face.makeSubset(list(subset))
    return _Cut(
        program=zlib.compress(program),
        length=len(program),
        unicode_map=zlib.compress(to_unicode_map(subset).encode("ascii")),
        widths=tuple(map(face.getCharWidth, subset)),
    )


def packed(content: bytes) -> Any:
    """Return a stream whose content is compressed already."""
    made = pdfdoc.PDFStream(content=content)
    made.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
    return made


def to_unicode_map(subset: Iterable[int]) -> str:
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
