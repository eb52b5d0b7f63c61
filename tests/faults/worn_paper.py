"""Papers as they come back: marked with a pen, askew, turned, blurred, noisy, torn. Every step follows from a seed."""

import math
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.domain.form_scan import TickPlace
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.load import load_form
from sscard_desk.paper import PaperFacts, draw, render_page
from sscard_desk.paper.places import tick_places
from sscard_desk.texts import SIMPLIFIED_CHINESE, Language
from tests.forms.persons import LI_SI

Picture = NDArray[np.uint8]
PRINT_DPI = 300
PER_MM = PRINT_DPI / 25.4
SERIAL = "4201-03-26-00123-2-{letter}1"


@dataclass(frozen=True)
class Worn:
    """A page as a scanner sees it, and what is true of it.

    Attributes:
        picture: uint8, grey or BGR.
        page: which page of the form it is.
        rotation: quarter turn, clockwise.
        skew: degrees besides, clockwise.
        dpi: of the picture.
        matrix: 2 x 3, mm on the paper to px in the picture.
        penned: boxes that a pen ticked, as (field, code).
    """

    picture: Picture = field(repr=False)
    page: int
    rotation: int
    skew: float
    dpi: float
    matrix: NDArray[np.float64]
    penned: frozenset[tuple[str, str]]


def printed(
    name: str = "registration", language: Language = SIMPLIFIED_CHINESE, **answers: str
) -> tuple[bytes, list[Picture]]:
    """Return a form as PDF and its pages at 300 dpi, BGR; boxes are left for the pen unless answered here."""
    form = load_form(name)
    serial = SERIAL.format(letter=form.letter)
    facts = PaperFacts(
        application_no="4201-03-26-00123-2",
        serial=serial,
        copy=1,
        issued=datetime(2026, 11, 23, 2, 52, tzinfo=UTC),
        due=date(2026, 12, 7),
        service_point="城关街道社保服务点",
        printed_by="王丽",
        language=language,
    )
    own = LI_SI | {"pick_up": "", "applied_by": "", "chip_photo_consent": ""} | answers
    pdf = draw(form, own, facts)
    pages = []
    for page in range(form.paper.least_pages):
        width, height, rgb = render_page(pdf, page, PRINT_DPI)
        picture = np.frombuffer(rgb, np.uint8).reshape(height, width, 3)
        pages.append(np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), np.uint8))
    return pdf, pages


def wear(
    sheet: Picture,
    page: int,
    seed: int,
    *,
    definition: FormDefinition | None = None,
    dpi: float | None = None,
    rotation: int | None = None,
    colour: bool | None = None,
) -> Worn:
    """Return a printed page after a pen, a pocket and a scanner.

    Args:
        sheet: the page at 300 dpi, BGR.
        page: which page of the form it is.
        seed: everything follows from it.
        definition: whose boxes a pen may tick; none without.
        dpi: of the scan; 150, 200 or 300 without.
        rotation: quarter turn; 0 or 180 without.
        colour: whether the scan is in colour; either without.
    """
    chance = random.Random(seed)
    noise = np.random.default_rng(seed)
    sheet = sheet.copy()
    places = tick_places(definition, SIMPLIFIED_CHINESE) if definition else ()
    penned = _pen(sheet, [place for place in places if place.page == page], chance)
    _sign(sheet, chance)
    dpi = dpi or chance.choice((150.0, 200.0, 200.0, 300.0))
    rotation = chance.choice((0, 0, 0, 180)) if rotation is None else rotation
    skew = chance.uniform(-3, 3)
    picture, matrix = _lay(sheet, dpi, rotation + skew, chance)
    picture = cv2.GaussianBlur(picture, (0, 0), chance.uniform(0.3, 1.1))
    light, dark = chance.uniform(225, 254), chance.uniform(10, 60)
    grain = noise.normal(0, chance.uniform(1, 9), picture.shape).astype(np.float32)
    picture = np.clip(picture.astype(np.float32) / 255 * (light - dark) + dark + grain, 0, 255).astype(np.uint8)
    done, file = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, chance.randint(45, 90)])
    assert done
    mode = cv2.IMREAD_COLOR if (chance.random() < 0.5 if colour is None else colour) else cv2.IMREAD_GRAYSCALE
    return Worn(np.asarray(cv2.imdecode(file, mode), np.uint8), page, rotation, skew, dpi, matrix, penned)


