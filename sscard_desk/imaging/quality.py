"""Sharpness, light and contrast of a finished portrait."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.imaging.mesh import CHIN, FOREHEAD, LEFT_CHEEK, RIGHT_CHEEK, Mesh

SIDE: Final = 160
"""The face is brought to this many pixels a side, so that sharpness does not depend on its size."""
FINE: Final = 2.0
"""A blur of so many pixels takes away what only a sharp picture has."""
ALL_FINE: Final = 0.7
"""The share of detail that goes with it in a perfectly sharp face; our own scale."""
ENDS: Final = (5.0, 95.0)
"""Percent of the face's pixels that contrast leaves out at both ends."""


def face_area(picture: NDArray[np.uint8], mesh: Mesh) -> NDArray[np.uint8]:
    """Return the face's rectangle at 160 x 160 px, uint8, grey."""
    height, width = picture.shape[:2]
    left, right = (float(mesh.points[index, 0]) for index in (RIGHT_CHEEK, LEFT_CHEEK))
    top, bottom = (float(mesh.points[index, 1]) for index in (FOREHEAD, CHIN))
    x, y = max(0, min(round(left), width - 2)), max(0, min(round(top), height - 2))
    part = picture[y : max(y + 2, round(bottom)), x : max(x + 2, round(right))]
    grey = cv2.cvtColor(part, cv2.COLOR_BGR2GRAY)
    return np.asarray(cv2.resize(grey, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)


def sharpness(face: NDArray[np.uint8]) -> float:
    """Return 0.0 (no detail) to 1.0: the share of the face's Tenengrad energy that a small blur takes away.

    A share, so that neither light nor contrast nor make-up counts.

    Args:
        face: from `face_area`.
    """
    grey = face.astype(np.float32)
    whole = _tenengrad(grey)
    left = _tenengrad(np.asarray(cv2.GaussianBlur(grey, (0, 0), FINE), np.float32))
    return min(1.0, (1.0 - left / max(whole, 1e-6)) / ALL_FINE) if whole > 0 else 0.0


def _tenengrad(grey: NDArray[np.float32]) -> float:
    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0)
    down = cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    return float((across * across + down * down).mean())


def exposure(face: NDArray[np.uint8]) -> float:
    """Return the mean lightness of the face, 0 to 255."""
    return float(face.mean())


def evenness(face: NDArray[np.uint8]) -> float:
    """Return the darker half of the face to the lighter half, 0.0 to 1.0."""
    half = face.shape[1] // 2
    halves = sorted((float(face[:, :half].mean()), float(face[:, half:].mean())))
    return halves[0] / max(halves[1], 1.0)


def contrast(face: NDArray[np.uint8]) -> float:
    """Return the span between dark and light parts of the face, 0.0 to 1.0.

    Args:
        face: from `face_area`.
    """
    # a histogram is three times as fast as a sort
    steps = np.cumsum(np.bincount(face.ravel(), minlength=256)) * (100.0 / face.size)
    low, high = np.searchsorted(steps, ENDS)
    return float(high - low) / 255.0
