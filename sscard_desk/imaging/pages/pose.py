"""How a page lies in its scan: from mm on the paper to px in the picture."""

import math
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

import cv2
import numpy as np
from numpy.typing import NDArray

MM_PER_INCH: Final = 25.4
WHITE: Final = 255


class Rectangle(NamedTuple):
    """A piece of the paper in mm."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Pose:
    """An affine map.

    Attributes:
        matrix: 2 x 3, from (x mm, y mm, 1) to (x px, y px).
    """

    matrix: NDArray[np.float64]

    @classmethod
    def from_points(cls, mm: NDArray[np.float64], px: NDArray[np.float64]) -> Self:
        """Return the turned and scaled map that brings points nearest to their places; least squares.

        Args:
            mm: n x 2, on the paper.
            px: n x 2, in the picture.
        """
        centre_mm, centre_px = mm.mean(0), px.mean(0)
        a, b = mm - centre_mm, px - centre_px
        size = float((a**2).sum())
        cos = float((a * b).sum()) / size
        sin = float((a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum()) / size
        turn = np.array([[cos, -sin], [sin, cos]])
        return cls(np.column_stack([turn, centre_px - turn @ centre_mm]))

    @classmethod
    def turned(cls, scale: float, degrees: float, mm: tuple[float, float], px: tuple[float, float]) -> Self:
        """Return the map with a scale (px per mm) and a clockwise turn that brings one point to its place."""
        cos, sin = scale * math.cos(math.radians(degrees)), scale * math.sin(math.radians(degrees))
        turn = np.array([[cos, -sin], [sin, cos]])
        return cls(np.column_stack([turn, np.array(px) - turn @ np.array(mm)]))

    @property
    def degrees(self) -> float:
        """By how much the page is turned clockwise, from -45 up to 315."""
        angle = math.degrees(math.atan2(self.matrix[1, 0], self.matrix[0, 0])) % 360
        return angle - 360 if angle >= 315 else angle  # noqa: PLR2004 - seven eighths of a turn

    @property
    def quarter(self) -> int:
        """The turn to the next quarter: 0, 90, 180 or 270 degrees."""
        return round(self.degrees / 90) * 90 % 360

    @property
    def skew(self) -> float:
        """The rest of the turn, -45 to 45 degrees."""
        return (self.degrees - round(self.degrees / 90) * 90) or 0.0

    @property
    def scale(self) -> float:
        """Pixels for a millimetre."""
        return math.sqrt(abs(float(np.linalg.det(self.matrix[:, :2]))))

    @property
    def dpi(self) -> float:
        """Resolution of the scan."""
        return self.scale * MM_PER_INCH

    def to_px(self, mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where points of the paper lie in the picture; n x 2."""
        return np.asarray(mm @ self.matrix[:, :2].T + self.matrix[:, 2], np.float64)

    def to_mm(self, px: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return which points of the paper lie at these pixels; n x 2."""
        return np.asarray((px - self.matrix[:, 2]) @ np.linalg.inv(self.matrix[:, :2]).T, np.float64)

    def after(self, correction: NDArray[np.float64]) -> "Pose":
        """Return the map that first applies a 2 x 3 correction in mm."""
        linear = self.matrix[:, :2] @ correction[:, :2]
        return Pose(np.column_stack([linear, self.matrix[:, :2] @ correction[:, 2] + self.matrix[:, 2]]))

    def straighten(self, picture: NDArray[np.uint8], place: Rectangle, per_mm: float) -> NDArray[np.uint8]:
        """Return a rectangle of the paper, upright.

        Args:
            picture: the scan.
            place: which rectangle.
            per_mm: pixels for a millimetre in the result.
        """
        step = 1 / per_mm
        inner = np.array([[step, 0, place.x + step / 2], [0, step, place.y + step / 2]])
        to_source = self.after(inner).matrix - np.array([[0, 0, 0.5], [0, 0, 0.5]])
        size = (max(1, round(place.width * per_mm)), max(1, round(place.height * per_mm)))
        border = (WHITE, WHITE, WHITE)
        warped = cv2.warpAffine(
            picture, to_source, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderValue=border
        )
        return np.asarray(warped, np.uint8)
