"""The training camera: an MJPEG stream on loopback (multipart/x-mixed-replace, RFC 2046), standard library only.

It shows the training portrait moving a little, and whatever can go wrong on demand. The pictures are made by the build
step; the driver that reads them is the same as for a real camera.
"""

import enum
import itertools
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from sscard_desk.domain.errors.store import ShippedFileMissing
from sscard_desk.ports.devices import Cancel, Cancelled
from sscard_desk.resources import built

BOUNDARY: Final = "frame"
HOST: Final = "127.0.0.1"
PATH: Final = "/stream.mjpg"
FPS: Final = 12.0


class Scene(enum.Enum):
    """What stands before the camera, or what is wrong with it."""

    PERSON = "person"
    TILTED = "tilted"
    BLURRED = "blurred"
    DARK = "dark"
    NO_FACE = "empty"
    TWO_FACES = "two"
    SILENT = "silent"
    """The line stays open and no picture comes."""
    FROZEN = "frozen"
    """The line stays open and one picture comes again and again."""
    UNREADABLE = "unreadable"
    """What comes are no pictures."""


def _pictures(folder: Path) -> dict[Scene, list[bytes]]:
    pictures: dict[Scene, list[bytes]] = {Scene.SILENT: [], Scene.UNREADABLE: [b"\xff\xd8\xff\xe0" + bytes(2000)]}
    for scene in Scene:
        if scene not in pictures:
            shown = "person-00" if scene is Scene.FROZEN else scene.value
            files = sorted(folder.glob(f"{shown}*.jpg")) or [folder / f"{shown}.jpg"]
            try:
                pictures[scene] = [file.read_bytes() for file in files]
            except OSError as error:
                raise ShippedFileMissing(file=files[0].name) from error
    return pictures


class SimulatedCamera:
    """A camera on a free port of this computer; a context manager.

    Args:
        port: to listen on; 0 takes a free one.
        fps: pictures a second.

    Raises:
        ShippedFileMissing: the training pictures are not built.
    """

    def __init__(self, port: int = 0, fps: float = FPS) -> None:
        self._pictures = _pictures(built("training", "camera"))
        self._scene = Scene.PERSON
        self._pause = 1.0 / fps
        self._stopped = threading.Event()
        self._lines: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer((HOST, port), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="training-camera", daemon=True
        )
        self._thread.start()

    @property
    def url(self) -> str:
        """Return the address to put into `[camera] source`."""
        return f"http://{HOST}:{self._server.server_address[1]}{PATH}"

    def show(self, scene: Scene) -> None:
        """Change what stands before the camera, from the next picture on."""
        self._scene = scene

    def stop(self) -> None:
        """Pull the plug: open streams end, nobody answers on the port any more. May be called twice."""
        if self._stopped.is_set():
            return
        self._stopped.set()
        self._server.shutdown()
        with self._lock:
            for line in self._lines:
                # wakes a handler that is sending; the handler itself closes
                line.shutdown(socket.SHUT_RDWR)
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _stream(self, write: Callable[[bytes], object]) -> None:
        for step in itertools.count():
            if self._stopped.is_set():
                return
            pictures = self._pictures[self._scene]
            if pictures:
                picture = pictures[step % len(pictures)]
                head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n"
                write(head.encode("ascii") + picture + b"\r\n")
            self._stopped.wait(self._pause)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        camera = self

        class Handler(BaseHTTPRequestHandler):
            """One viewer of the stream."""

            def do_GET(self) -> None:
                if self.path != PATH:
                    self.send_error(404)
                    return
                self.send_response(200)
                self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={BOUNDARY}")
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                with camera._lock:
                    camera._lines.add(self.connection)
                try:
                    camera._stream(self.wfile.write)
                except OSError:
                    return  # the viewer went away
                finally:
                    with camera._lock:
                        camera._lines.discard(self.connection)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the server's own name
                """Say nothing: every picture would be a line."""

        return Handler


def run(announce: Callable[[str], None], cancel: Cancel, port: int = 0, scene: Scene = Scene.PERSON) -> None:
    """Run the training camera until somebody asks to stop.

    Args:
        announce: told the address once the camera answers.
        cancel: the wish to stop.
        port: to listen on; 0 takes a free one.
        scene: what to show.

    Raises:
        ShippedFileMissing: the training pictures are not built.
        OSError: the port is taken.
    """
    with SimulatedCamera(port) as camera:
        camera.show(scene)
        announce(camera.url)
        try:
            while True:
                cancel.wait(3600.0)
        except Cancelled:
            return
