"""The centre on a TLS socket: in the foreground for `central serve`, on a thread for training and tests."""

import socket
from collections.abc import Callable
from threading import Thread
from typing import Final

import uvicorn

from sscard_desk.central.app import make_app
from sscard_desk.central.centre import OpenCentre

LOOPBACK: Final = "127.0.0.1"
KEEP_ALIVE_SECONDS: Final = 75
MOST_AT_ONCE: Final = 2_000
START_SECONDS: Final = 20


class CentreServer:
    """One listening server; port 0 takes a free one."""

    def __init__(self, centre: OpenCentre, host: str = LOOPBACK, port: int = 0) -> None:
        """Bind the socket, so that `url` is known before the first request.

        Args:
            centre: what to serve; stays open when the server stops.
            host: address to listen on; loopback unless told otherwise.
            port: 0 for a free one.

        Raises:
            OSError: the address cannot be had.
        """
        self._socket = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        self._host = host
        self._port = int(self._socket.getsockname()[1])
        config = uvicorn.Config(
            make_app(centre),
            ssl_certfile=centre.keys.server_certificate,
            ssl_keyfile=centre.keys.server_key,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            limit_concurrency=MOST_AT_ONCE,
            timeout_graceful_shutdown=2,
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            ws="none",
        )
        self._server = uvicorn.Server(config)
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
        """Serve until the process is told to stop.

        Args:
            said: is given the address once, before the first request.
        """
        said(self.url)
        self._server.run(sockets=[self._socket])

    def start(self) -> None:
        """Serve on a thread; returns when requests are answered."""
        thread = Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, name="centre", daemon=True)
        thread.start()
        self._thread = thread
        with socket.create_connection((self._host, self._port), timeout=START_SECONDS):
            return

    def stop(self) -> None:
        """Stop serving and wait for what is under way."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._socket.close()
