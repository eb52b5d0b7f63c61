"""A scanner's picture becomes a page of a document: cut out, straightened, checked, packed."""

from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.domain.portrait import Preview
from sscard_desk.domain.scanned_document import DocumentPage
from sscard_desk.forms.document_kinds import Cut, DocumentKind
from sscard_desk.imaging.documents.legibility import checks, cut_mm
from sscard_desk.imaging.documents.outline import LOOK_DPI, Outline, find_card, find_content
from sscard_desk.imaging.documents.skew import skew_of
from sscard_desk.imaging.jpeg import encode
from sscard_desk.imaging.pages.pose import MM_PER_INCH, WHITE
from sscard_desk.imaging.pages.sheets import grey

MARGIN_MM: Final = 4.0
MOST: Final = 0.4
"""What covers more of the glass than that is a whole sheet, which keeps its margins."""
STRAIGHT: Final = 0.1
"""Degrees that are left as they are."""
PREVIEW: Final = 220
"""Height and width of a preview in px at most."""
WORSE: Final = 10
LEAST_QUALITY: Final = 30


def make_page(scan: NDArray[np.uint8], dpi: float, kind: DocumentKind) -> DocumentPage:
    """Return the page that a scan shows.

    Args:
        scan: grey or BGR.
        dpi: its resolution.
        kind: how it is kept.
    """
    if kind.grey:
        scan = grey(scan)
    cut = cut_mm(grey(scan), dpi)
    if kind.cut is Cut.CARD:
        card = find_card(scan, dpi, kind.card_width, kind.card_height)
        if card is not None:
            off = float(
                np.sqrt(card.width * card.height * (MM_PER_INCH / dpi) ** 2 / (kind.card_width * kind.card_height)) - 1
            )
            true = Outline(
                card.centre, kind.card_width / MM_PER_INCH * dpi, kind.card_height / MM_PER_INCH * dpi, card.degrees
            )
            page = _cut_out(scan, true if abs(off) <= 0.5 else card, dpi, kind.dpi)  # noqa: PLR2004 - never so far
            return _packed(page, kind, card.degrees, cut=0.0 if _inside(card, scan) else cut, size_off=off)
        return _packed(_cut_out(scan, _whole(scan), dpi, kind.dpi), kind, 0.0, cut=cut, size_off=None)
    degrees = skew_of(scan, dpi)
    area = replace(_whole(scan), degrees=degrees if abs(degrees) >= STRAIGHT else 0.0)
    if kind.cut is Cut.CONTENT:
        area = _content(scan, dpi, area) or area
    return _packed(_cut_out(scan, area, dpi, kind.dpi), kind, area.degrees, cut=cut, size_off=0.0)


def turn_page(page: DocumentPage, kind: DocumentKind, quarters: int) -> DocumentPage:
    """Return a page turned clockwise."""
    turns = {1: cv2.ROTATE_90_CLOCKWISE, 2: cv2.ROTATE_180, 3: cv2.ROTATE_90_COUNTERCLOCKWISE}
    if quarters % 4 == 0:
        return page
    picture = np.asarray(cv2.imdecode(np.frombuffer(page.jpeg, np.uint8), cv2.IMREAD_UNCHANGED), np.uint8)
    turned = np.asarray(cv2.rotate(picture, turns[quarters % 4]), np.uint8)
    size = (page.height, page.width) if quarters % 2 else (page.width, page.height)
    return DocumentPage(
        jpeg=_jpeg(turned, kind),
        width=size[0],
        height=size[1],
        dpi=page.dpi,
        skew=page.skew,
        turned=(page.turned + quarters) % 4,
        checks=page.checks,
        preview=_preview(turned),
    )


def _whole(scan: NDArray[np.uint8]) -> Outline:
    height, width = scan.shape[:2]
    return Outline((width / 2, height / 2), float(width), float(height), 0.0)


def _inside(card: Outline, scan: NDArray[np.uint8]) -> bool:
    height, width = scan.shape[:2]
    corners = card.corners()
    return bool((corners >= 0).all() and (corners[:, 0] <= width).all() and (corners[:, 1] <= height).all())


