"""Faces in a picture, by the short-range BlazeFace model (128 x 128 px, 896 anchors)."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.imaging.models import net

SIDE: Final = 128
LEAST_SCORE: Final = 0.6
SAME_FACE_OVERLAP: Final = 0.3
LAYERS: Final = ((16, 2), (8, 6))
"""Grid cells a side and anchors a cell, in the order in which the model lists its answers."""


@dataclass(frozen=True)
class Face:
    """One face, in pixels of the picture.

    Attributes:
        left: of the box from forehead to chin.
        top: of the box.
        width: of the box.
        height: of the box.
        right_eye: the person's own right eye (x, y), at the left of the picture.
        left_eye: the person's own left eye (x, y).
        score: 0.0 to 1.0.
    """

    left: float
    top: float
    width: float
    height: float
    right_eye: tuple[float, float]
    left_eye: tuple[float, float]
    score: float


@cache
def _anchors() -> NDArray[np.float32]:
    centres = [
        ((column + 0.5) / cells, (row + 0.5) / cells)
        for cells, per_cell in LAYERS
        for row in range(cells)
        for column in range(cells)
        for _ in range(per_cell)
    ]
    return np.array(centres, np.float32)


def find_faces(picture: NDArray[np.uint8]) -> list[Face]:
    """Return the faces in a picture, the largest first.

    Args:
        picture: uint8, height x width x 3, BGR.

    Raises:
        ShippedFileMissing: the model is not installed.
    """
    height, width = picture.shape[:2]
    longest = max(height, width)
    shrunk = cv2.resize(
        picture,
        (max(1, round(width * SIDE / longest)), max(1, round(height * SIDE / longest))),
        interpolation=cv2.INTER_AREA,
    )
    canvas = np.zeros((SIDE, SIDE, 3), np.uint8)
    canvas[: shrunk.shape[0], : shrunk.shape[1]] = shrunk
    detector = net("face_detection_short_range")
    detector.setInput(cv2.dnn.blobFromImage(canvas, 1 / 127.5, (SIDE, SIDE), (127.5, 127.5, 127.5), swapRB=True))
    scores, boxes = detector.forward(["classificators", "regressors"])
    # the logit of the least score: no need to run the exponential over all anchors
    found = np.flatnonzero(scores.ravel() > np.log(LEAST_SCORE / (1 - LEAST_SCORE)))
    if not found.size:
        return []
    chances = 1 / (1 + np.exp(-scores.ravel()[found].clip(-50, 50)))
    values = boxes.reshape(-1, 16)[found] / SIDE
    centres = _anchors()[found]
    corners = (centres + values[:, :2] - values[:, 2:4] / 2) * longest
    sizes = values[:, 2:4] * longest
    points = (values[:, 4:8].reshape(-1, 2, 2) + centres[:, None, :]) * longest
    kept = cv2.dnn.NMSBoxes(np.hstack([corners, sizes]).tolist(), chances.tolist(), LEAST_SCORE, SAME_FACE_OVERLAP)
    faces = [
        _face(corners[index].tolist(), sizes[index].tolist(), points[index].tolist(), float(chances[index]))
        for index in np.asarray(kept, np.intp).ravel()
    ]
    return sorted(faces, key=lambda face: face.width, reverse=True)


def _face(corner: list[float], size: list[float], eyes: list[list[float]], score: float) -> Face:
    (right_x, right_y), (left_x, left_y) = eyes
    return Face(corner[0], corner[1], size[0], size[1], (right_x, right_y), (left_x, left_y), score)
