"""A page in millimetres from the top left corner, with the few colours and lines that the forms use.

It writes the operators of a content stream (ISO 32000-1, 8 and 9) itself: most of a page is short texts and lines,
and that is the part of drawing that repeats a hundred times a page.
"""

from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.units import mm

from sscard_desk.paper.fitting import Fitted
from sscard_desk.paper.fonts import Typeface, regular, semibold

INK: Final = ".09 .13 .184"
INK2: Final = ".275 .329 .404"
INK3: Final = ".345 .4 .478"
RULE: Final = ".604 .647 .706"
GROUND: Final = ".949 .961 .973"
BLACK: Final = "0 0 0"
FRAME_PT: Final = 0.9
RULE_PT: Final = 0.4
_ASCENT: Final = 0.88
MIDDLE: Final = 0.37 / mm
"""From the middle of a line's characters down to its base line, in mm for each point of type size."""
_GROUP_GAP: Final = 0.8
PALE: Final = "Pale"
"""The graphics state of the watermark: nearly transparent."""


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
    """How a text looks: size in points, weight, colour (three parts of one, red, green and blue)."""

    size: float
    bold: bool = False
    colour: str = INK

    @property
    def face(self) -> Typeface:
        """The typeface of the weight."""
        return semibold() if self.bold else regular()


class _Line:
    """A line of text in a document's own codes: its width in thousandths of the size, and its operators.

    Args:
        width: in thousandths of the type size.
        runs: font and operand of each piece in one subset.
    """

    __slots__ = ("operators", "runs", "size", "width")

    def __init__(self, width: float, runs: tuple[tuple[str, str], ...]) -> None:
        self.width = width
        self.runs = runs
        self.size = 0.0
        self.operators = ""

    def sized(self, size: float) -> str:
        """Return the operators that show it in a type size, kept for the next time."""
        self.size = size
        self.operators = " ".join(f"{font} {size:g} Tf {operand} Tj" for font, operand in self.runs)
        return self.operators