def _content(scan: NDArray[np.uint8], dpi: float, whole: Outline) -> Outline | None:
    """Return what lies on the glass with a margin; None where it is the sheet itself, or nothing.

    Looked for in a small picture that is straightened, so that the scan itself is turned once.

    Args:
        scan: as it came.
        dpi: its resolution.
        whole: all of it, turned as its lines are.
    """
    straight = _cut_out(scan, whole, dpi, LOOK_DPI)
    found = find_content(straight, LOOK_DPI)
    height, width = straight.shape[:2]
    if found is None or found.width * found.height > MOST * width * height:
        return None
    margin = MARGIN_MM / MM_PER_INCH * LOOK_DPI
    left = max(0.0, found.centre[0] - found.width / 2 - margin)
    right = min(width, found.centre[0] + found.width / 2 + margin)
    top = max(0.0, found.centre[1] - found.height / 2 - margin)
    bottom = min(height, found.centre[1] + found.height / 2 + margin)
    scale, turn = dpi / LOOK_DPI, np.deg2rad(whole.degrees)
    across, down = ((left + right) - width) / 2 * scale, ((top + bottom) - height) / 2 * scale
    centre = (
        float(whole.centre[0] + across * np.cos(turn) - down * np.sin(turn)),
        float(whole.centre[1] + across * np.sin(turn) + down * np.cos(turn)),
    )
    return Outline(centre, (right - left) * scale, (bottom - top) * scale, whole.degrees)


def _cut_out(scan: NDArray[np.uint8], area: Outline, dpi: float, wanted: float) -> NDArray[np.uint8]:
    """Return an area of the scan, upright, at another resolution; white where it reaches beyond the scan."""
    scale = wanted / dpi
    size = (max(1, round(area.width * scale)), max(1, round(area.height * scale)))
    if area.degrees == 0.0:
        left, top = round(area.centre[0] - area.width / 2), round(area.centre[1] - area.height / 2)
        part = scan[max(0, top) : top + round(area.height), max(0, left) : left + round(area.width)]
        if (part.shape[1], part.shape[0]) == size:
            return np.ascontiguousarray(part)
        return np.asarray(
            cv2.resize(part, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC), np.uint8
        )
    corners = area.corners().astype(np.float32)[:3]
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]]], np.float32)
    if scale < 0.75:  # noqa: PLR2004 - below, a linear filter leaves pixels out
        scan = np.asarray(cv2.resize(scan, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
        corners = corners * np.float32(scale)
    matrix = cv2.getAffineTransform(corners, target)
    border = (WHITE, WHITE, WHITE)
    return np.asarray(cv2.warpAffine(scan, matrix, size, flags=cv2.INTER_LINEAR, borderValue=border), np.uint8)


def _packed(
    page: NDArray[np.uint8], kind: DocumentKind, degrees: float, *, cut: float, size_off: float | None
) -> DocumentPage:
    height, width = page.shape[:2]
    return DocumentPage(
        jpeg=_jpeg(page, kind),
        width=width / kind.dpi * MM_PER_INCH,
        height=height / kind.dpi * MM_PER_INCH,
        dpi=kind.dpi,
        skew=round(degrees, 2) or 0.0,
        checks=checks(grey(page), kind, cut=cut, size_off=size_off),
        preview=_preview(page),
    )


def _jpeg(page: NDArray[np.uint8], kind: DocumentKind) -> bytes:
    quality = kind.quality
    file = encode(page, quality, kind.dpi)
    while len(file) > kind.most_kb * 1000 and quality - WORSE >= LEAST_QUALITY:
        quality -= WORSE
        file = encode(page, quality, kind.dpi)
    return file


def _preview(page: NDArray[np.uint8]) -> Preview:
    height, width = page.shape[:2]
    scale = PREVIEW / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(page, size, interpolation=cv2.INTER_AREA)
    code = cv2.COLOR_GRAY2RGB if small.ndim == 2 else cv2.COLOR_BGR2RGB  # noqa: PLR2004 - height and width alone
    return Preview(size[0], size[1], cv2.cvtColor(small, code).tobytes())
