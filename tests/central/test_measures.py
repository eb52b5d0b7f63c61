"""What Prometheus reads from a centre that serves: counts of all workers together, and no desk or person in a label."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import msgspec
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Connection

from sscard_desk.central import measures_server
from sscard_desk.central.centre import OpenCentre, init_centre
from sscard_desk.central.imports import import_point
from sscard_desk.central.measures_server import MeasuresServer
from sscard_desk.central.server import listen
from sscard_desk.central.store.blob_parts import Part, keep_part
from sscard_desk.domain.errors.centre_database import DatabaseAway
from sscard_desk.wire import messages
from tests.machines.counter import POINT, REGION, opened, subject
from tests.machines.model_desk import ModelDesk
from tests.machines.served_centre import served_centre
from tests.machines.tls_desk import TlsDesk, enrolled_key, given

Samples = dict[tuple[str, tuple[str, ...]], float]


def read(url: str) -> Samples:
    text = httpx.get(url, trust_env=False, timeout=30).text
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def batch(desk: ModelDesk) -> bytes:
    entries = tuple((each.header, each.payload, each.salt) for each in desk.entries)
    return msgspec.msgpack.encode(messages.Push(protocol=2, desk=desk.desk, entries=entries))


@pytest.mark.parametrize("workers", [1, 2])
def test_requests_entries_desks_and_feeds_are_counted_over_all_workers(
    tmp_path: Path, request: pytest.FixtureRequest, workers: int
) -> None:
    address = request.getfixturevalue("postgres").database() if workers > 1 else ""
    centre = init_centre(tmp_path / "centre", training=True, name="示例中心", address=address)
    import_point(centre, POINT, "示例街道服务站", REGION)
    names = [f"D-{n:04d}" for n in range(1, 7)]
    keys = {name: enrolled_key(centre, name) for name in names}
    words = ("--metrics-port", "0", "--workers", str(workers))
    with served_centre(tmp_path / "centre", *words) as served:
        for n, name in enumerate(names):
            desk = ModelDesk(name)
            desk.record(opened(n), subject())
            desk.record(opened(n), subject())  # one person, two applications: the second is a conflict
            with TlsDesk(served.port, centre.keys.authority, name, keys[name], given(centre, name)) as line:
                assert line.word("GET", "/v1/hello?training=1&head=5") == "ok"
                assert line.word("POST", "/v1/push", batch(desk)) == "ok"
                assert line.word("POST", "/v1/push", batch(desk)) == "ok"
                assert line.ask("GET", "/v1/nothing")[0] == 404
        assert served.metrics_url is not None
        found = read(served.metrics_url)
        assert httpx.get(served.metrics_url.replace("metrics", "other"), trust_env=False).status_code == 404
        assert served.end() == 0
    centre.close()
    count = len(names)
    assert found["sscard_requests_total", ("POST /v1/push", "200")] == 2 * count
    assert found["sscard_requests_total", ("other", "404")] == count
    assert found["sscard_request_seconds_count", ("POST /v1/push",)] == 2 * count
    assert found["sscard_request_seconds_sum", ("POST /v1/push",)] > 0
    outcomes = {labels[0]: value for (name, labels), value in found.items() if name == "sscard_entries_total"}
    assert outcomes == {"stored": count, "conflict": 2 * count, "already-stored": count}
    assert found["sscard_desks", ("enrolled",)] == found["sscard_desks_seen", ("1h",)] == count
    assert found["sscard_entries_awaited", ()] == count * (5 - 2)
    assert found["sscard_feed_positions", ()] >= count
    assert found["sscard_database_up", ()] == 1
    assert {"sscard_open_connections", "sscard_requests_at_work", "sscard_database_connections_in_use"} <= {
        name for name, _ in found
    }
    assert not [labels for _, labels in found if set(names) & set(labels)]


@pytest.fixture
def measured(centre: OpenCentre) -> Iterator[str]:
    listening = listen("127.0.0.1", 0)
    server = MeasuresServer(centre, listening)
    server.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/metrics"
    server.stop()
    listening.close()


def test_a_large_picture_is_pending_until_its_last_part(
    centre: OpenCentre, measured: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measures_server, "BELIEVED_SECONDS", 0.0)
    whole = b"a scan of many pages"
    name, kept = hashlib.sha256(whole).hexdigest(), list[bytes]()

    def bring(first: int, last: int) -> tuple[float, float]:
        with centre.database.writing() as connection:
            part = Part(name, first, len(whole), whole[first:last])
            keep_part(connection, POINT, part, centre.now_ms(), kept.append)
        found = read(measured)
        return found["sscard_blobs_pending", ()], found["sscard_blobs_pending_bytes", ()]

    assert bring(0, 5) == (1, 5)
    assert bring(5, 9) == (1, 9)
    assert bring(9, len(whole)) == (0, 0)
    assert kept == [whole]


def test_a_database_that_is_away_is_a_number_and_no_error(
    centre: OpenCentre, measured: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def away() -> Iterator[Connection]:
        raise DatabaseAway
        yield

    monkeypatch.setattr(centre.database, "reading", away)
    found = read(measured)
    assert found["sscard_database_up", ()] == 0
    assert "sscard_feed_positions" not in {name for name, _ in found}
