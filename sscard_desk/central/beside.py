"""A small server on a socket and a thread of its own, beside the desks': the administration's, the measures'.

Nothing comes in between: who asks is who is at the other end. Connections have the patience of the desks' port.
"""

import asyncio
import socket
import time
from pathlib import Path
from threading import Thread
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from sscard_desk.central.http_protocol import quiet_config
from sscard_desk.central.patience import PatientProtocol

START_SECONDS: Final = 20
START_LOOK_SECONDS: Final = 0.01
KEEP_ALIVE_SECONDS: Final = 10
MOST_AT_ONCE: Final = 100
GIVE_WAY_FROM: Final = MOST_AT_ONCE - 2
"""From here on those give way that have asked nothing for a while; the last places are for being told so."""
_TEXT: Final = "text/plain; charset=utf-8"


class PlainProtocol(PatientProtocol):
    """A connection that says in plain text why it is let go: no desk listens here."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as the one above
        """Make room."""
        super().connection_made(transport)
        self.make_room(GIVE_WAY_FROM)

    def refusal(self, status: int, reason: str) -> tuple[str, bytes]:
        """Return the reason as text."""
        return _TEXT, f"{status} {reason}".encode("ascii")


class BesideServer:
    """One such server."""

    def __init__(
        self, app: ASGIApp, listening: socket.socket, name: str, certificate: tuple[Path, Path] | None = None
    ) -> None:
        """Make it; `start` lets it serve.

        Args:
            app: what it serves.
            listening: stays open when the server stops.
            name: of its thread.
            certificate: with the chain, and its key; None for no TLS.
        """
        chain, key = certificate or (None, None)
        self._listening = listening
        self._name = name
        self._server = uvicorn.Server(
            quiet_config(
                app,
                ssl_certfile=chain,
                ssl_keyfile=key,
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
                limit_concurrency=MOST_AT_ONCE,
                timeout_graceful_shutdown=1,
                # whoever stands in between may not say where a try comes from
                proxy_headers=False,
                http=PlainProtocol,
            )
        )
        self._thread: Thread | None = None

    def start(self) -> None:
        """Serve on a thread; returns when requests are answered."""
        served = {"sockets": [self._listening.dup()]}  # the server closes the one that it is given
        self._thread = Thread(target=self._server.run, kwargs=served, name=self._name, daemon=True)
        self._thread.start()
        deadline = time.monotonic() + START_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError(f"the server of {self._name} did not start")
            time.sleep(START_LOOK_SECONDS)

    def stop(self) -> None:
        """Stop serving and wait for what is under way."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join()
            self._thread = None
