"""Any camera that OpenCV opens: a camera of this computer, an MJPEG or RTSP stream, a video file as a stand-in.

Tried with: MJPEG over HTTP, video files, numbered pictures. Not tried here for want of hardware: V4L2, Media
Foundation, RTSP.

A thread of its own reads all the time and keeps the newest picture: a camera's queue would otherwise show the past, and
some back ends (V4L2, Media Foundation) ignore time-outs and would hang the lane.
"""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Final

from sscard_desk.devices.camera.shared_library import load_apart
from sscard_desk.devices.camera.source import Source
from sscard_desk.domain.errors.device import CameraMissing, CameraSilent
from sscard_desk.ports.devices import DeviceState, Health

if TYPE_CHECKING:
    import cv2
    import numpy as np
    from numpy.typing import NDArray

CLOSE_S: Final = 1.0
RETRY_S: Final = 0.1
FILE_FPS: Final = 25.0
"""Pace of files that do not say theirs."""


@dataclass(frozen=True)
class Waits:
    """How long to wait for the camera, in seconds."""

    open_s: float = 5.0
    frame_s: float = 2.0


class OpenCvCamera:
    """The camera as configured.

    Args:
        source: number, address or file.
        waits: time-outs.
        width: wished for from a camera of this computer, px; it gives what it can.
        height: wished for from a camera of this computer, px.
    """

    def __init__(self, source: str, waits: Waits | None = None, width: int = 1280, height: int = 720) -> None:
        self._source = Source(source)
        self._waits = waits or Waits()
        self._wished = (width, height)
        self._open_sessions = 0

    def probe(self) -> DeviceState:
        """Look whether the camera is there, without opening it and without importing OpenCV."""
        facts = {"interface": "opencv", "source": self._source.name}
        if self._open_sessions:
            return DeviceState(Health.BUSY, self._source.name, facts=facts)
        match self._source.present():
            case True:
                return DeviceState(Health.READY, self._source.name, facts=facts)
            case None:
                return DeviceState(Health.UNKNOWN, self._source.name, facts=facts)
            case _:
                return DeviceState(Health.OFF, self._source.name, CameraMissing(), facts)

    def open(self) -> AbstractContextManager["OpenCvSession"]:
        """Open the camera; it is closed at the end of the `with` block.

        Raises:
            CameraMissing: it cannot be opened in time.
        """
        return self._session()

    @contextmanager
    def _session(self) -> Iterator["OpenCvSession"]:
        session = OpenCvSession(self._source, self._waits, self._wished)
        session.start()
        self._open_sessions += 1
        try:
            yield session
        finally:
            self._open_sessions -= 1
            session.close()


class OpenCvSession:
    """An open camera; made by `OpenCvCamera.open`."""

    def __init__(self, source: Source, waits: Waits, wished: tuple[int, int]) -> None:
        self._source = source
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

    def frame(self) -> "NDArray[np.uint8]":
        """Return the newest picture that was not given out yet, uint8, height x width x 3, BGR.

        Raises:
            CameraSilent: no new picture within the configured time.
            CameraMissing: the line to the camera broke.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._newest is not None or self._ended, self._waits.frame_s)
            picture, self._newest = self._newest, None
            if picture is not None:
                return picture
            raise CameraMissing if self._ended else CameraSilent

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

        return open_capture(self._source, self._waits.open_s, self._waits.frame_s, self._wished)

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
            picture = read(capture)
            now = monotonic()
            if picture is not None:
                silent_from, rewound = now, False
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
