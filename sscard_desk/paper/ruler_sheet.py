"""A sheet that shows how a printer feeds paper: rulers along the edges and crosses at known places."""

from typing import Final

from sscard_desk.paper.document import Document
from sscard_desk.paper.drawing import ONE_AT_A_TIME
from sscard_desk.paper.pen import INK, Pen, Style
from sscard_desk.ports.paper import RulerFacts
from sscard_desk.texts import Catalogue, Language

WIDTH: Final = 210.0
HEIGHT: Final = 297.0
"""A4, ISO 216."""
CROSSES: Final = ((30.0, 30.0), (180.0, 30.0), (105.0, 148.5), (30.0, 267.0), (180.0, 267.0))
"""x and y in mm from the upper left corner of the sheet."""
_ARM: Final = 5.0
_TITLE: Final = Style(16, bold=True)
_TEXT: Final = Style(10)
_MARK: Final = Style(7)


def draw_ruler_sheet(facts: RulerFacts) -> bytes:
    """Return the sheet as PDF, one page A4; it holds nobody's data."""
    with ONE_AT_A_TIME:
        return _drawn(facts, Catalogue(Language(facts.language)))


def _drawn(facts: RulerFacts, texts: Catalogue) -> bytes:
    document = Document(WIDTH, HEIGHT)
    document.describe(texts("printing.sheet.title"), "", "")
    pen = Pen(document.doc, HEIGHT)
    _rulers(pen)
    for x, y in CROSSES:
        _cross(pen, x, y)
    pen.text(WIDTH / 2, 50, texts("printing.sheet.title"), _TITLE, "center")
    lines = (
        texts("printing.sheet.printer", name=facts.printer),
        texts("printing.sheet.offset", x=f"{facts.x_mm:+.1f}", y=f"{facts.y_mm:+.1f}"),
        texts("printing.sheet.at", time=f"{facts.at.astimezone():%Y-%m-%d %H:%M}"),
        "",
        *(texts(f"printing.sheet.how_{n}") for n in (1, 2, 3)),
    )
    for number, line in enumerate(lines):
        if line:
            pen.text(35, 64 + number * 8, line, _TEXT)
    document.page(pen.take_page(), None, "")
    return document.finish()


def _rulers(pen: Pen) -> None:
    """Draw a tick for each millimetre along the upper and the left edge, 10 mm inside, longer ones for 5 and 10."""
    for mm in range(10, int(WIDTH) - 9):
        pen.line(mm, 10, mm, 10 + _tick(mm), weight=0.3, colour=INK)
        if mm % 10 == 0:
            pen.text(mm, 17, str(mm), _MARK, "center")
    for mm in range(10, int(HEIGHT) - 9):
        pen.line(10, mm, 10 + _tick(mm), mm, weight=0.3, colour=INK)
        if mm % 10 == 0 and mm > 10:  # noqa: PLR2004 - the corner's number stands at the other ruler
            pen.text(15, mm + 0.9, str(mm), _MARK)


def _tick(mm: int) -> float:
    return 4.0 if mm % 10 == 0 else 3.0 if mm % 5 == 0 else 2.0


def _cross(pen: Pen, x: float, y: float) -> None:
    pen.line(x - _ARM, y, x + _ARM, y, weight=0.4, colour=INK)
    pen.line(x, y - _ARM, x, y + _ARM, weight=0.4, colour=INK)
    pen.text(x + 1.5, y - 1.5, f"{x:g}, {y:g}", _MARK)
