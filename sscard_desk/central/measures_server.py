"""The measures on a port of their own, `/metrics`, for Prometheus: loopback unless told otherwise, and not encrypted.

They are no desk's business, so they do not stand on the desks' port; a collector signs in nowhere, so they do not stand
behind the administration's sign-in either (docs/adr/0051).
"""

import os
import socket
import time
from collections.abc import Iterable
from threading import Lock
from typing import Final

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sscard_desk.central.beside import BesideServer
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.measures import SHARED
from sscard_desk.central.store.facts import Facts, find_facts
from sscard_desk.domain.errors.centre_database import DatabaseAway

PATH: Final = "/metrics"
BELIEVED_SECONDS: Final = 15.0
"""How long what the database said is said again: two collectors ask it no more often than one."""


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


class MeasuresServer(BesideServer):
    """One server of the measures; workers share one listening socket, and any of them answers for all."""

    def __init__(self, centre: OpenCentre, listening: socket.socket) -> None:
        """Make it; `start` lets it serve.

        Args:
            centre: whose measures they are; stays open when the server stops.
            listening: stays open when the server stops.
        """
        registry = CollectorRegistry()
        if SHARED in os.environ:
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # the library says no types here
        else:
            registry.register(_Counted(centre.measures.registry))
        registry.register(_Facts(centre))

        # no coroutine, so on a thread of the pool: the database may keep it waiting
        def show(request: Request) -> Response:
            encoded, kind = choose_encoder(request.headers.get("accept", ""))
            return Response(encoded(registry), media_type=kind)

        super().__init__(Starlette(routes=[Route(PATH, show)]), listening, "measures")
