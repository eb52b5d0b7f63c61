"""Where a page lies when its QR code is torn: by its lines alone, held against every layout that it may be."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.layout import PaperLayout
from sscard_desk.forms.places import printed_lines
from sscard_desk.imaging.pages.ink import darkness, levels
from sscard_desk.imaging.pages.lines import line_map
from sscard_desk.imaging.pages.pose import WHITE, Pose, Rectangle

PER_MM: Final = 3.0
AROUND_MM: Final = 14.0
"""How far the paper may lie off the middle of the scan."""
_SHRUNK: Final = 2.5
"""Pixels for a millimetre while the skew is measured."""
_THIN_PX: Final = 5
"""What is broader than this is no print: the scanner's lid, a shadow, a hand's breadth of missing paper."""
_MOST_SKEW: Final = 12.0
_SEARCH: Final = ((_MOST_SKEW, 0.75), (0.75, 0.25), (0.2, 0.05))
"""How far around the best angle so far, and in which steps, in degrees."""


@dataclass(frozen=True)
class Guess:
    """One way in which a page may lie; the higher `score` (-1.0 to 1.0), the better its lines fit the layout."""

    definition: FormDefinition
    page: int
    pose: Pose
    score: float


def skew_of(picture: NDArray[np.uint8], scale: float) -> float:
    """Return by how many degrees a page's lines lie off level and upright, clockwise positive; 0.0 on a blank page.

    The page is turned back by one angle after another; where rows and columns of its ink differ most from their
    neighbours, its lines lie level (projection profiles; Postl, ICPR 1986).

    Args:
        picture: uint8, height x width, grey.
        scale: about how many pixels a millimetre has.
    """
    ratio = min(1.0, _SHRUNK / scale)
    small = cv2.resize(picture, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA)
    ink = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((_THIN_PX, _THIN_PX), np.uint8))
    best = 0.0
    for reach, step in _SEARCH:
        angles = best + np.arange(-reach, reach + step / 2, step)
        best = float(angles[int(np.argmax([_level(np.asarray(ink, np.uint8), angle) for angle in angles]))])
    return best if abs(best) <= _MOST_SKEW else 0.0


def _level(ink: NDArray[np.uint8], degrees: float) -> float:
    """Return how much neighbouring rows and columns differ when the page is turned back by an angle."""
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_LINEAR)
    rows = cv2.reduce(turned, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32F).ravel()
    columns = cv2.reduce(turned, 0, cv2.REDUCE_SUM, dtype=cv2.CV_32F).ravel()
    return float((np.diff(rows) ** 2).sum() + (np.diff(columns) ** 2).sum())


def guess(
    picture: NDArray[np.uint8], forms: tuple[FormDefinition, ...], quarters: tuple[int, ...], scale: float | None = None
) -> Guess | None:
    """Return the best way in which a picture may be a page of one of these forms.

    Args:
        picture: uint8, height x width, grey.
        forms: what it may be.
        quarters: by how many degrees it may be turned; those that do not fit its shape are left out.
        scale: pixels for a millimetre where a code told it; else the scan is taken to be as large as the paper.
    """
    height, width = picture.shape
    skew = skew_of(picture, scale or min(height, width) / forms[0].paper.width) if forms else 0.0
    best: Guess | None = None
    of_size: dict[tuple[float, float], dict[int, NDArray[np.float32]]] = {}
    for definition in forms:
        layout = definition.paper
        if layout.lists():
            continue  # its lines say nothing of which page it is
        middle, lies = (layout.width / 2, layout.height / 2), (width / 2, height / 2)
        seen = of_size.setdefault(size_of(layout), {})
        for quarter in quarters:
            upright = quarter % 180 == 0
            if upright != ((height >= width) == (layout.height >= layout.width)):
                continue
            per_mm = scale or width / (layout.width if upright else layout.height)
            pose = Pose.turned(per_mm, quarter + skew, middle, lies)
            if quarter not in seen:
                opposite = seen.get((quarter + 180) % 360)  # half a turn about the middle turns what is seen
                seen[quarter] = _seen(picture, pose, *size_of(layout)) if opposite is None else opposite[::-1, ::-1]
            for page in range(1, layout.pages + 1):
                score, x, y = _match(np.ascontiguousarray(seen[quarter]), definition, page)
                if best is None or score > best.score:
                    best = Guess(definition, page, pose.after(np.array([[1.0, 0, x], [0, 1.0, y]])), score)
    return best


def size_of(layout: PaperLayout) -> tuple[float, float]:
    """Return width and height of a layout's sheet in mm."""
    return layout.width, layout.height


def _seen(picture: NDArray[np.uint8], pose: Pose, width: float, height: float) -> NDArray[np.float32]:
    around = Rectangle(-AROUND_MM, -AROUND_MM, width + 2 * AROUND_MM, height + 2 * AROUND_MM)
    flat = pose.straighten(picture, around, PER_MM)
    dark = np.asarray(darkness(flat, *levels(flat)) * WHITE, np.uint8)
    return _soft(np.asarray(line_map(dark, round(10 * PER_MM)) / WHITE, np.float32))


def _match(seen: NDArray[np.float32], definition: FormDefinition, page: int) -> tuple[float, float, float]:
    """Return how well a page's lines fit, and by how many mm the paper lies to the right and below."""
    layout = definition.paper
    drawn = np.zeros((round(layout.height * PER_MM), round(layout.width * PER_MM)), np.float32)
    for line in printed_lines(layout, page):
        ends = (
            [(line.at, line.start), (line.at, line.end)]
            if line.upright
            else [(line.start, line.at), (line.end, line.at)]
        )
        first, last = ((round(x * PER_MM), round(y * PER_MM)) for x, y in ends)
        cv2.line(drawn, first, last, 1.0, 2)
    found = cv2.matchTemplate(seen, _soft(drawn), cv2.TM_CCOEFF_NORMED)
    _, score, _, at = cv2.minMaxLoc(found)
    return float(score), at[0] / PER_MM - AROUND_MM, at[1] / PER_MM - AROUND_MM


def _soft(lines: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(cv2.GaussianBlur(lines, (0, 0), 1.5), np.float32)
