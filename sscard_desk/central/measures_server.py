"""The measures on a port of their own, `/metrics`, for Prometheus: loopback unless told otherwise, and not encrypted.

They are no desk's business, so they do not stand on the desks' port; a collector signs in nowhere, so they do not stand
behind the administration's sign-in either (docs/adr/0051).
"""

import os
import socket
import time
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from threading import Lock, Thread
from typing import Any, Final
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.measures import SHARED
from sscard_desk.central.store.facts import Facts, find_facts
from sscard_desk.domain.errors.centre_database import DatabaseAway

PATH: Final = "/metrics"
BELIEVED_SECONDS: Final = 15.0
"""How long what the database said is said again: two collectors ask it no more often than one."""
WAIT_SECONDS: Final = 10


class _Facts(Collector):
    """What the database holds; without it, that it is away."""

    def __init__(self, centre: OpenCentre) -> None:
        self._centre = centre
        self._lock = Lock()
        self._until = 0.0
        self._found: Facts | None = None

    def collect(self) -> Iterable[Metric]:
        with self._lock:
            if time.monotonic() >= self._until:
                self._found = self._look()
                self._until = time.monotonic() + BELIEVED_SECONDS
            found = self._found
        yield GaugeMetricFamily("sscard_database_up", "Whether the database answers.", value=int(found is not None))
        if found is not None:
            yield from _families(found)

    def _look(self) -> Facts | None:
        try:
            with self._centre.database.reading() as connection:
                return find_facts(connection, self._centre.now_ms())
        except DatabaseAway:
            return None


def _families(facts: Facts) -> Iterable[Metric]:
    desks = GaugeMetricFamily("sscard_desks", "Desks by state.", labels=["state"])
    for state, count in sorted(facts.desks.items()):
        desks.add_metric([state], count)
    seen = GaugeMetricFamily("sscard_desks_seen", "Enrolled desks heard within a time.", labels=["within"])
    for within, count in facts.seen.items():
        seen.add_metric([within], count)
    yield desks
    yield seen
    for name, help_text, value in (
        ("entries_awaited", "Entries that desks have by their own word and that have not come.", facts.entries_awaited),
        ("feed_scopes", "Feeds.", facts.scopes),
        ("feed_positions", "Changes that all feeds have had.", facts.feed_positions),
        ("feed_items", "Rows that all feeds hold.", facts.feed_items),
        ("blobs_pending", "Large pictures and scans of which a part is here.", facts.blobs_pending),
        ("blobs_pending_bytes", "Bytes of these parts.", facts.blobs_pending_bytes),
    ):
        yield GaugeMetricFamily(f"sscard_{name}", help_text, value=value)


class _Counted(Collector):
    """What this worker counted by itself."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry

    def collect(self) -> Iterable[Metric]:
        return self._registry.collect()


class MeasuresServer:
    """One server of the measures; workers share one listening socket, and any of them answers for all."""

    def __init__(self, centre: OpenCentre, listening: socket.socket) -> None:
        """Make it; `start` lets it serve.

        Args:
            centre: whose measures they are; stays open when the server stops.
            listening: stays open when the server stops.
        """
        # several workers are woken by one connection: who comes too late goes on waiting
        listening.setblocking(False)
        registry = CollectorRegistry()
        if SHARED in os.environ:
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # the library's
        else:
            registry.register(_Counted(centre.measures.registry))
        registry.register(_Facts(centre))
        self._server = _Server(listening)
        self._server.set_app(_only_measures(make_wsgi_app(registry)))
        self._thread = Thread(target=self._server.serve_forever, name="measures", daemon=True)

    def start(self) -> None:
        """Serve on a thread."""
        self._thread.start()

    def stop(self) -> None:
        """Stop serving and wait for the thread."""
        self._server.shutdown()
        self._thread.join()


class _Quiet(WSGIRequestHandler):
    timeout = WAIT_SECONDS

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's own name
        """Say nothing: a collector asks every few seconds."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def __init__(self, listening: socket.socket) -> None:
        super().__init__(listening.getsockname()[:2], _Quiet, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self.server_name, self.server_port = "localhost", listening.getsockname()[1]
        self.setup_environ()

    def get_request(self) -> tuple[socket.socket, Any]:
        accepted, address = super().get_request()
        accepted.setblocking(True)
        return accepted, address


def _only_measures(serve: Callable[..., Any]) -> Callable[..., Any]:
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        if environ.get("PATH_INFO") != PATH:
            start_response("404 Not Found", [("content-type", "text/plain")])
            return [b"404"]
        return serve(environ, start_response)

    return app
