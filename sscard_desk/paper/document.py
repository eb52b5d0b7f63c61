"""A PDF document put together from content streams: pages, parts that pages share, pictures."""

import zlib
from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfdoc

from sscard_desk.paper.embedding import packed
from sscard_desk.paper.pen import PALE
from sscard_desk.paper.pictures import picture_stream

_PALE_ALPHA: Final = 0.13


@dataclass(frozen=True)
class Part:
    """A content stream that many pages show, compressed once (a form XObject, ISO 32000-1, 8.10)."""

    name: str
    content: bytes


class Document:
    """One document while it grows; the same content gives the same bytes, so preview, print and kept file are one.

    Args:
        width: of its pages in mm.
        height: of its pages in mm.
    """

    def __init__(self, width: float, height: float) -> None:
        self.doc = pdfdoc.PDFDocument(compression=1, invariant=1)
        self._size = (width * mm, height * mm)
        self._pictures: dict[int, str] = {}
        self._parts: dict[str, str] = {}
        pale = pdfdoc.PDFDictionary({"ca": _PALE_ALPHA})
        self._states = pdfdoc.PDFDictionary({PALE: self.doc.Reference(pale, "state")})

    def describe(self, title: str, subject: str, author: str) -> None:
        """Say what the document is; nobody's name belongs there."""
        self.doc.setTitle(title)
        self.doc.setSubject(subject)
        self.doc.setAuthor(author)
        self.doc.setCreator("SSCard Desk")

    def picture(self, jpeg: bytes) -> str:
        """Embed a portrait; return its name for content streams.

        Raises:
            PictureUnreadable: it is not a picture.
        """
        name = f"P{len(self._pictures) + 1}"
        self.doc.Reference(picture_stream(jpeg), name)
        self._pictures[len(self._pictures)] = name
        return name

    def page(self, content: bytes, part: Part | None, picture: str) -> None:
        """Add a page.

        Args:
            content: its own content stream.
            part: what is drawn below it.
            picture: name of the portrait that it shows, empty for none.
        """
        names = [name for name in (self._part(part), picture) if name]
        page = pdfdoc.PDFPage()
        page.pagewidth, page.pageheight = self._size
        page.Contents = packed(zlib.compress((f"/{part.name} Do\n".encode("ascii") if part else b"") + content))
        page.Resources = pdfdoc.PDFResourceDictionary()
        page.Resources.basicFonts()
        page.Resources.XObject = pdfdoc.PDFDictionary({name: pdfdoc.PDFObjectReference(name) for name in names})
        page.Resources.ExtGState = self._states
        self.doc.addPage(page)

    def _part(self, part: Part | None) -> str:
        if part is None:
            return ""
        if part.name not in self._parts:
            stream = packed(part.content)
            resources = pdfdoc.PDFResourceDictionary()
            resources.basicFonts()
            for key, value in (
                ("Type", pdfdoc.PDFName("XObject")),
                ("Subtype", pdfdoc.PDFName("Form")),
                ("BBox", pdfdoc.PDFArray([0, 0, *self._size])),
                ("Resources", resources),
            ):
                stream.dictionary[key] = value
            self.doc.Reference(stream, part.name)
            self._parts[part.name] = part.name
        return part.name

    def finish(self) -> bytes:
        """Return the file."""
        return bytes(self.doc.GetPDFData(None))


def part_of(name: str, content: bytes) -> Part:
    """Return a content stream as a part."""
    return Part(name, zlib.compress(content))
