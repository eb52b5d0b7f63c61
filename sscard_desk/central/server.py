"""The centre on a TLS socket: in the foreground for `central serve`, on a thread for training and tests."""

import contextlib
import gc
import os
import signal
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Thread
from types import FrameType
from typing import Final

from sscard_desk.central.app import make_app
from sscard_desk.central.beside import START_LOOK_SECONDS, START_SECONDS
from sscard_desk.central.blob_moving import need_folder
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.http_protocol import quiet_config
from sscard_desk.central.leaving import LeavingServer
from sscard_desk.central.measures_server import MeasuresServer
from sscard_desk.central.operation import ORDINARY, Operation
from sscard_desk.central.peer import PeerProtocol, ask_for_certificates
from sscard_desk.central.room import Room
from sscard_desk.central.store.transactions import News
from sscard_desk.central.watch import Watched
from sscard_desk.domain.errors.operator import AddressTaken

LOOPBACK: Final = "127.0.0.1"
KEEP_ALIVE_SECONDS: Final = 75
BACKLOG: Final = 512
COLLECT_AFTER: Final = 50_000
"""Objects more than were given back: a batch of entries makes some ten thousand, and gives them back by itself."""


class CentreServer:
    """One listening server; port 0 takes a free one."""

    def __init__(
        self,
        centre: OpenCentre,
        host: str = LOOPBACK,
        port: int = 0,
        listening: socket.socket | None = None,
        operation: Operation = ORDINARY,
    ) -> None:
        """Bind the socket, so that `url` is known before the first request.

        Args:
            centre: what to serve; stays open when the server stops.
            host: address to listen on; loopback unless told otherwise.
            port: 0 for a free one.
            listening: a socket that listens already, as `listen` returns it; workers share one.
            operation: how long it takes to stop, and where its measures go.

        Raises:
            AddressTaken: the address cannot be had.
            BlobFolderAway: the folder of pictures and scans is not seen from here.
        """
        need_folder(centre)
        self._socket = listening or listen(host, port)
        self._host = host
        self._port = int(self._socket.getsockname()[1])
        centre.keys.renew_server(datetime.now(UTC), centre.certificates.server_days)
        config = quiet_config(
            Watched(Room(make_app(centre), centre, lambda: len(self._server.server_state.connections)), centre),
            ssl_certfile=centre.keys.server_certificate,
            ssl_keyfile=centre.keys.server_key,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=1,
            http=PeerProtocol,
        )
        config.load()
        if config.ssl is not None:
            ask_for_certificates(config.ssl, centre.believed)
        self._server = LeavingServer(config, centre, operation)
        self._measures = MeasuresServer(centre, operation.measures) if operation.measures else None
        self._centre = centre
        self._news: News | None = None
        self._thread: Thread | None = None

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._port

    @property
    def url(self) -> str:
        """Where desks reach it."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"https://{host}:{self._port}"

    def run(self, said: Callable[[str], None] = lambda _url: None) -> None:
        """Serve until the process is told to stop, then end what is under way and return; main thread only.

        Args:
            said: is given the address once, before the first request.
        """
        before = signal.signal(signal.SIGTERM, _end)
        # what is there now stays: looking through it at every turn of the collector took an eighth of a push
        gc.freeze()
        gc.set_threshold(COLLECT_AFTER)
        news = self._centre.database.news_for(self._centre.memory)
        try:
            # the server hands each signal on once it has stopped
            with contextlib.suppress(KeyboardInterrupt):
                if self._measures:
                    self._measures.start()
                said(self.url)
                self._server.run(sockets=[self._socket])
        finally:
            news.close()
            if self._measures:
                self._measures.stop()
            signal.signal(signal.SIGTERM, before)
            self._socket.close()

    def start(self) -> None:
        """Serve on a thread; returns when requests are answered."""
        self._centre.stopping = False
        if self._measures:
            self._measures.start()
        self._news = self._centre.database.news_for(self._centre.memory)
        thread = Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, name="centre", daemon=True)
        thread.start()
        self._thread = thread
        deadline = time.monotonic() + START_SECONDS
        while not self._server.started:
            if not thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("the centre's server did not start")
            time.sleep(START_LOOK_SECONDS)

    def ask_to_stop(self) -> None:
        """Begin to stop, from any thread; `run` returns once what is under way is answered."""
        self._server.ask_to_stop()

    def stop(self) -> None:
        """Stop serving and wait for what is under way."""
        self._server.ask_to_stop()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._news is not None:
            self._news.close()
            self._news = None
            if self._measures:
                self._measures.stop()
        self._socket.close()


def _end(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket that says that it is TCP.

    asyncio switches Nagle's waiting off only on sockets whose protocol is named; without it each answer took 40 ms.

    Raises:
        AddressTaken: the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            # elsewhere this would let a second server take the same port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except OSError as taken:
        listening.close()
        raise AddressTaken(address=f"{host}:{port}") from taken
    return listening
