"""Recognises one side of a sheet: codes, how it lies, boxes, cut-outs, fields."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.domain.errors.operator import FormCodesTorn, FormNotStraightened, NoFormOnPage
from sscard_desk.domain.errors.returned import SeveralFormsOnPage
from sscard_desk.domain.form_scan import STRAIGHT_DPI, CutOutPicture, FormPage, TickPlace, TickReading
from sscard_desk.domain.numbers.form_serial import FormSerial, parse_form_serial
from sscard_desk.domain.portrait import Preview
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.places import cut_out_areas, field_areas, printed_lines
from sscard_desk.forms.shelf import Shelf
from sscard_desk.imaging.jpeg import encode
from sscard_desk.imaging.pages.boxes import read_box
from sscard_desk.imaging.pages.codes import CodesFound, read_codes
from sscard_desk.imaging.pages.guess import guess
from sscard_desk.imaging.pages.ink import levels
from sscard_desk.imaging.pages.lines import Anchor, Fit, fit
from sscard_desk.imaging.pages.pose import MM_PER_INCH, Pose, Rectangle
from sscard_desk.imaging.pages.sheets import grey
from sscard_desk.ports.form_reader import Expected

KEPT_PER_MM: Final = STRAIGHT_DPI / MM_PER_INCH
"""Pixels for a millimetre of the kept page: eight."""
CUT_PER_MM: Final = 12.0
"""Of signatures and receipts: 305 dpi."""
PAGE_QUALITY, CUT_QUALITY = 70, 85
MOST_RESIDUAL_MM: Final = 0.35
LEAST_SHARE: Final = 0.5
LIKE_A_FORM: Final = 0.45
"""A picture whose lines fit a layout this well is one of our forms, codes or not."""
QR_MM: Final = 20.0
QR_ABOVE_FOOT_MM: Final = 35.0
QUARTERS: Final = (0, 180, 90, 270)


@dataclass(frozen=True)
class _Known:
    """Which page it is and how it lies."""

    definition: FormDefinition
    serial: FormSerial
    page: int
    pages: int
    read_by: str
    digest: str

    @property
    def laid_out(self) -> bool:
        """Whether its areas stand where the layout has them; those of a list move with its rows."""
        return not self.definition.paper.lists()

    fit: Fit


Ticks = dict[str, tuple[TickPlace, ...]]
"""Places of the boxes by language of the print."""
TicksOf = Callable[[FormDefinition], Ticks]


def recognise(
    picture: NDArray[np.uint8],
    sheet: int,
    shelf: Shelf,
    ticks_of: TicksOf,
    expected: Expected | None,
) -> FormPage:
    """Recognise one side.

    Args:
        picture: uint8, grey or BGR.
        sheet: its number in the pile.
        shelf: the forms that there are.
        ticks_of: gives the boxes of a form by language.
        expected: what was typed, for torn codes.

    Raises:
        NoFormOnPage: no code of ours and no lines like a form's.
        FormCodesTorn: lines like a form's, and no code that can be read.
        FormKindUnknown, EditionUnknown: printed from a definition that is not here.
        FormNotStraightened: its lines do not lie as the layout says.
        SeveralFormsOnPage: codes of more than one paper.
    """
    flat = grey(picture)
    known = _know(flat, sheet, shelf, expected)
    pose, definition = known.fit.pose, known.definition
    layout = definition.paper
    straight = pose.straighten(picture, Rectangle(0, 0, layout.width, layout.height), KEPT_PER_MM)
    return FormPage(
        sheet=sheet,
        serial=str(known.serial),
        form=definition.name,
        edition=definition.edition,
        digest=known.digest,
        page=known.page,
        pages=known.pages,
        read_by=known.read_by,
        rotation=pose.quarter,
        skew=round(pose.skew, 2),
        dpi=round(pose.dpi, 1),
        pose=tuple(tuple(float(number) for number in row) for row in pose.matrix),
        residual=round(known.fit.residual, 3),
        ticks=_ticks(flat, pose, ticks_of(definition), known.page) if known.laid_out else (),
        cut_outs=tuple(_cut_outs(picture, known)) if known.laid_out else (),
        straight=encode(_colour(straight), PAGE_QUALITY, round(KEPT_PER_MM * MM_PER_INCH)),
        fields=_fields(straight, known) if known.laid_out else {},
    )


def _know(flat: NDArray[np.uint8], sheet: int, shelf: Shelf, expected: Expected | None) -> _Known:
    codes = read_codes(flat)
    if codes.several:
        raise SeveralFormsOnPage(sheet=sheet)
    if codes.mark is not None and codes.corners is not None:
        mark = codes.mark
        definition = shelf.find(mark.serial.letter, mark.edition)
        anchor = Anchor(_qr_corners(definition), codes.corners)
        fitted = _fit(flat, Pose.from_points(anchor.mm, anchor.px), definition, mark.page, sheet, anchor)
        return _Known(definition, mark.serial, mark.page, mark.pages, "qr", mark.digest, fitted)
    if codes.serial is not None and codes.bar_ends is not None:
        return _by_bars(flat, sheet, shelf, codes, expected)
    return _by_lines(flat, sheet, shelf, expected)


def _qr_corners(definition: FormDefinition) -> NDArray[np.float64]:
    layout = definition.paper
    right, top = layout.width - layout.margin, layout.height - QR_ABOVE_FOOT_MM
    left, bottom = right - QR_MM, top + QR_MM
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])


def _by_bars(flat: NDArray[np.uint8], sheet: int, shelf: Shelf, codes: CodesFound, expected: Expected | None) -> _Known:
    serial, ends = codes.serial, codes.bar_ends
    if serial is None or ends is None:
        raise NoFormOnPage(sheet=sheet)
    edition = expected.edition if expected and parse_form_serial(expected.serial) == serial else ""
    definition = shelf.find(serial.letter, edition)
    across = ends[1] - ends[0]
    quarter = round(float(np.degrees(np.arctan2(across[1], across[0]))) / 90) * 90 % 360
    found = guess(flat, (definition,), (quarter,))
    if found is None:
        raise FormNotStraightened(sheet=sheet)
    fitted = _fit(flat, found.pose, definition, found.page, sheet)
    return _Known(definition, serial, found.page, max(found.page, definition.paper.least_pages), "code128", "", fitted)


def _by_lines(flat: NDArray[np.uint8], sheet: int, shelf: Shelf, expected: Expected | None) -> _Known:
    if expected is None:
        found = guess(flat, shelf.all(), QUARTERS)
        if found is None or found.score < LIKE_A_FORM:
            raise NoFormOnPage(sheet=sheet)
        raise FormCodesTorn(sheet=sheet)
    serial = parse_form_serial(expected.serial)
    definition = shelf.find(serial.letter, expected.edition)
    found = guess(flat, (definition,), QUARTERS)
    if found is None or found.score < LIKE_A_FORM:
        raise NoFormOnPage(sheet=sheet)
    fitted = _fit(flat, found.pose, definition, found.page, sheet)
    return _Known(definition, serial, found.page, max(found.page, definition.paper.least_pages), "number", "", fitted)


def _fit(  # noqa: PLR0917 - one call of the fit for three ways to find a page
    flat: NDArray[np.uint8], pose: Pose, definition: FormDefinition, page: int, sheet: int, anchor: Anchor | None = None
) -> Fit:
    layout = definition.paper
    fitted = fit(flat, pose, printed_lines(layout, page), (layout.width, layout.height), anchor)
    if fitted.share < LEAST_SHARE or fitted.residual > MOST_RESIDUAL_MM:
        raise FormNotStraightened(sheet=sheet)
    return fitted


def _ticks(flat: NDArray[np.uint8], pose: Pose, by_language: Ticks, page: int) -> tuple[TickReading, ...]:
    """Read the boxes in the language in which their frames are seen best."""
    print_ = levels(flat)[1]
    best: list[TickReading] = []
    most = -1.0
    for places in by_language.values():
        here = [place for place in places if place.page == page]
        read = [read_box(flat, pose, place, print_) for place in here]
        seen = sum(clear for _, clear in read)
        if seen > most:
            most, best = seen, [reading for reading, _ in read]
    return tuple(best)


def _cut_outs(picture: NDArray[np.uint8], known: _Known) -> list[CutOutPicture]:
    made: list[CutOutPicture] = []
    for area in cut_out_areas(known.definition.paper, known.page):
        cut = known.fit.pose.straighten(picture, Rectangle(area.x, area.y, area.width, area.height), CUT_PER_MM)
        jpeg = encode(_colour(cut), CUT_QUALITY, round(CUT_PER_MM * MM_PER_INCH))
        made.append(CutOutPicture(area.name, cut.shape[1], cut.shape[0], jpeg))
    return made


def _fields(straight: NDArray[np.uint8], known: _Known) -> dict[str, Preview]:
    made: dict[str, Preview] = {}
    for area in field_areas(known.definition.paper, known.page):
        left, top = round(area.x * KEPT_PER_MM), round(area.y * KEPT_PER_MM)
        right, bottom = round((area.x + area.width) * KEPT_PER_MM), round((area.y + area.height) * KEPT_PER_MM)
        piece = cv2.cvtColor(_colour(straight[top:bottom, left:right]), cv2.COLOR_BGR2RGB)
        made[area.name] = Preview(piece.shape[1], piece.shape[0], piece.tobytes())
    return made


def _colour(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    flat = picture.ndim == 2  # noqa: PLR2004 - height and width alone
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), np.uint8) if flat else picture
