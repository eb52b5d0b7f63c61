"""Scanned pages bound to one PDF at true size: the JPEG files inside as they are, no font, no script, nothing outside.

PDF 1.4 (ISO 32000-1) and baseline JPEG (ITU-T T.81) alone, so that any reader of today or later shows them; a page is
a picture at its place. The same pages give the same bytes.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from PIL import Image
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfdoc

from sscard_desk.paper.pictures import picture_stream

A4: Final = (210.0, 297.0)
_MM_PER_INCH: Final = 25.4


@dataclass(frozen=True)
class Placed:
    """A picture on a page, in mm from the upper left corner."""

    jpeg: bytes = field(repr=False)
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class BoundPage:
    """A page and what lies on it."""

    width: float
    height: float
    pictures: tuple[Placed, ...]


def bind_whole(pictures: Sequence[bytes], dpi: float, title: str) -> bytes:
    """Return JPEG files as a PDF, a page for each that it fills; see `bind`. `dpi` is their resolution."""

    def page(jpeg: bytes) -> BoundPage:
        with Image.open(io.BytesIO(jpeg)) as opened:
            width, height = (side / dpi * _MM_PER_INCH for side in opened.size)
        return BoundPage(width, height, (Placed(jpeg, 0, 0, width, height),))

    return bind([page(jpeg) for jpeg in pictures], title)


def bind(pages: Sequence[BoundPage], title: str) -> bytes:
    """Return the pages as a PDF.

    Raises:
        PictureUnreadable: a picture is no JPEG in grey or RGB.
    """
    document = pdfdoc.PDFDocument(compression=1, invariant=1)
    document.setTitle(title)
    document.setCreator("SSCard Desk")
    for number, each in enumerate(pages):
        names = [f"P{number}x{at}" for at in range(len(each.pictures))]
        for name, placed in zip(names, each.pictures, strict=True):
            document.Reference(picture_stream(placed.jpeg), name)
        page = pdfdoc.PDFPage()
        page.pagewidth, page.pageheight = each.width * mm, each.height * mm
        page.Contents = pdfdoc.PDFStream(content=_content(each, names))
        page.Resources = pdfdoc.PDFResourceDictionary()
        page.Resources.XObject = pdfdoc.PDFDictionary({name: pdfdoc.PDFObjectReference(name) for name in names})
        document.addPage(page)
    return bytes(document.GetPDFData(None))


def _content(page: BoundPage, names: Sequence[str]) -> bytes:
    lines = []
    for name, placed in zip(names, page.pictures, strict=True):
        up = page.height - placed.y - placed.height
        box = f"{placed.width * mm:.4f} 0 0 {placed.height * mm:.4f} {placed.x * mm:.4f} {up * mm:.4f}"
        lines.append(f"q {box} cm /{name} Do Q\n")
    return "".join(lines).encode("ascii")
