"""Cutting a portrait out of a picture at any scale, without steps in fine lines."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.imaging.framing import Cut

HALF: Final = 0.5
Picture = NDArray[np.uint8] | NDArray[np.float32]


def cut_picture(
    picture: NDArray[np.uint8], cut: Cut, width: int, height: int, *, fine: bool = True
) -> NDArray[np.uint8]:
    """Return the portrait, uint8, height x width x 3, BGR; beyond the picture its edge is repeated.

    Args:
        picture: uint8, height x width x 3, BGR.
        cut: in pixels of the picture.
        width: of the portrait.
        height: of the portrait.
        fine: whether an enlarged picture is worth the time that smooth lines take.
    """
    while cut.scale <= HALF:  # halves first: otherwise every other pixel would be skipped
        picture = np.asarray(cv2.resize(picture, None, fx=HALF, fy=HALF, interpolation=cv2.INTER_AREA), np.uint8)
        cut = cut.halved()
    smooth = cv2.INTER_CUBIC if fine and cut.scale > 1 else cv2.INTER_LINEAR
    return np.asarray(_warp(picture, cut, width, height, smooth), np.uint8)


def cut_mask(mask: NDArray[np.float32], cut: Cut, width: int, height: int) -> NDArray[np.float32]:
    """Return the same cut of a mask, float32, height x width."""
    return np.asarray(_warp(mask, cut, width, height, cv2.INTER_LINEAR), np.float32)


def coverage(cut: Cut, frame: tuple[int, int], width: int, height: int) -> float:
    """Return how many percent of the portrait lie inside a picture of this width and height."""
    corners = np.array([[0, 0], [frame[0], 0], [frame[0], frame[1]], [0, frame[1]]], np.float64)
    move = np.array(cut.matrix)
    seen = (corners @ move[:, :2].T + move[:, 2]).astype(np.float32)
    whole = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    area, _ = cv2.intersectConvexConvex(seen, whole)
    return 100.0 * float(area) / (width * height)


def turned(picture: NDArray[np.uint8], turn: float, pivot: tuple[float, float]) -> NDArray[np.uint8]:
    """Return the picture turned by degrees counter-clockwise around a point, in the same size, for measuring in it."""
    move = cv2.getRotationMatrix2D(pivot, turn, 1.0)
    size = (picture.shape[1], picture.shape[0])
    return np.asarray(
        cv2.warpAffine(picture, move, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _warp(source: Picture, cut: Cut, width: int, height: int, smooth: int) -> Picture:
    # half a pixel: OpenCV counts from the middle of the first pixel, cuts from its edge
    move = np.array(cut.matrix)
    move[:, 2] += move[:, :2].sum(axis=1) * HALF - HALF
    warped: Picture = cv2.warpAffine(source, move, (width, height), flags=smooth, borderMode=cv2.BORDER_REPLICATE)  # type: ignore[assignment]  # the kind of number stays
    return warped