class Pen:
    """Draws page after page of one document; lengths in mm, y downwards.

    Args:
        doc: the reportlab document, which gives each character its code.
        page_height: of the sheet in mm.
    """

    def __init__(self, doc: Any, page_height: float) -> None:
        self._doc = doc
        self._top = page_height
        self._code: list[str] = []
        self._set: tuple[str, str, float] = ("", "", 0.0)
        self._lines: dict[tuple[str, bool], _Line] = {}

    def take_page(self) -> bytes:
        """Return the content stream that was drawn since the last time, and begin a new one."""
        made = "\n".join(self._code)
        self._code = []
        self._set = ("", "", 0.0)
        return made.encode("latin-1")

    def know(self, characters: str) -> None:
        """Give characters their codes now: those that stand together in one subset are shown by one operator."""
        for bold in (False, True):
            self._split(characters, bold)

    def _y(self, y: float) -> float:
        return float((self._top - y) * mm)

    def _filled(self, colour: str) -> None:
        fill, stroke, weight = self._set
        if fill != colour:
            self._code.append(f"{colour} rg")
            self._set = (colour, stroke, weight)

    def _stroked(self, colour: str, points: float) -> None:
        fill, stroke, weight = self._set
        if stroke != colour:
            self._code.append(f"{colour} RG")
        if weight != points:
            self._code.append(f"{points:g} w")
        self._set = (fill, colour, points)

    def width(self, text: str, style: Style) -> float:
        """Return a text's width in mm."""
        return self._split(text, style.bold).width * style.size / 1000 / float(mm)

    def _split(self, text: str, bold: bool) -> "_Line":
        found = self._lines.get((text, bold))
        if found is None:
            face = semibold() if bold else regular()
            found = self._lines[text, bold] = _Line(face.width(text, 1000.0), self._runs(face, text))
        return found

    def _runs(self, face: Typeface, text: str) -> tuple[tuple[str, str], ...]:
        return tuple(
            (font.getSubsetInternalName(subset, self._doc), _literal(codes))
            for font, piece in face.runs(text)
            for subset, codes in font.splitString(piece, self._doc)
        )

    def text(self, x: float, y: float, text: str, style: Style, align: str = "left") -> float:
        """Write one line with its base line at y; return the x behind it.

        Args:
            x: left edge, centre or right edge, as `align` says.
            y: base line.
            text: one line.
            style: how it looks.
            align: `left`, `center` or `right`.
        """
        self._filled(style.colour)
        return self._line(x, y, self._split(text, style.bold), style.size, align)

    def _line(self, x: float, y: float, line: "_Line", size: float, align: str) -> float:
        width = line.width * size / 1000 / mm
        left = x if align == "left" else x - width / 2 if align == "center" else x - width
        shown = line.operators if line.size == size else line.sized(size)
        self._code.append(f"BT 1 0 0 1 {left * mm:.2f} {(self._top - y) * mm:.2f} Tm {shown} ET")
        return float(left + width)

    def lines(self, place: Place, fitted: Fitted, style: Style, align: str = "left") -> None:
        """Write fitted lines centred in the height of a place, from its left edge or as `align` says."""
        size = fitted.size
        step = size * fitted.leading / mm
        base = place.y + place.height / 2 - (len(fitted.lines) - 1) * step / 2 + size * MIDDLE
        x = place.x if align == "left" else place.centre if align == "center" else place.x + place.width
        self._filled(style.colour)
        for text in fitted.lines:
            self._line(x, base, self._split(text, style.bold), size, align)
            base += step

    def grouped(self, x: float, y: float, number: str, cuts: tuple[int, ...], style: Style) -> None:
        """Write a number in groups for the eye that is copied as one word (ActualText, ISO 32000-1, 14.9.4)."""
        self._code.append(f"/Span << /ActualText <FEFF{number.encode('utf-16-be').hex().upper()}> >> BDC")
        start = 0
        for end in cuts:
            x = self.text(x, y, number[start:end], style) + _GROUP_GAP
            start = end
        self._code.append("EMC")

    def paragraph(self, x: float, y: float, fitted: Fitted, style: Style) -> float:
        """Write fitted lines from y downwards; return the y below them."""
        step = fitted.size * fitted.leading / mm
        shown = Style(fitted.size, style.bold, style.colour)
        for number, line in enumerate(fitted.lines):
            self.text(x, y + fitted.size * _ASCENT / mm + number * step, line, shown)
        return float(y + len(fitted.lines) * step)

    def line(self, x1: float, y1: float, x2: float, y2: float, *, weight: float = RULE_PT, colour: str = RULE) -> None:
        """Draw a straight line; weight in points."""
        self._stroked(colour, weight)
        self._code.append(f"{x1 * mm:.2f} {self._y(y1):.2f} m {x2 * mm:.2f} {self._y(y2):.2f} l S")

    def frame(self, place: Place, *, weight: float = FRAME_PT, colour: str = INK, dashed: bool = False) -> None:
        """Draw a rectangle's outline; weight in points."""
        self._stroked(colour, weight)
        drawn = f"{self._rectangle(place)} S"
        self._code.append(f"[3 2.5] 0 d {drawn} [] 0 d" if dashed else drawn)

    def fill(self, place: Place, colour: str) -> None:
        """Fill a rectangle."""
        self._filled(colour)
        self._code.append(f"{self._rectangle(place)} f")

    def _rectangle(self, place: Place) -> str:
        corner = self._y(place.y + place.height)
        return f"{place.x * mm:.2f} {corner:.2f} {place.width * mm:.2f} {place.height * mm:.2f} re"

    def marks(self, place: Place, columns: int, rows: int, shapes: str) -> None:
        """Fill black modules as one shape, so that neighbours leave no seam.

        Args:
            place: where the marks stand.
            columns: how many modules it is wide.
            rows: how many modules it is high.
            shapes: rectangles in modules from the upper left corner, as `re` operators.
        """
        self._code.append(
            f"q {place.width * mm / columns:.5f} 0 0 {-place.height * mm / rows:.5f} {place.x * mm:.3f} "
            f"{self._y(place.y):.3f} cm 0 g {shapes} f Q"
        )

    def tick_box(self, x: float, y: float, side: float) -> None:
        """Draw a box to tick with its upper left corner at x, y."""
        self.frame(Place(x, y, side, side), weight=0.7)

    def tick(self, x: float, y: float, side: float) -> None:
        """Tick the box with its upper left corner at x, y."""
        self._stroked(INK, 1.3)
        points = ((0.2, 0.52, "m"), (0.42, 0.76, "l"), (0.84, 0.2, "l"))
        drawn = " ".join(f"{(x + a * side) * mm:.2f} {self._y(y + b * side):.2f} {what}" for a, b, what in points)
        self._code.append(f"{drawn} S")

    def circle(self, x: float, y: float, radius: float, *, weight: float = 0.6, colour: str = INK3) -> None:
        """Draw a dashed circle around x, y."""
        self._stroked(colour, weight)
        cx, cy, r = x * mm, self._y(y), radius * mm
        k = r * 0.5523
        self._code.append(
            f"[3 2.5] 0 d {cx + r:.2f} {cy:.2f} m "
            f"{cx + r:.2f} {cy + k:.2f} {cx + k:.2f} {cy + r:.2f} {cx:.2f} {cy + r:.2f} c "
            f"{cx - k:.2f} {cy + r:.2f} {cx - r:.2f} {cy + k:.2f} {cx - r:.2f} {cy:.2f} c "
            f"{cx - r:.2f} {cy - k:.2f} {cx - k:.2f} {cy - r:.2f} {cx:.2f} {cy - r:.2f} c "
            f"{cx + k:.2f} {cy - r:.2f} {cx + r:.2f} {cy - k:.2f} {cx + r:.2f} {cy:.2f} c S [] 0 d"
        )

    def picture(self, place: Place, name: str) -> None:
        """Place a picture of the document by its name."""
        self._code.append(
            f"q {place.width * mm:.2f} 0 0 {place.height * mm:.2f} {place.x * mm:.2f} "
            f"{self._y(place.y + place.height):.2f} cm /{name} Do Q"
        )

    def watermark(self, text: str, page_width: float) -> None:
        """Write a word across the page, pale and on top, so that no ground hides it."""
        style = Style(110, bold=True)
        line = self._split(text, style.bold)
        half, shown = line.width * style.size / 2000, line.sized(style.size)
        cos, sin = 0.788011, 0.615661  # 38 degrees
        self._code.append(
            f"q /{PALE} gs .35 .4 .48 rg "
            f"{cos} {sin} {-sin} {cos} {page_width / 2 * mm:.2f} {self._top / 2 * mm:.2f} cm "
            f"BT 1 0 0 1 {-half:.2f} {-style.size * MIDDLE * mm:.2f} Tm {shown} ET Q"
        )


def _literal(codes: bytes) -> str:
    """Return a string operand (ISO 32000-1, 7.3.4.2)."""
    text = codes.decode("latin-1").replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"({text.replace(chr(13), chr(92) + 'r')})"
