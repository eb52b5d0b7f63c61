"""Reads boxes to tick: finds each printed frame near its place and weighs the ink inside."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.domain.form_scan import TickPlace, TickReading, TickState
from sscard_desk.imaging.pages.pose import Pose, Rectangle

PER_MM: Final = 16.0
ALONG_MM: Final = 2.4
"""How far a frame may lie off along its line: words before it may be bold. The next thing that looks like a frame, a
character, is 4.6 mm away."""
ACROSS_MM: Final = 0.9
RING_MM: Final = 0.3
INSIDE_MM: Final = 0.65
"""What is nearer to the frame than this may be its own blur."""
FRAME_SEEN: Final = 0.1
EMPTY_BELOW: Final = 0.025
TICKED_ABOVE: Final = 0.055
BORDER: Final = 0.04
BLACK: Final = 0.8
"""A box filled up is as often a mark as a mark undone: nobody decides that but the clerk."""
_NOISE: Final = 0.22
"""Darkness that is paper all the same."""


def read_box(picture: NDArray[np.uint8], pose: Pose, place: TickPlace, print_: float) -> tuple[TickReading, float]:
    """Read one box.

    Args:
        picture: uint8, height x width, grey.
        pose: how the page lies.
        place: where the box is printed.
        print_: grey value of black print on this page.

    Returns:
        The reading, and how clearly the frame was seen (0.0 to 1.0).
    """
    beside, above = ALONG_MM + _OUTSIDE, ACROSS_MM + _OUTSIDE
    around = Rectangle(place.x - beside, place.y - above, place.side + 2 * beside, place.side + 2 * above)
    patch = pose.straighten(picture, around, PER_MM)
    paper = float(np.percentile(patch, 75))
    dark = np.clip((paper - patch.astype(np.float32)) / max(paper - print_, 40.0), 0.0, 1.0)
    found = cv2.matchTemplate(dark, _ring(place.side), cv2.TM_CCORR)
    _, seen, _, (left, top) = cv2.minMaxLoc(found)
    if seen < FRAME_SEEN:
        return TickReading(place.field, place.code, TickState.UNCLEAR, 0.0, 0.0), max(0.0, float(seen))
    margin = round((_OUTSIDE + INSIDE_MM) * PER_MM)
    end = round((_OUTSIDE + place.side - INSIDE_MM) * PER_MM)
    inside = dark[top + margin : top + end, left + margin : left + end]
    ink = float((np.clip(inside - _NOISE, 0.0, None) / (1 - _NOISE)).mean())
    state, confidence = judge(ink)
    return TickReading(place.field, place.code, state, round(confidence, 3), round(ink, 4)), float(seen)


def judge(ink: float) -> tuple[TickState, float]:
    """Return what a box with this much ink shows, and how sure that is: 0.5 at the border, 1.0 far from it."""
    if ink > BLACK:
        return TickState.UNCLEAR, 0.5
    if ink < BORDER:
        confidence = 0.5 + 0.5 * min(1.0, (BORDER - ink) / BORDER * 1.5)
    else:
        confidence = 0.5 + 0.5 * min(1.0, (ink - BORDER) / BORDER)
    if ink < EMPTY_BELOW:
        return TickState.EMPTY, confidence
    return (TickState.TICKED if ink > TICKED_ABOVE else TickState.UNCLEAR), confidence


_OUTSIDE: Final = 0.5
"""What is looked at around the frame, mm."""


def _ring(side: float) -> NDArray[np.float32]:
    """Return a frame as weights: dark on the ring counts for it, dark just outside against it."""
    size = round((side + 2 * _OUTSIDE) * PER_MM)
    outer, inner = round(_OUTSIDE * PER_MM), round((_OUTSIDE + RING_MM) * PER_MM)
    gap = round(0.15 * PER_MM)
    ring = np.zeros((size, size), np.float32)
    ring[:size, :size] = -1
    ring[outer - gap : size - outer + gap, outer - gap : size - outer + gap] = 0
    against = float((ring < 0).sum())
    ring /= against
    edge = np.zeros_like(ring)
    edge[outer : size - outer, outer : size - outer] = 1
    edge[inner : size - inner, inner : size - inner] = 0
    return np.asarray(ring + edge / float(edge.sum()), np.float32)
