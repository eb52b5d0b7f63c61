"""The administration on a TLS socket of its own, on a thread beside the desks' server."""

import time
from threading import Thread
from typing import Final

import uvicorn

from sscard_desk.central.admin.app import make_admin_app
from sscard_desk.central.admin.place import AdminPlace
from sscard_desk.central.admin.tools import Tools
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.server import START_LOOK_SECONDS, START_SECONDS

KEEP_ALIVE_SECONDS: Final = 10
MOST_AT_ONCE: Final = 100


class AdminServer:
    """One server of the administration."""

    def __init__(self, centre: OpenCentre, place: AdminPlace, tools: Tools) -> None:
        """Make it; `start` lets it serve.

        Args:
            centre: what is administered; stays open when the server stops.
            place: where it listens; its socket stays open when the server stops.
            tools: what its pages are given from other rooms.
        """
        self._socket = place.listening
        chain, key = place.certificate or (centre.keys.server_certificate, centre.keys.server_key)
        self._server = uvicorn.Server(
            uvicorn.Config(
                make_admin_app(centre, tools),
                ssl_certfile=chain,
                ssl_keyfile=key,
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
                limit_concurrency=MOST_AT_ONCE,
                timeout_graceful_shutdown=1,
                # whoever stands in between may not say where a try comes from
                proxy_headers=False,
                log_config=None,
                access_log=False,
                lifespan="off",
                server_header=False,
                ws="none",
                http="h11",
            )
        )
        self._thread: Thread | None = None

    def start(self) -> None:
        """Serve on a thread; returns when requests are answered."""
        self._thread = Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="administration", daemon=True
        )
        self._thread.start()
        deadline = time.monotonic() + START_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("the administration's server did not start")
            time.sleep(START_LOOK_SECONDS)

    def stop(self) -> None:
        """Stop serving and wait for what is under way."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join()
            self._thread = None
