"""What a worker counts while it serves, for Prometheus (docs/adr/0051); no name, number or desk stands in a label.

With several workers each writes its numbers to files that all share, and any of them adds them up.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

SHARED: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The library's own word for where workers of one address put their numbers; read when it is imported."""
SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
LIVE_SUM: Final = "livesum"
"""Of the workers that live; a counter goes on counting what those that ended had."""


class Measures:
    """The numbers of one worker."""

    def __init__(self) -> None:
        """Begin at nought."""
        self.registry = CollectorRegistry()
        self.requests = Counter("sscard_requests", "Requests answered.", ["route", "status"], registry=self.registry)
        self.seconds = Histogram(
            "sscard_request_seconds",
            "From a request's first byte to its answer's last, seconds.",
            ["route"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self.entries = Counter(
            "sscard_entries", "Entries of journals judged, by what became of them.", ["outcome"], registry=self.registry
        )
        self.connections = Gauge(
            "sscard_open_connections",
            "Connections of desks that are open.",
            multiprocess_mode=LIVE_SUM,
            registry=self.registry,
        )
        self.at_work = Gauge(
            "sscard_requests_at_work",
            "Requests that have come whole and are not answered yet.",
            multiprocess_mode=LIVE_SUM,
            registry=self.registry,
        )
        self.pool = Gauge(
            "sscard_database_connections_in_use",
            "Connections to the database that a request holds.",
            multiprocess_mode=LIVE_SUM,
            registry=self.registry,
        )

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Count a request.

        Args:
            route: method and path of the table of routes, or one word for all others.
            status: HTTP.
            seconds: how long it took.
        """
        self.requests.labels(route, str(status)).inc()
        self.seconds.labels(route).observe(seconds)


@contextmanager
def shared_by_workers() -> Iterator[None]:
    """Have the workers that are started within add their numbers up; their files go with the block."""
    folder = Path(tempfile.mkdtemp(prefix="sscard-measures-"))
    before = os.environ.get(SHARED)
    os.environ[SHARED] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[SHARED]
        else:
            os.environ[SHARED] = before
        shutil.rmtree(folder, ignore_errors=True)
