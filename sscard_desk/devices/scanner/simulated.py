"""The training scanner: the model behind eSCL over HTTP on loopback, standard library only.

Our own eSCL client and sane-airscan read it. Its pages are drawn by whoever starts it.
"""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Final, Self

from sscard_desk.devices.scanner import escl_says as says
from sscard_desk.devices.scanner import escl_words as words
from sscard_desk.devices.scanner.simulated_device import CAPABILITIES, Refused, ScannerModel, Trouble
from sscard_desk.ports.devices import Cancel, Cancelled

HOST: Final = "127.0.0.1"
ROOT: Final = "/eSCL/"
MOST_BYTES: Final = 100_000
PIECES: Final = 8
"""In how many pieces a page comes, so that its coming can be followed."""


class SimulatedScanner:
    """A scanner on a free port of this computer; a context manager.

    Args:
        model: the device.
        port: to listen on; 0 takes a free one.
        seconds: what a page takes.
    """

    def __init__(self, model: ScannerModel, port: int = 0, seconds: float = 0.0) -> None:
        self.model = model
        self._seconds = seconds
        self._stopped = threading.Event()
        self._server = _Server(self, port)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="training-scanner", daemon=True
        )
        self._thread.start()

    @property
    def url(self) -> str:
        """Return the address to put into `[scanner] escl`."""
        return f"http://{HOST}:{self._server.server_address[1]}{ROOT.rstrip('/')}"

    @property
    def port(self) -> int:
        """Return the port it listens on."""
        return int(self._server.server_address[1])

    def stop(self) -> None:
        """Pull the plug: nobody answers on the port any more. May be called twice."""
        if not self._stopped.is_set():
            self._stopped.set()
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def hang(self) -> None:
        """Say nothing until the plug is pulled or the trouble ends."""
        while self.model.now() in {Trouble.SILENT, Trouble.DEAF} and not self._stopped.wait(0.02):
            pass

    def rest(self) -> None:
        """Let a part of a page's time pass."""
        self._stopped.wait(self._seconds / PIECES)


class _Server(ThreadingHTTPServer):
    """The line, which knows the scanner behind it."""

    daemon_threads = True

    def __init__(self, scanner: "SimulatedScanner", port: int) -> None:
        super().__init__((HOST, port), _Question)
        self.scanner = scanner


class _Question(BaseHTTPRequestHandler):
    """One question."""

    server: "_Server"

    @property
    def _model(self) -> ScannerModel:
        return self.server.scanner.model

    def do_GET(self) -> None:
        if not self._may():
            return
        if self.path == ROOT + "ScannerCapabilities":
            self._say(200, says.capabilities_xml(CAPABILITIES))
        elif self.path == ROOT + "ScannerStatus":
            self._say(200, says.status_xml(self._model.status()))
        elif self.path.startswith(ROOT + "ScanJobs/") and self.path.endswith("/NextDocument"):
            self._next_page(self.path.split("/")[-2])
        else:
            self._say(404)

    def do_POST(self) -> None:
        if not self._may():
            return
        body = self.rfile.read(min(int(self.headers.get("Content-Length", "0")), MOST_BYTES))
        try:
            number = self._model.begin(words.read_settings(body))
        except words.NotEscl:
            self._say(400)
        except Refused as refused:
            self._say(refused.status)
        else:
            self._say(201, location=f"{ROOT}ScanJobs/{number}")

    def do_DELETE(self) -> None:
        try:
            self._model.cancel(self.path.split("/")[-1])
        except Refused as refused:
            self._say(refused.status)
        else:
            self._say(200)

    def _may(self) -> bool:
        if self._model.now() is Trouble.DEAF:
            self.server.scanner.hang()
            return False
        if self._model.now() is Trouble.DENIED:
            self._say(403)
            return False
        return True

    def _next_page(self, number: str) -> None:
        if self._model.now() is Trouble.SILENT:
            self.server.scanner.hang()
            return
        trouble = self._model.now()
        try:
            page = self._model.next_page(number)()
        except Refused as refused:
            self._say(refused.status)
            return
        match trouble:
            case Trouble.EMPTY_PAGE:
                self._say(200, b"", kind=words.JPEG)
            case Trouble.HALF_PAGE:
                self._say(200, page[: len(page) // 2], kind=words.JPEG)
            case Trouble.NO_PICTURE:
                self._say(200, b"no picture", kind=words.JPEG)
            case Trouble.LINE_LOST:
                return
            case _:
                self._say(200, page, kind=words.JPEG)

    def _say(self, status: int, body: bytes = b"", *, kind: str = "text/xml", location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        piece = max(1, -(-len(body) // PIECES))
        try:
            for at in range(0, len(body), piece):
                if kind == words.JPEG:
                    self.server.scanner.rest()
                self.wfile.write(body[at : at + piece])
        except OSError:
            return  # who asked went away

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the server's own name
        """Say nothing."""


def run(
    announce: Callable[[str], None], cancel: Cancel, model: ScannerModel, port: int = 0, seconds: float = 2.0
) -> None:
    """Run the training scanner until somebody asks to stop.

    Args:
        announce: told the address once it answers.
        cancel: the wish to stop.
        model: the device, with pages in it.
        port: to listen on; 0 takes a free one.
        seconds: what a page takes.

    Raises:
        OSError: the port is taken.
    """
    with SimulatedScanner(model, port, seconds) as scanner:
        announce(scanner.url)
        try:
            while True:
                cancel.wait(3600.0)
        except Cancelled:
            return
