"""An open camera: a thread of its own reads all the time and keeps the newest picture.

A camera's queue would otherwise show the past, and some back ends (V4L2, Media Foundation) ignore time-outs and would
hang the lane.
"""

import threading
from collections import deque
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Final

from sscard_desk.devices.camera import controls
from sscard_desk.devices.camera.shared_library import load_apart
from sscard_desk.devices.camera.source import Source
from sscard_desk.domain.errors.device import CameraFrozen, CameraMissing, CameraSilent
from sscard_desk.ports.camera import Adjustment

if TYPE_CHECKING:
    import cv2
    import numpy as np
    from numpy.typing import NDArray

CLOSE_S: Final = 1.0
RETRY_S: Final = 0.1
FILE_FPS: Final = 25.0
"""Pace of files that do not say theirs."""
SPARSE: Final = 8
"""Every so many rows and columns of two pictures are compared: noise of a sensor touches them all."""


@dataclass(frozen=True)
class Waits:
    """How long to wait for the camera, in seconds."""

    open_s: float = 5.0
    frame_s: float = 2.0
    frozen_s: float = 2.0


class Frozen:
    """Whether a camera sends one and the same picture; outlives a session, so that opening again does not hide it.

    Args:
        seconds: how long the same picture may come.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._seen = b""
        self._since = 0.0
        self.holds = False

    def again(self, picture: "NDArray[np.uint8]", now: float) -> bool:
        """Return whether this picture is the one that comes all the time, and note that it came.

        Args:
            picture: uint8, height x width x 3, BGR.
            now: seconds of a clock that never goes back.
        """
        seen = picture[::SPARSE, ::SPARSE].tobytes()
        if seen != self._seen:
            self._seen, self._since, self.holds = seen, now, False
        elif now - self._since >= self._seconds:
            self.holds = True
        return self.holds


class OpenCvSession:
    """An open camera; made by `OpenCvCamera.open`."""

    def __init__(self, source: Source, waits: Waits, wished: tuple[int, int], frozen: "Frozen") -> None:
        self._source = source
        self._frozen = frozen
        self._wishes: deque[Adjustment] = deque()
        self._adjustable: frozenset[Adjustment] = frozenset()
        self._waits = waits
        self._wished = wished
        self._changed = threading.Condition()
        self._opened = False
        self._ended = False
        self._newest: NDArray[np.uint8] | None = None
        self._stop = threading.Event()
        self._reader = threading.Thread(target=self._read, name="camera-reader", daemon=True)

    def start(self) -> None:
        """Begin to read, and wait until the camera is open.

        Raises:
            CameraMissing: it cannot be opened in time.
        """
        self._reader.start()
        with self._changed:
            self._changed.wait_for(lambda: self._opened or self._ended, self._waits.open_s)
            if self._opened and not self._ended:
                return
        self.close()
        raise CameraMissing

    @property
    def adjustable(self) -> frozenset[Adjustment]:
        """What this camera allows."""
        return self._adjustable

    def adjust(self, adjustment: Adjustment) -> None:
        """Ask for it; the reader's thread carries it out, because a capture may not be used from two."""
        if adjustment in self._adjustable:
            self._wishes.append(adjustment)

    def frame(self) -> "NDArray[np.uint8]":
        """Return the newest picture that was not given out yet, uint8, height x width x 3, BGR.

        Raises:
            CameraSilent: no new picture within the configured time.
            CameraFrozen: pictures came, all of them the same.
            CameraMissing: the line to the camera broke.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._newest is not None or self._ended, self._waits.frame_s)
            picture, self._newest = self._newest, None
            if picture is not None:
                return picture
            if self._ended:
                raise CameraMissing
            raise CameraFrozen if self._frozen.holds else CameraSilent

    def close(self) -> None:
        """Stop reading; a reader that hangs in the camera's driver is left behind, it ends with the program."""
        self._stop.set()
        self._reader.join(CLOSE_S)

    def _read(self) -> None:
        capture = self._capture()
        try:
            self._tell(opened=capture is not None)
            while capture is not None and not self._stop.is_set():
                if self._read_on(capture):
                    return
                capture.release()
                capture = self._again()
        finally:
            if capture is not None:
                capture.release()
            self._tell(ended=True)

    def _capture(self) -> "cv2.VideoCapture | None":
        load_apart("cv2")
        from sscard_desk.devices.camera.capture import open_capture

        capture = open_capture(self._source, self._waits.open_s, self._waits.frame_s, self._wished)
        if capture is not None and self._source.index is not None:
            self._adjustable = controls.adjustable(capture)
        return capture

    def _again(self) -> "cv2.VideoCapture | None":
        """Open anew while the other side still answers: after a time-out OpenCV never reads from a stream again."""
        while not self._stop.is_set() and self._source.present():
            capture = self._capture()
            if capture is not None:
                return capture
            self._stop.wait(RETRY_S)
        return None

    def _read_on(self, capture: "cv2.VideoCapture") -> bool:
        """Read until asked to stop, until the source ends, or until it stays silent; return whether it is over."""
        from sscard_desk.devices.camera.capture import pace, read, rewind

        step = pace(capture, FILE_FPS) if self._source.is_file else 0.0
        due = silent_from = monotonic()
        rewound = False
        while not self._stop.is_set():
            while self._wishes:
                controls.adjust(capture, self._wishes.popleft())
            picture = read(capture)
            now = monotonic()
            if picture is not None:
                silent_from, rewound = now, False
                if self._source.is_file or not self._frozen.again(picture, now):
                    self._keep(picture)
                due = max(due + step, now)
                self._stop.wait(due - now)
            elif self._source.is_file:
                if rewound or not rewind(capture):  # twice without a picture: there is none in it
                    return True
                rewound = True
            elif self._source.present() is False:
                return True
            elif now - silent_from > self._waits.frame_s:
                return False
            else:  # a picture that could not be decoded; the next may be whole
                self._stop.wait(RETRY_S)
        return True

    def _keep(self, picture: "NDArray[np.uint8]") -> None:
        with self._changed:
            self._newest = picture
            self._changed.notify_all()

    def _tell(self, *, opened: bool = False, ended: bool = False) -> None:
        with self._changed:
            self._opened |= opened
            self._ended |= ended
            self._changed.notify_all()