def _pen(sheet: Picture, places: list[TickPlace], chance: random.Random) -> frozenset[tuple[str, str]]:
    """Tick one box of each choice, sometimes none; a hand does not stay in the box."""
    penned = []
    for name in dict.fromkeys(place.field for place in places):
        boxes = [place for place in places if place.field == name]
        if chance.random() < (0.15 if len(boxes) > 1 else 0.5):
            continue
        box = chance.choice(boxes)
        penned.append((box.field, box.code))
        _tick(sheet, box, chance)
    return frozenset(penned)


def _tick(sheet: Picture, box: TickPlace, chance: random.Random) -> None:
    ink = [(40, 30, 20), (140, 50, 30), (30, 30, 30)][chance.randrange(3)]
    shake = box.side * 0.12
    shapes = (
        [(0.1, 0.5), (0.4, 0.9), (1.15, -0.1)],
        [(0.15, 0.15), (0.85, 0.85), (0.5, 0.5), (0.85, 0.15), (0.15, 0.85)],
        [(0.2, 0.55), (0.45, 0.8), (0.85, 0.25)],
    )
    points = [
        (box.x + u * box.side + chance.gauss(0, shake), box.y + v * box.side + chance.gauss(0, shake))
        for u, v in chance.choice(shapes)
    ]
    line = np.array([[round(x * PER_MM * 8), round(y * PER_MM * 8)] for x, y in points], np.int32)
    cv2.polylines(sheet, [line], False, ink, max(2, round(chance.uniform(0.3, 0.6) * PER_MM)), cv2.LINE_AA, 3)


def _sign(sheet: Picture, chance: random.Random) -> None:
    """Write something like a name into the lower third."""
    x, y = chance.uniform(30, 50) * PER_MM, chance.uniform(195, 205) * PER_MM
    points = []
    for _ in range(24):
        x, y = x + chance.uniform(-0.5, 2.2) * PER_MM, y + chance.gauss(0, 1.6) * PER_MM
        points.append((round(x), round(y)))
    cv2.polylines(sheet, [np.array(points, np.int32)], False, (120, 40, 30), round(0.5 * PER_MM), cv2.LINE_AA)


def _lay(
    sheet: Picture, dpi: float, degrees: float, chance: random.Random
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Lay the sheet on a scanner's glass."""
    scale = dpi / 25.4
    height_mm, width_mm = (side / PER_MM for side in sheet.shape[:2])
    turned = round(degrees / 90) % 2 == 1
    size = (height_mm, width_mm) if turned else (width_mm, height_mm)
    width, height = (round(side * scale) for side in size)
    cos, sin = math.cos(math.radians(degrees)) * scale, math.sin(math.radians(degrees)) * scale
    shear, stretch = chance.gauss(0, 0.0008), 1 + chance.gauss(0, 0.002)
    linear = np.array([[cos, -sin], [sin, cos]]) @ np.array([[stretch, shear], [0, 1]])
    middle = np.array([width / 2 + chance.gauss(0, 1.2) * scale, height / 2 + chance.gauss(0, 1.2) * scale])
    matrix = np.column_stack([linear, middle - linear @ np.array([width_mm / 2, height_mm / 2])])
    soft = sheet if dpi >= PRINT_DPI else cv2.GaussianBlur(sheet, (0, 0), 0.35 * PRINT_DPI / dpi)
    from_px = np.column_stack([linear / PER_MM, matrix[:, 2]])
    back = from_px.copy()
    back[:, 2] += linear @ np.array([0.5, 0.5]) / PER_MM - 0.5
    lid = chance.randint(205, 255)
    laid = cv2.warpAffine(soft, back, (width, height), flags=cv2.INTER_AREA, borderValue=(lid, lid, lid))
    return laid.astype(np.float32), matrix


def tear(picture: Picture, matrix: NDArray[np.float64], *rectangles: tuple[float, float, float, float]) -> Picture:
    """Return a scan with pieces of the paper gone: x, y, width, height in mm each."""
    torn = picture.copy()
    for x, y, width, height in rectangles:
        corners = np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]])
        points = np.round(corners @ matrix[:, :2].T + matrix[:, 2]).astype(np.int32)
        cv2.fillPoly(torn, [points], (250, 250, 250))
    return torn


QR_PLACE = (180.0, 258.0, 10.0, 26.0)
BAR_PLACE = (20.0, 262.0, 30.0, 18.0)
"""Where a tear takes the QR code, and where the bar code."""
