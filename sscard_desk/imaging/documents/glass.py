"""Papers on the glass of a scanner, for its model: laid down a little askew under a light lid, with some noise."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.domain.portrait import Preview
from sscard_desk.imaging.jpeg import encode
from sscard_desk.imaging.pages.pose import MM_PER_INCH

LID: Final = 246
SHADOW: Final = 205
HALF: Final = 127
SHADOW_MM: Final = 0.5
QUALITY: Final = 88


@dataclass(frozen=True)
class Laid:
    """A paper on the glass.

    Attributes:
        paper: its picture at the resolution of the scan.
        x: left edge of the unturned paper in mm.
        y: top edge likewise.
        degrees: by how much it lies askew, clockwise.
    """

    paper: Preview
    x: float
    y: float
    degrees: float = 0.0


def scan(papers: Sequence[Laid], width: int, height: int, dpi: int, *, colour: bool, noise: int = 7) -> bytes:
    """Return what a scanner sees as JPEG.

    Args:
        papers: what lies there.
        width: of the region in px.
        height: likewise.
        dpi: resolution.
        colour: whether pixels have three channels.
        noise: seed of the noise.
    """
    picture = np.full((height, width, 3), LID, np.uint8)
    for laid in papers:
        picture = _lay(picture, laid, dpi)
    grain = np.random.default_rng(noise).normal(0, 1.5, (256, 256)).astype(np.int16)
    tiled = np.tile(grain, (height // 256 + 1, width // 256 + 1))[:height, :width, None]
    noisy = np.asarray(np.clip(picture.astype(np.int16) + tiled, 0, 255), np.uint8)
    shown = noisy if colour else np.asarray(cv2.cvtColor(noisy, cv2.COLOR_BGR2GRAY), np.uint8)
    return encode(shown, QUALITY, dpi)


def _lay(picture: NDArray[np.uint8], laid: Laid, dpi: int) -> NDArray[np.uint8]:
    rgb = np.frombuffer(laid.paper.rgb, np.uint8).reshape(laid.paper.height, laid.paper.width, 3)
    paper = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), np.uint8)
    per_mm = dpi / MM_PER_INCH
    high, wide = paper.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), -laid.degrees, 1.0)
    matrix = matrix + np.array([[0, 0, laid.x * per_mm], [0, 0, laid.y * per_mm]])
    size = (picture.shape[1], picture.shape[0])
    covered = cv2.warpAffine(np.full((high, wide), 255, np.uint8), matrix, size)
    shadow = matrix + np.array([[0, 0, SHADOW_MM * per_mm], [0, 0, SHADOW_MM * per_mm]])
    dark = cv2.warpAffine(np.full((high, wide), 255, np.uint8), shadow, size)
    picture = np.where(dark[:, :, None] > HALF, np.minimum(picture, SHADOW), picture).astype(np.uint8)
    shown = cv2.warpAffine(paper, matrix, size, flags=cv2.INTER_LINEAR)
    return np.where(covered[:, :, None] > HALF, shown, picture).astype(np.uint8)
