"""Exposure and focus of a camera of this computer, by the properties that OpenCV hands to its driver.

What a driver answers differs: V4L2 counts exposure in steps of 100 microseconds (UVC 1.5, 4.2.2.1.4), DirectShow and
Media Foundation in powers of two of a second, below zero. Their words for "automatic" differ too. A property that
cannot be set is not offered. Not tried on hardware: no camera of a computer was at hand.
"""

import sys
from typing import TYPE_CHECKING, Final

from sscard_desk.ports.camera import Adjustment

if TYPE_CHECKING:
    import cv2

STEP: Final = 1.4
"""One step of light for drivers that count time: half a stop."""
MANUAL, AUTOMATIC = (1.0, 3.0) if sys.platform == "linux" else (0.25, 0.75)
"""`CAP_PROP_AUTO_EXPOSURE` as V4L2 takes it (V4L2_CID_EXPOSURE_AUTO), and as Windows' back ends do."""


def adjustable(capture: "cv2.VideoCapture") -> frozenset[Adjustment]:
    """Return what an open camera allows; sets nothing but what is set already."""
    import cv2

    found: set[Adjustment] = set()
    exposure = capture.get(cv2.CAP_PROP_EXPOSURE)
    if exposure not in {0.0, -1.0} and capture.set(cv2.CAP_PROP_EXPOSURE, exposure):
        found |= {Adjustment.LIGHTER, Adjustment.DARKER}
        if capture.set(cv2.CAP_PROP_AUTO_EXPOSURE, AUTOMATIC):
            found.add(Adjustment.AUTOMATIC)
    if capture.set(cv2.CAP_PROP_AUTOFOCUS, 1):
        found.add(Adjustment.FOCUS)
    return frozenset(found)


def adjust(capture: "cv2.VideoCapture", adjustment: Adjustment) -> None:
    """Carry out one wish; a driver that refuses is left as it is."""
    import cv2

    match adjustment:
        case Adjustment.AUTOMATIC:
            capture.set(cv2.CAP_PROP_AUTO_EXPOSURE, AUTOMATIC)
        case Adjustment.FOCUS:
            capture.set(cv2.CAP_PROP_AUTOFOCUS, 0)
            capture.set(cv2.CAP_PROP_AUTOFOCUS, 1)
        case _:
            exposure = capture.get(cv2.CAP_PROP_EXPOSURE)
            capture.set(cv2.CAP_PROP_AUTO_EXPOSURE, MANUAL)
            capture.set(cv2.CAP_PROP_EXPOSURE, stepped(exposure, lighter=adjustment is Adjustment.LIGHTER))


def stepped(exposure: float, *, lighter: bool) -> float:
    """Return the next exposure: a step of time where a driver counts time, of its logarithm where it counts that."""
    if exposure < 0:
        return exposure + 1 if lighter else exposure - 1
    wished = exposure * STEP if lighter else exposure / STEP
    return max(1.0, float(round(wished)) if round(wished) != exposure else exposure + (1 if lighter else -1))
