"""Whether a page can be read: is anything on it, are its edges sharp, does ink stand out, is nothing cut off.

The measures are our own (no source); their limits stand in `resources/cases/documents.toml`. They say nothing of what
stands there.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.domain.scanned_document import PageCheck
from sscard_desk.forms.document_kinds import DocumentKind
from sscard_desk.imaging.pages.pose import MM_PER_INCH

FAINT: Final = 30
"""Levels below the paper around it from which a pixel counts as ink."""
PAPER_MM: Final = 4.0
EDGE: Final = 40.0
"""Height of a step in levels, from which its sharpness is measured."""
RIM_MM: Final = 0.6
CUT_MM: Final = 3.0
"""Ink along the rim for so long was cut off; a scanner's shadow is thinner, and lies on the lid."""
SIZE_OFF: Final = 0.03


def checks(
    page: NDArray[np.uint8], kind: DocumentKind, *, cut: float = 0.0, size_off: float | None = None
) -> tuple[PageCheck, ...]:
    """Return what was measured on a finished page.

    Args:
        page: the picture as it is kept, grey, at `kind.dpi`.
        kind: holds the limits.
        cut: mm of ink along the edge of the scanner's own area.
        size_off: by what part a card is larger than it truly is; None where no card was found, 0.0 for pages.
    """
    ink = _ink(page, kind.dpi)
    share = float(np.count_nonzero(ink)) / ink.size
    found = [PageCheck("empty", round(share, 5), kind.ink, share >= kind.ink)]
    if found[0].met:
        sharp, contrast = sharpness(page, ink), _contrast(page, ink)
        found.append(PageCheck("sharp", round(sharp, 3), kind.sharp, sharp >= kind.sharp))
        found.append(PageCheck("contrast", round(contrast, 1), kind.contrast, contrast >= kind.contrast))
    found.append(PageCheck("edges", round(cut, 1), CUT_MM, cut < CUT_MM))
    if kind.card_width:
        there = size_off is not None
        found.append(PageCheck("found", float(there), 1.0, there))
        if size_off is not None:
            found.append(PageCheck("size", round(size_off, 3), SIZE_OFF, abs(size_off) <= SIZE_OFF))
    return tuple(found)


def sharpness(page: NDArray[np.uint8], ink: NDArray[np.bool_]) -> float:
    """Return 0.0 (washed out) to 1.0: which part of the height of a text's edges is climbed within two pixels.

    Args:
        page: grey.
        ink: where ink is.
    """
    near = cv2.dilate(ink.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    high = cv2.dilate(page, np.ones((9, 9), np.uint8)).astype(np.int16)
    low = cv2.erode(page, np.ones((9, 9), np.uint8)).astype(np.int16)
    steep_high = cv2.dilate(page, np.ones((3, 3), np.uint8)).astype(np.int16)
    steep_low = cv2.erode(page, np.ones((3, 3), np.uint8)).astype(np.int16)
    height = high - low
    step = near & (height >= EDGE)
    if not step.any():
        return 0.0
    climbed = (steep_high - steep_low)[step] / height[step]
    return float(np.percentile(climbed, 85))


def cut_mm(scan: NDArray[np.uint8], dpi: float) -> float:
    """Return the longest ink along an edge of the scanner's area in mm: what lies there goes on beyond it.

    Args:
        scan: the whole picture as it came, grey.
        dpi: its resolution.
    """
    rim = max(1, round(RIM_MM / MM_PER_INCH * dpi))
    ink = _ink(scan, dpi)
    sides = (ink[:rim].any(0), ink[-rim:].any(0), ink[:, :rim].any(1), ink[:, -rim:].any(1))
    return max(float(np.count_nonzero(side)) for side in sides) / dpi * MM_PER_INCH


def _ink(page: NDArray[np.uint8], dpi: float) -> NDArray[np.bool_]:
    """Return where the page is darker than the paper around; the paper is looked at in a sixth of the resolution."""
    size = (max(1, page.shape[1] // 6), max(1, page.shape[0] // 6))
    small = cv2.resize(page, size, interpolation=cv2.INTER_AREA)
    side = max(3, round(PAPER_MM / MM_PER_INCH * dpi / 6) | 1)
    paper = cv2.blur(cv2.dilate(small, np.ones((side, side), np.uint8)), (side, side))
    around = cv2.resize(paper, (page.shape[1], page.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.subtract(around, page) > FAINT, np.bool_)


def _contrast(page: NDArray[np.uint8], ink: NDArray[np.bool_]) -> float:
    """Return the difference between the paper and the darker half of the ink, 0 to 255."""
    return float(np.median(page[~ink])) - float(np.percentile(page[ink], 25))
