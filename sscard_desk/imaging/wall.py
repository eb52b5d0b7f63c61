"""What stands behind the sitter: how white, how even and how colourless the wall is in a finished portrait."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

WALL: Final = 0.1
"""Below this share of person a pixel is wall."""
FIELD_LEAST: Final = 400
"""A part of the wall with fewer pixels says nothing."""
SHRINK: Final = 4
"""Evenness and colour are measured on every fourth row and column of means: shadows are larger than that."""


def wall_of(mask: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which pixels are surely wall, a few pixels away from the sitter; bool, height x width.

    Args:
        mask: from `sitter_mask` on the finished portrait.
    """
    person = (mask > WALL).astype(np.uint8)
    return np.asarray(cv2.dilate(person, np.ones((9, 9), np.uint8)) == 0)


def background(picture: NDArray[np.uint8], wall: NDArray[np.bool_]) -> float:
    """Return the mean of the weakest channel in the least white of three fields: left, right, above; 0 when unseen.

    Args:
        picture: the finished portrait, uint8, height x width x 3, BGR.
        wall: from `wall_of`.
    """
    height, width = wall.shape
    third = width // 3
    fields = ((0, third), (third, width - third), (width - third, width))
    values = []
    for left, right in fields:
        # below the upper half shoulders and clothes begin
        part = wall[: height // 2, left:right]
        if int(part.sum()) >= FIELD_LEAST:
            values.append(float(picture[: height // 2, left:right][part].mean(axis=0).min()))
    return min(values, default=0.0)


def spread_and_tint(picture: NDArray[np.uint8], wall: NDArray[np.bool_]) -> tuple[float, float]:
    """Return how uneven and how coloured the wall is; both 0 when it is not seen.

    Args:
        picture: the finished portrait, uint8, height x width x 3, BGR.
        wall: from `wall_of`.

    Returns:
        The standard deviation of the lightness L* (0 to 100), and the mean chroma (the distance of a*, b* from grey).
    """
    height, width = wall.shape
    small = cv2.resize(picture, (width // SHRINK, height // SHRINK), interpolation=cv2.INTER_AREA)[: height // 8]
    seen = wall[SHRINK // 2 :: SHRINK, SHRINK // 2 :: SHRINK][: small.shape[0], : small.shape[1]]
    if int(seen.sum()) < FIELD_LEAST // (SHRINK * SHRINK):
        return 0.0, 0.0
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_BGR2LAB)[seen]
    return float(lab[:, 0].std()), float(np.hypot(lab[:, 1], lab[:, 2]).mean())
