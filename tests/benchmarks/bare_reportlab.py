"""The peer of the paper benchmarks: the same texts, boxes, pictures and codes drawn by a plain reportlab canvas.

`Recording` notes what our own drawing puts on each page; `replay` draws exactly that with `drawString`, `line`, `rect`,
`drawImage` and the same two code libraries, one call after another, as a program would that has no parts in common.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any, ClassVar
from unittest.mock import patch

from barcode.codex import Code128
from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from sscard_desk.paper import coverage, drawing, edges, master
from sscard_desk.paper.machine_marks import MODULE_MM, modules_of
from sscard_desk.paper.pen import Pen, Place, Style

Page = list[tuple[Any, ...]]


class Recording(Pen):
    """A pen that draws and notes."""

    pages: ClassVar[list[Page]] = []
    noted: ClassVar[Page] = []

    def take_page(self) -> bytes:
        Recording.pages.append(Recording.noted)
        Recording.noted = []
        return super().take_page()

    def text(self, x: float, y: float, text: str, style: Style, align: str = "left") -> float:
        end = super().text(x, y, text, style, align)
        Recording.noted.append(("text", end - self.width(text, style), y, text, style))
        return end

    def line(self, x1: float, y1: float, x2: float, y2: float, *, weight: float = 0.4, colour: str = "0 0 0") -> None:
        Recording.noted.append(("line", x1, y1, x2, y2, weight, colour))

    def frame(self, place: Place, *, weight: float = 0.9, colour: str = "0 0 0", dashed: bool = False) -> None:
        Recording.noted.append(("frame", place, weight, colour, dashed))

    def fill(self, place: Place, colour: str) -> None:
        Recording.noted.append(("fill", place, colour))

    def picture(self, place: Place, name: str) -> None:
        Recording.noted.append(("picture", place, name))


@contextmanager
def recording() -> Iterator[list[Page]]:
    """Note every page that is drawn inside; a form's fixed part comes first, page by page."""
    master._masters.clear()
    Recording.pages, Recording.noted = [], []

    def barcode(_pen: Pen, x: float, y: float, height: float, text: str) -> None:
        Recording.noted.append(("barcode", x, y, height, text))

    def qr(_pen: Pen, x: float, y: float, side: float, text: str) -> None:
        Recording.noted.append(("qr", x, y, side, text))

    with (
        patch.object(drawing, "Pen", Recording),
        patch.object(master, "Pen", Recording),
        patch.object(edges, "barcode", barcode),
        patch.object(edges, "qr", qr),
    ):
        yield Recording.pages
    master._masters.clear()


class Bare:
    """A plain canvas for one document; sizes in mm."""

    def __init__(self, width: float, height: float) -> None:
        self.target, self.top = io.BytesIO(), height
        if "BareSans" not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont("BareSans", str(coverage.REGULAR)))
            pdfmetrics.registerFont(TTFont("BareBold", str(coverage.SEMIBOLD)))
            for number, path in enumerate(coverage.fallbacks()):
                pdfmetrics.registerFont(TTFont(f"BareRare{number}", str(path)))
        self.rare = [pdfmetrics.getFont(f"BareRare{n}") for n in range(len(coverage.fallbacks()))]
        self.canvas = Canvas(self.target, pagesize=(width * mm, height * mm), pageCompression=1)

    def replay(self, page: Page, photo: bytes | None) -> None:
        canvas, top = self.canvas, self.top
        for op, *args in page:
            if op == "text":
                x, y, text, style = args
                canvas.setFillColor(colour(style.colour))
                for name, piece in self.runs(text, "BareBold" if style.bold else "BareSans"):
                    canvas.setFont(name, style.size)
                    canvas.drawString(x * mm, (top - y) * mm, piece)
                    x += pdfmetrics.stringWidth(piece, name, style.size) / mm
            elif op == "line":
                x1, y1, x2, y2, weight, shade = args
                canvas.setStrokeColor(colour(shade))
                canvas.setLineWidth(weight)
                canvas.line(x1 * mm, (top - y1) * mm, x2 * mm, (top - y2) * mm)
            elif op in {"frame", "fill"}:
                self.box(op, *args)
            elif op == "picture" and photo:
                place = args[0]
                at = (place.x * mm, (top - place.y - place.height) * mm, place.width * mm, place.height * mm)
                canvas.drawImage(ImageReader(io.BytesIO(photo)), *at)
            elif op == "barcode":
                x, y, height, text = args
                self.modules([Code128(text).build()[0]], x, y, MODULE_MM, height)
            elif op == "qr":
                x, y, side, text = args
                rows = modules_of.__wrapped__(text)
                self.modules(
                    ["".join("01"[bit] for bit in row) for row in rows], x, y, side / len(rows), side / len(rows)
                )

    def runs(self, text: str, name: str) -> list[tuple[str, str]]:
        known = pdfmetrics.getFont(name).face.charToGlyph

        def font_of(character: str) -> str:
            if ord(character) in known:
                return name
            return next((font.fontName for font in self.rare if ord(character) in font.face.charToGlyph), name)

        return [(font, "".join(piece)) for font, piece in groupby(text, key=font_of)]

    def box(self, op: str, place: Place, *args: Any) -> None:
        at = (place.x * mm, (self.top - place.y - place.height) * mm, place.width * mm, place.height * mm)
        if op == "fill":
            self.canvas.setFillColor(colour(args[0]))
            self.canvas.rect(*at, stroke=0, fill=1)
            return
        weight, shade, dashed = args
        self.canvas.setStrokeColor(colour(shade))
        self.canvas.setLineWidth(weight)
        self.canvas.setDash([3, 2.5] if dashed else [])
        self.canvas.rect(*at, stroke=1, fill=0)

    def modules(self, rows: list[str], x: float, y: float, width: float, height: float) -> None:
        self.canvas.setFillColor(Color(0, 0, 0))
        for number, row in enumerate(rows):
            at = 0
            for bit, run in groupby(row):
                count = len(list(run))
                if bit == "1":
                    bottom = (self.top - y - (number + 1) * height) * mm
                    self.canvas.rect((x + at * width) * mm, bottom, count * width * mm, height * mm, stroke=0, fill=1)
                at += count

    def finish(self) -> bytes:
        self.canvas.save()
        return self.target.getvalue()


def colour(parts: str) -> Color:
    return Color(*map(float, parts.split()))
