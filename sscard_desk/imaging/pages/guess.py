"""Where a page lies when its QR code is torn: by its lines alone, held against every layout that it may be."""

import math
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
_SHRUNK: Final = 3.0
"""Pixels for a millimetre while the skew is measured."""
_LONG_MM: Final = 25.0
_MOST_SKEW: Final = 12.0


@dataclass(frozen=True)
class Guess:
    """One way in which a page may lie; the higher `score` (-1.0 to 1.0), the better its lines fit the layout."""

    definition: FormDefinition
    page: int
    pose: Pose
    score: float


def skew_of(picture: NDArray[np.uint8], scale: float) -> float:
    """Return by how many degrees a page's lines lie off level and upright, clockwise positive; 0.0 without lines.

    Args:
        picture: uint8, height x width, grey.
        scale: about how many pixels a millimetre has.
    """
    ratio = min(1.0, _SHRUNK / scale)
    small = cv2.resize(picture, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA)
    edges = cv2.Canny(small, 40, 120)
    found = cv2.HoughLinesP(
        edges, 1, math.radians(0.1), 60, minLineLength=_LONG_MM * scale * ratio, maxLineGap=1.5 * scale * ratio
    )
    if found is None:
        return 0.0
    ends = found.reshape(-1, 4).astype(np.float64)
    dx, dy = ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]
    angle = (np.degrees(np.arctan2(dy, dx)) + 45) % 90 - 45
    length = np.hypot(dx, dy)
    use = np.abs(angle) <= _MOST_SKEW
    if not use.any():
        return 0.0
    order = np.argsort(angle[use])
    weight = np.cumsum(length[use][order])
    return float(angle[use][order][np.searchsorted(weight, weight[-1] / 2)])


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
    for definition in forms:
        layout = definition.paper
        if layout.lists():
            continue  # its lines say nothing of which page it is
        middle, lies = (layout.width / 2, layout.height / 2), (width / 2, height / 2)
        seen: dict[int, NDArray[np.float32]] = {}
        for quarter in quarters:
            upright = quarter % 180 == 0
            if upright != ((height >= width) == (layout.height >= layout.width)):
                continue
            per_mm = scale or width / (layout.width if upright else layout.height)
            pose = Pose.turned(per_mm, quarter + skew, middle, lies)
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
