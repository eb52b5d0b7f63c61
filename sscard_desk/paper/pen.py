"""A canvas in millimetres from the top left corner, with the few colours and lines that the forms use."""

from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm

from sscard_desk.paper.fitting import Fitted
from sscard_desk.paper.fonts import Typeface, regular, semibold

INK: Final = HexColor("#17212F")
INK2: Final = HexColor("#465467")
INK3: Final = HexColor("#58667A")
RULE: Final = HexColor("#9AA5B4")
GROUND: Final = HexColor("#F2F5F8")
FRAME_PT: Final = 0.9
RULE_PT: Final = 0.4
_ASCENT: Final = 0.88
MIDDLE: Final = 0.37 / mm
"""From the middle of a line's characters down to its base line, in mm for each point of type size."""
_GROUP_GAP: Final = 0.8


@dataclass(frozen=True)
class Place:
    """A rectangle in mm from the left and top edge of the page."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The y of its middle."""
        return self.y + self.height / 2

    @property
    def centre(self) -> float:
        """The x of its middle."""
        return self.x + self.width / 2

    def inset(self, by: float) -> "Place":
        """Return it with less at the left and right."""
        return Place(self.x + by, self.y, self.width - 2 * by, self.height)


@dataclass(frozen=True)
class Style:
    """How a text looks: size in points, weight, colour."""

    size: float
    bold: bool = False
    colour: Color = INK

    @property
    def face(self) -> Typeface:
        """The typeface of the weight."""
        return semibold() if self.bold else regular()


class Pen:
    """Draws on one document; lengths in mm, y downwards.

    Args:
        canvas: the reportlab canvas.
        page_height: of the sheet in mm.
    """

    def __init__(self, canvas: Any, page_height: float) -> None:
        self.canvas = canvas
        self._top = page_height

    def _y(self, y: float) -> float:
        return float((self._top - y) * mm)

    def width(self, text: str, style: Style) -> float:
        """Return a text's width in mm."""
        return style.face.width(text, style.size) / float(mm)

    def text(self, x: float, y: float, text: str, style: Style, align: str = "left") -> float:
        """Write one line with its base line at y; return the x behind it.

        Args:
            x: left edge, centre or right edge, as `align` says.
            y: base line.
            text: one line.
            style: how it looks.
            align: `left`, `center` or `right`.
        """
        width = self.width(text, style)
        left = x - {"left": 0.0, "center": width / 2, "right": width}[align]
        self.canvas.setFillColor(style.colour)
        at = left
        for font, piece in style.face.runs(text):
            self.canvas.setFont(font.fontName, style.size)
            self.canvas.drawString(at * mm, self._y(y), piece)
            at += font.stringWidth(piece, style.size) / mm
        return left + width

    def lines(self, place: Place, fitted: Fitted, style: Style) -> None:
        """Write fitted lines from the left edge of a place, centred in its height."""
        step = fitted.size * fitted.leading / mm
        base = place.middle - (len(fitted.lines) - 1) * step / 2 + fitted.size * MIDDLE
        shown = Style(fitted.size, style.bold, style.colour)
        for number, line in enumerate(fitted.lines):
            self.text(place.x, base + number * step, line, shown)

    def grouped(self, x: float, y: float, number: str, cuts: tuple[int, ...], style: Style) -> None:
        """Write a number in groups for the eye that is copied as one word (ActualText, ISO 32000-1, 14.9.4)."""
        actual = number.encode("utf-16-be").hex().upper()
        self.canvas.addLiteral(f"/Span << /ActualText <FEFF{actual}> >> BDC")
        start = 0
        for end in cuts:
            x = self.text(x, y, number[start:end], style) + _GROUP_GAP
            start = end
        self.canvas.addLiteral("EMC")

    def paragraph(self, x: float, y: float, fitted: Fitted, style: Style) -> float:
        """Write fitted lines from y downwards; return the y below them."""
        step = fitted.size * fitted.leading / mm
        for number, line in enumerate(fitted.lines):
            self.text(
                x, y + fitted.size * _ASCENT / mm + number * step, line, Style(fitted.size, style.bold, style.colour)
            )
        return float(y + len(fitted.lines) * step)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, weight: float = RULE_PT, colour: Color = RULE
    ) -> None:
        """Draw a straight line; weight in points."""
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(weight)
        self.canvas.line(x1 * mm, self._y(y1), x2 * mm, self._y(y2))

    def frame(self, place: Place, *, weight: float = FRAME_PT, colour: Color = INK, dashed: bool = False) -> None:
        """Draw a rectangle's outline; weight in points."""
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(weight)
        if dashed:
            self.canvas.setDash(3, 2.5)
        corner = self._y(place.y + place.height)
        self.canvas.rect(place.x * mm, corner, place.width * mm, place.height * mm, stroke=1, fill=0)
        if dashed:
            self.canvas.setDash()

    def fill(self, x: float, y: float, width: float, height: float, colour: Color) -> None:
        """Fill a rectangle."""
        self.canvas.setFillColor(colour)
        self.canvas.rect(x * mm, self._y(y + height), width * mm, height * mm, stroke=0, fill=1)

    def bars(self, rectangles: list[tuple[float, float, float, float]]) -> None:
        """Fill many black rectangles (x, y, width, height) as one shape, so that neighbours leave no seam."""
        shapes = " ".join(
            f"{x * mm:.3f} {self._y(y + height):.3f} {width * mm:.3f} {height * mm:.3f} re"
            for x, y, width, height in rectangles
        )
        self.canvas.addLiteral(f"0 g {shapes} f")

    def tick_box(self, x: float, y: float, side: float, *, ticked: bool) -> None:
        """Draw a box to tick with its upper left corner at x, y."""
        self.frame(Place(x, y, side, side), weight=0.7)
        if ticked:
            path = self.canvas.beginPath()
            path.moveTo((x + 0.2 * side) * mm, self._y(y + 0.52 * side))
            path.lineTo((x + 0.42 * side) * mm, self._y(y + 0.76 * side))
            path.lineTo((x + 0.84 * side) * mm, self._y(y + 0.2 * side))
            self.canvas.setLineWidth(1.3)
            self.canvas.setStrokeColor(INK)
            self.canvas.drawPath(path, stroke=1, fill=0)

    def picture(self, place: Place, image: Any) -> None:
        """Place a picture (a reportlab ImageReader)."""
        corner = self._y(place.y + place.height)
        self.canvas.drawImage(image, place.x * mm, corner, place.width * mm, place.height * mm)

    def watermark(self, text: str, page_width: float) -> None:
        """Write a word across the page, pale and on top, so that no ground hides it."""
        style = Style(110, bold=True)
        self.canvas.saveState()
        self.canvas.setFillColor(Color(0.35, 0.4, 0.48, alpha=0.13))
        self.canvas.translate(page_width / 2 * mm, self._top / 2 * mm)
        self.canvas.rotate(38)
        self.canvas.setFont(style.face.own.fontName, style.size)
        self.canvas.drawCentredString(0, -style.size * MIDDLE * mm, text)
        self.canvas.restoreState()
