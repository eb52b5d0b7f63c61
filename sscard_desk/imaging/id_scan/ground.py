"""Where something lies on the empty ground of a scan."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

_SMALL_PX: Final = 300
_OFF_GROUND: Final = 8
"""Grey values (0-255) by which paper of a card differs from the lid of a scanner at least."""
_LEAST_SHARE: Final = 0.02
"""Of a row or column: less is dust, or the shadow at an edge."""
_MOST_OF_PICTURE: Final = 0.7
_MARGIN: Final = 0.015

Rectangle = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""


def printed_part(picture: NDArray[np.uint8]) -> tuple[Rectangle, bool]:
    """Return the part of a picture on which something lies, and whether that is much less than the whole.

    Args:
        picture: uint8, height x width x 3, BGR.
    """
    height, width = picture.shape[:2]
    whole = (0, 0, width, height)
    scale = _SMALL_PX / max(height, width)
    if scale >= 1:
        return whole, False
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # the ground is what most of the picture shows; in each channel, as a card may be as bright as its lid
    ground = np.median(small.reshape(-1, 3), axis=0)
    off = (np.abs(small.astype(np.int16) - ground) > _OFF_GROUND).any(axis=2)
    rows, columns = (np.flatnonzero(off.mean(axis=axis) > _LEAST_SHARE) for axis in (1, 0))
    if not rows.size or not columns.size:
        return whole, False
    margin = _MARGIN * max(height, width)
    left, right = max(0.0, columns[0] / scale - margin), min(float(width), (columns[-1] + 1) / scale + margin)
    top, bottom = max(0.0, rows[0] / scale - margin), min(float(height), (rows[-1] + 1) / scale + margin)
    if (right - left) * (bottom - top) > _MOST_OF_PICTURE * width * height:
        return whole, False
    return (int(left), int(top), int(right), int(bottom)), True
