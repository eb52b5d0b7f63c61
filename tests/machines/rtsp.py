"""An RTSP camera on loopback for tests: RFC 2326 with RTP in the same connection, pictures as JPEG by RFC 2435.

It speaks what FFmpeg asks for, no more: OPTIONS, DESCRIBE, SETUP over TCP, PLAY, GET_PARAMETER, TEARDOWN.
"""

import contextlib
import socket
import socketserver
import struct
import threading
import time
from types import TracebackType
from typing import Final, Self

import cv2
import numpy as np

from sscard_desk.resources import built

JPEG_PAYLOAD: Final = 26
CLOCK: Final = 90_000
MOST_BYTES: Final = 1400
STEPS: Final = 12


class RtspCamera:
    """A context manager; it plays the training pictures one after another.

    Args:
        fps: pictures a second.
    """

    def __init__(self, fps: float = 30.0) -> None:
        self.fps = fps
        self.pictures = [_scan_of(step) for step in range(0, 3 * STEPS, 3)]
        self.stopped = threading.Event()
        self.connections: set[socket.socket] = set()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.camera = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def url(self) -> str:
        return f"rtsp://127.0.0.1:{self._server.server_address[1]}/live"

    def stop(self) -> None:
        """Pull the plug."""
        if self.stopped.is_set():
            return
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()
        for connection in tuple(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._thread.join()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    camera: RtspCamera


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        camera, playing = self.server.camera, threading.Event()
        camera.connections.add(self.connection)
        sender = threading.Thread(target=self._send, args=(playing,), daemon=True)
        with contextlib.suppress(OSError, ValueError):
            while (request := self._request()) is not None:
                method, sequence = request
                self._answer(method, sequence)
                if method == "PLAY":
                    sender.start()
                if method == "TEARDOWN":
                    break
        playing.set()
        camera.connections.discard(self.connection)

    def _request(self) -> tuple[str, str] | None:
        line = self.rfile.readline().decode("ascii", "replace")
        while line.startswith("$"):  # the client's own RTCP reports come in the same line
            line = self.rfile.readline().decode("ascii", "replace")
        if not line:
            return None
        sequence = "0"
        while head := self.rfile.readline().decode("ascii", "replace").strip():
            if head.lower().startswith("cseq:"):
                sequence = head.partition(":")[2].strip()
        return line.split(" ")[0], sequence

    def _answer(self, method: str, sequence: str) -> None:
        head = f"RTSP/1.0 200 OK\r\nCSeq: {sequence}\r\n"
        body = ""
        if method == "OPTIONS":
            head += "Public: OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN\r\n"
        elif method == "DESCRIBE":
            body = (
                "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=training\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\na=control:*\r\n"
                f"m=video 0 RTP/AVP {JPEG_PAYLOAD}\r\na=control:track0\r\n"
            )
            head += f"Content-Type: application/sdp\r\nContent-Length: {len(body)}\r\n"
        elif method == "SETUP":
            head += "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1\r\n"
        elif method == "PLAY":
            head += "Session: 1\r\nRange: npt=0.000-\r\n"
        self.wfile.write((head + "\r\n" + body).encode("ascii"))

    def _send(self, over: threading.Event) -> None:
        camera, number, begun = self.server.camera, 0, time.monotonic()
        with contextlib.suppress(OSError, ValueError):
            for picture in range(1_000_000):
                if over.wait(1 / camera.fps) or camera.stopped.is_set():
                    return
                stamp = int((time.monotonic() - begun) * CLOCK)
                for packet in _packets(camera.pictures[picture % len(camera.pictures)], number, stamp):
                    self.connection.sendall(b"$\x00" + struct.pack(">H", len(packet)) + packet)
                    number += 1


class _Scan:
    """A JPEG taken apart as RFC 2435 wants it."""

    def __init__(self, tables: bytes, data: bytes, width: int, height: int) -> None:
        self.tables, self.data, self.width, self.height = tables, data, width, height


def _scan_of(step: int) -> _Scan:
    picture = cv2.imread(str(built("training", "camera", f"person-{step:02d}.jpg")))
    assert picture is not None, "run tools/build_models.py"
    height, width = (side // 16 * 16 for side in picture.shape[:2])
    file = cv2.imencode(".jpg", np.ascontiguousarray(picture[:height, :width]), [cv2.IMWRITE_JPEG_QUALITY, 85])[1]
    jpeg, at, tables = file.tobytes(), 2, b""
    while True:
        mark, length = jpeg[at + 1], struct.unpack_from(">H", jpeg, at + 2)[0]
        part = jpeg[at + 4 : at + 2 + length]
        if mark == 0xDB:
            tables += b"".join(part[start + 1 : start + 65] for start in range(0, len(part), 65))
        at += 2 + length
        if mark == 0xDA:
            return _Scan(tables, jpeg[at:-2], width, height)


def _packets(scan: _Scan, first: int, stamp: int) -> list[bytes]:
    made: list[bytes] = []
    at = 0
    while at < len(scan.data):
        head = struct.pack(">I", at) + bytes((1, 255, scan.width // 8, scan.height // 8))  # 4:2:0, tables in band
        if at == 0:
            head += struct.pack(">BBH", 0, 0, len(scan.tables)) + scan.tables
        piece = scan.data[at : at + MOST_BYTES]
        at += len(piece)
        marker = 0x80 if at >= len(scan.data) else 0
        number = (first + len(made)) & 0xFFFF
        made.append(struct.pack(">BBHII", 0x80, marker | JPEG_PAYLOAD, number, stamp & 0xFFFFFFFF, 7) + head + piece)
    return made
