"""Which pixels belong to the sitter and which to the wall behind, by the selfie segmentation model (256 x 256 px)."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.imaging.models import net

SIDE: Final = 256
HALF: Final = 0.5
"""Where the model changes from wall to person."""


def sitter_mask(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return how far each pixel belongs to a person.

    Args:
        picture: uint8, height x width x 3, BGR; roughly head and shoulders.

    Returns:
        float32, height x width, 0.0 (wall) to 1.0 (person).

    Raises:
        ShippedFileMissing: the model is not installed.
    """
    model = net("selfie_segmentation")
    model.setInput(cv2.dnn.blobFromImage(picture, 1 / 255, (SIDE, SIDE), swapRB=True))
    found = model.forward().reshape(SIDE, SIDE)
    size = (picture.shape[1], picture.shape[0])
    return np.asarray(cv2.resize(found, size, interpolation=cv2.INTER_LINEAR), np.float32)


def head_top(mask: NDArray[np.float32], middle: float, width: float) -> float:
    """Return the y of the top of the hair, in pixels with a fraction; 0.0 when the hair is cut by the upper edge.

    Args:
        mask: from `sitter_mask`.
        middle: x of the face's middle.
        width: of the face in pixels; the hair is looked for within this on both sides.
    """
    left, right = max(0, round(middle - width * 0.8)), min(mask.shape[1], round(middle + width * 0.8))
    # a row belongs to the head once a lock of hair, not a single one, is in it
    lock = max(3, round(width * 0.1))
    kth = right - left - min(lock, right - left)
    rows = np.partition(mask[:, left:right], kth, axis=1)[:, kth]
    inside = np.flatnonzero(rows >= HALF)
    if not inside.size:
        return 0.0
    first = int(inside[0])
    if first == 0:
        return 0.0
    above, at = float(rows[first - 1]), float(rows[first])
    return first - (at - HALF) / max(at - above, 1e-6)
