"""What is seen at the eyes of a finished portrait: the iris, and lamps in spectacles."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.imaging.mesh import LEFT_EYE, RIGHT_EYE, Mesh

LENS: Final = (0.45, 0.3)
"""Half the width and height of the place of a spectacle lens, in distances between the eyes."""
SHINE: Final = 245
"""All channels at least this: the light itself, not skin."""
EYE: Final = (0.4, 0.3)
"""Half the width and height of the place of an eye, in lengths of the eye."""
CHEEK: Final = (0.55, 0.85)
"""Where the skin below the eye is looked at, in lengths of the eye below its middle."""
DARK: Final = 0.62
"""An iris is darker than this share of the skin's lightness; a lowered lid is not, only the line of its lashes is."""


def glare(picture: NDArray[np.uint8], mesh: Mesh) -> float:
    """Return how many percent of the worse of the two places of spectacle lenses are burnt out, 0.0 to 100.0.

    Args:
        picture: the finished portrait, uint8, height x width x 3, BGR.
        mesh: the points of the face, in pixels of the portrait.
    """
    apart = float(np.hypot(*(mesh.left_eye - mesh.right_eye)[:2]))
    worst = 0.0
    for eye in (mesh.right_eye, mesh.left_eye):
        lens = _around(picture, eye, LENS[0] * apart, (-LENS[1] * apart, LENS[1] * apart))
        if lens.size:
            worst = max(worst, 100.0 * float((lens.min(axis=2) >= SHINE).mean()))
    return worst


def iris(picture: NDArray[np.uint8], mesh: Mesh) -> float:
    """Return how high the dark of the less open eye stands, in lengths of the eye: about 0.3 when open.

    The mesh guesses where lids are even under a drawn line; what is dark it cannot guess. The two are told apart.

    Args:
        picture: the finished portrait, uint8, height x width x 3, BGR.
        mesh: the points of the face, in pixels of the portrait.
    """
    seen = []
    for corners, eye in ((RIGHT_EYE, mesh.right_eye), (LEFT_EYE, mesh.left_eye)):
        one, other = (mesh.points[index, :2] for index in corners)
        length = max(1.0, float(np.hypot(*(other - one))))
        place = _around(picture, eye, EYE[0] * length, (-EYE[1] * length, EYE[1] * length))
        cheek = _around(picture, eye, EYE[0] * length, (CHEEK[0] * length, CHEEK[1] * length))
        if not place.size or not cheek.size:
            return 0.0
        skin = float(np.median(cv2.cvtColor(cheek, cv2.COLOR_BGR2GRAY)))
        dark = cv2.cvtColor(place, cv2.COLOR_BGR2GRAY) < skin * DARK
        heights = np.sort(dark.sum(axis=0))
        seen.append(float(heights[-max(1, len(heights) // 4) :].mean()) / length)
    return min(seen)


def _around(
    picture: NDArray[np.uint8], eye: NDArray[np.float32], half: float, rows: tuple[float, float]
) -> NDArray[np.uint8]:
    """Return the part of a picture around an eye; empty where it lies outside."""
    x, y = float(eye[0]), float(eye[1])
    top, bottom = (max(0, round(y + row)) for row in rows)
    return picture[top:bottom, max(0, round(x - half)) : max(0, round(x + half))]
