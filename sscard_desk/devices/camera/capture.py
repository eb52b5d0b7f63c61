"""The few calls to OpenCV's video capture, apart so that nothing imports OpenCV before a camera is opened."""

import os

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.devices.camera.source import Source

# FFmpeg writes each broken picture of a stream to the terminal; OpenCV reads this once, with the first capture
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")


def open_capture(source: Source, open_s: float, frame_s: float, wished: tuple[int, int]) -> cv2.VideoCapture | None:
    """Return the opened source, None if it cannot be opened.

    Args:
        source: number, address or file.
        open_s: time-out for opening an address, seconds.
        frame_s: time-out for one picture of an address, seconds.
        wished: width and height asked of a camera of this computer, px.
    """
    # what fails is told by our errors, not on the terminal
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    try:
        if source.index is not None:
            capture = cv2.VideoCapture(source.index)
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, wished[0])
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, wished[1])
        elif source.is_stream:
            waits = [
                cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, round(open_s * 1000),
                cv2.CAP_PROP_READ_TIMEOUT_MSEC, round(frame_s * 1000),
            ]  # fmt: skip
            capture = cv2.VideoCapture(source.text, cv2.CAP_FFMPEG, waits)
        else:
            capture = cv2.VideoCapture(source.text)
    except cv2.error:
        return None
    return capture if capture.isOpened() else None


def pace(capture: cv2.VideoCapture, otherwise: float) -> float:
    """Return the seconds from one picture of a file to the next."""
    fps = capture.get(cv2.CAP_PROP_FPS)
    return 1.0 / (fps if 0 < fps <= 240 else otherwise)  # noqa: PLR2004 - beyond this a file's head is wrong


def rewind(capture: cv2.VideoCapture) -> bool:
    """Go back to the first picture of a file; return whether it can."""
    return bool(capture.set(cv2.CAP_PROP_POS_FRAMES, 0))


def read(capture: cv2.VideoCapture) -> NDArray[np.uint8] | None:
    """Return the next picture, uint8, height x width x 3, BGR; None when there is none or it cannot be decoded."""
    found, picture = capture.read()
    return np.asarray(picture, np.uint8) if found else None
