"""Making what stands behind the sitter white, where a city's rules allow it; it is recorded with the portrait.

The segmentation model says roughly where the person is, grabCut finds the edge by colour (it fails without the hint).
Half size is enough for the edge of hair and takes a quarter of the time.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.imaging.sitter import sitter_mask

HARDLY: Final = 0.1
PERHAPS: Final = 0.5
SURELY: Final = 0.9
"""The model's belief that a pixel is a person."""
ROUNDS: Final = 2
WHITE: Final = 255.0
SOFT_EDGE: Final = 1.2
"""How far the edge is softened, px of the portrait."""


def whiten(portrait: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the portrait before white; the person's own pixels stay as they are.

    Args:
        portrait: uint8, height x width x 3, BGR.

    Raises:
        ShippedFileMissing: the segmentation model is not installed.
    """
    height, width = portrait.shape[:2]
    small = np.asarray(cv2.resize(portrait, (width // 2, height // 2), interpolation=cv2.INTER_AREA), np.uint8)
    edge = _person(small).astype(np.float32)
    alpha = cv2.GaussianBlur(cv2.resize(edge, (width, height), interpolation=cv2.INTER_LINEAR), (0, 0), SOFT_EDGE)[
        ..., None
    ]
    mixed = portrait.astype(np.float32) * alpha + WHITE * (1.0 - alpha)
    return np.where(alpha >= 1.0, portrait, mixed.round().astype(np.uint8))


def _person(picture: NDArray[np.uint8]) -> NDArray[np.bool_]:
    likely = sitter_mask(picture)
    hint = np.full(likely.shape, cv2.GC_PR_BGD, np.uint8)
    hint[likely > PERHAPS] = cv2.GC_PR_FGD
    hint[likely > SURELY] = cv2.GC_FGD
    hint[likely < HARDLY] = cv2.GC_BGD
    if not (hint == cv2.GC_BGD).any() or not (hint == cv2.GC_FGD).any():
        return np.asarray(likely > PERHAPS)
    cv2.grabCut(picture, hint, None, np.zeros((1, 65)), np.zeros((1, 65)), ROUNDS, cv2.GC_INIT_WITH_MASK)  # type: ignore[call-overload]  # no rectangle is right with a mask
    return np.isin(hint, (cv2.GC_FGD, cv2.GC_PR_FGD))
