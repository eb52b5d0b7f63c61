"""By how much the lines of a page are askew: the angle at which the ink of all lines falls into the fewest rows."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.imaging.documents.outline import small
from sscard_desk.imaging.pages.sheets import grey

LOOK_DPI: Final = 100.0
MOST_DEGREES: Final = 6.0
COARSE: Final = 0.5
FINE: Final = 0.05
POINTS: Final = 40_000
LEAST_POINTS: Final = 400
GAIN: Final = 1.05
"""Rows have to be sharper by this factor than as the page lies; otherwise it stays: a picture has no lines."""


def skew_of(picture: NDArray[np.uint8], dpi: float) -> float:
    """Return the degrees, clockwise, by which the lines of a page are turned; 0.0 where there are no lines.

    Args:
        picture: the scan, grey or BGR.
        dpi: its resolution.
    """
    look, _ = small(grey(picture), dpi, LOOK_DPI)
    paper = cv2.GaussianBlur(look, (0, 0), 8)
    y, x = np.nonzero(look.astype(np.int16) < paper.astype(np.int16) - 25)
    if len(x) < LEAST_POINTS:
        return 0.0
    if len(x) > POINTS:
        keep = np.linspace(0, len(x) - 1, POINTS).astype(np.int64)
        x, y = x[keep], y[keep]
    across, down = x.astype(np.float32) - look.shape[1] / 2, y.astype(np.float32)

    def sharpness(degrees: float) -> float:
        rows = np.bincount((down - across * np.float32(np.tan(np.deg2rad(degrees))) + look.shape[1]).astype(np.int64))
        return float((np.diff(rows.astype(np.float64)) ** 2).sum())

    angles = np.arange(-MOST_DEGREES, MOST_DEGREES + COARSE / 2, COARSE)
    best = max(angles, key=sharpness)
    best = max(np.arange(best - COARSE, best + COARSE + FINE / 2, FINE), key=sharpness)
    return float(round(best, 2)) if sharpness(best) > GAIN * sharpness(0.0) else 0.0
