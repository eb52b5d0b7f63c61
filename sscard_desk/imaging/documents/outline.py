"""Where something lies on the glass: the rectangle of a card, or the area that is not the lid.

Looked for in a picture of 75 dpi, which is fine enough for edges of 0.3 mm and quick.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.imaging.pages.pose import MM_PER_INCH

LOOK_DPI: Final = 75.0
RIM_MM: Final = 2.0
DIFFERENT: Final = 14
"""Levels of 255 by which something differs from the lid; paper noise and JPEG stay below."""
BRIDGE_MM: Final = 2.5
"""Gaps that are closed, between the lines of a text or the parts of a card's print."""
SPECK_MM2: Final = 25.0
CARD_OFF: Final = 0.12
"""By how much a card's measured sides may differ from its true ones, besides the scale that `size` then tells of."""
FULL: Final = 0.7
"""A card fills its rectangle but for its round corners and pale places."""


@dataclass(frozen=True)
class Outline:
    """A rectangle in the scan.

    Attributes:
        centre: x and y in px of the scan.
        width: longer side, or the horizontal one, in px.
        height: in px.
        degrees: how far it is turned clockwise, -45 to 45 for areas, -90 to 90 for cards.
    """

    centre: tuple[float, float]
    width: float
    height: float
    degrees: float

    def corners(self) -> NDArray[np.float64]:
        """Return upper left, upper right, lower right, lower left; 4 x 2, px."""
        turn = np.deg2rad(self.degrees)
        across = np.array([np.cos(turn), np.sin(turn)]) * self.width / 2
        down = np.array([-np.sin(turn), np.cos(turn)]) * self.height / 2
        middle = np.array(self.centre)
        return np.array(
            [middle - across - down, middle + across - down, middle + across + down, middle - across + down]
        )


def find_card(picture: NDArray[np.uint8], dpi: float, width: float, height: float) -> Outline | None:
    """Return the card that lies on the glass, turned so that it lies broad; None where none is seen.

    Args:
        picture: the scan, grey or BGR.
        dpi: its resolution.
        width: true width of the card in mm.
        height: likewise.
    """
    mask, per_mm, scale = _mask(picture, dpi)
    found: list[tuple[float, Outline]] = []
    for contour in cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        (x, y), (a, b), degrees = cv2.minAreaRect(contour)
        if a < b:
            a, b, degrees = b, a, degrees - 90
        off = max(abs(a / per_mm / width - 1), abs(b / per_mm / height - 1))
        if off > CARD_OFF or cv2.contourArea(contour) < FULL * a * b:
            continue
        degrees = (degrees + 90) % 180 - 90
        found.append((off, Outline((x * scale, y * scale), a * scale, b * scale, degrees)))
    return min(found, key=lambda each: each[0])[1] if found else None


def find_content(picture: NDArray[np.uint8], dpi: float) -> Outline | None:
    """Return the upright area that is not the lid; None on an empty glass.

    Args:
        picture: the scan, grey or BGR, already straightened.
        dpi: its resolution.
    """
    mask, per_mm, scale = _mask(picture, dpi)
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    boxes = [stats[n] for n in range(1, count) if stats[n, cv2.CC_STAT_AREA] >= SPECK_MM2 * per_mm**2]
    if not boxes:
        return None
    left = min(box[cv2.CC_STAT_LEFT] for box in boxes)
    top = min(box[cv2.CC_STAT_TOP] for box in boxes)
    right = max(box[cv2.CC_STAT_LEFT] + box[cv2.CC_STAT_WIDTH] for box in boxes)
    bottom = max(box[cv2.CC_STAT_TOP] + box[cv2.CC_STAT_HEIGHT] for box in boxes)
    centre = ((left + right) / 2 * scale, (top + bottom) / 2 * scale)
    return Outline(centre, (right - left) * scale, (bottom - top) * scale, 0.0)


def small(picture: NDArray[np.uint8], dpi: float, wanted: float = LOOK_DPI) -> tuple[NDArray[np.uint8], float]:
    """Return the picture at about 75 dpi, and how many px of the scan one of its px is."""
    step = max(1.0, dpi / wanted)
    if step == 1.0:
        return picture, 1.0
    size = (max(1, round(picture.shape[1] / step)), max(1, round(picture.shape[0] / step)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8), picture.shape[1] / size[0]


def _mask(picture: NDArray[np.uint8], dpi: float) -> tuple[NDArray[np.uint8], float, float]:
    """Return what differs from the lid (uint8, 0 or 255), its px for a mm, and px of the scan for one of its px."""
    look, scale = small(picture, dpi)
    per_mm = dpi / scale / MM_PER_INCH
    rim = max(1, round(RIM_MM * per_mm))
    flat = look.reshape(*look.shape[:2], -1)
    edges = np.concatenate(
        [part.reshape(-1, flat.shape[2]) for part in (flat[:rim], flat[-rim:], flat[:, :rim], flat[:, -rim:])]
    )
    lid = np.median(edges, axis=0)
    far = np.abs(flat.astype(np.int16) - lid.astype(np.int16)).max(axis=2) > DIFFERENT
    bridge = max(1, round(BRIDGE_MM * per_mm)) | 1
    mask = np.asarray(far, np.uint8) * 255
    return (
        np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((bridge, bridge), np.uint8)), np.uint8),
        per_mm,
        scale,
    )
