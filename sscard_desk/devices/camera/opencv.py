"""Any camera that OpenCV opens: a camera of this computer, an MJPEG or RTSP stream, a video file as a stand-in.

Tried with: MJPEG over HTTP, RTSP with RTP in its own connection (a server of our own that speaks RFC 2326 and 2435),
video files, numbered pictures. Not tried here for want of hardware: V4L2, Media Foundation, RTSP cameras of makers
(which mostly send H.264).
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sscard_desk.devices.camera.session import Frozen, OpenCvSession, Waits
from sscard_desk.devices.camera.source import Source
from sscard_desk.domain.errors.device import CameraMissing
from sscard_desk.ports.devices import DeviceState, Health


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
        self._frozen = Frozen(self._waits.frozen_s)

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

    def open(self) -> AbstractContextManager[OpenCvSession]:
        """Open the camera; it is closed at the end of the `with` block.

        Raises:
            CameraMissing: it cannot be opened in time.
        """
        return self._session()

    @contextmanager
    def _session(self) -> Iterator[OpenCvSession]:
        session = OpenCvSession(self._source, self._waits, self._wished, self._frozen)
        session.start()
        self._open_sessions += 1
        try:
            yield session
        finally:
            self._open_sessions -= 1
            session.close()
