"""A centre told to stop while desks push: what was begun is answered, what was answered is there, nothing else."""

import http.client
import itertools
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import msgspec
import psutil
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from sscard_desk.central.centre import OpenCentre, init_centre, open_centre
from sscard_desk.central.imports import import_point
from sscard_desk.central.store.tables import entry as entries
from sscard_desk.wire import messages
from sscard_desk.wire.readiness import Ready
from tests.machines.counter import POINT, REGION, opened, subject
from tests.machines.model_desk import ModelDesk
from tests.machines.served_centre import Served, served_centre
from tests.machines.tls_desk import TlsDesk, enrolled_key, given

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that asks a process to end")
DESKS, BATCH, BATCHES_BEFORE = 30, 5, 60
NAMES = [f"D-{n:04d}" for n in range(1, DESKS + 1)]
persons = itertools.count(1)


@dataclass
class Pushing:
    """A desk that pushes one batch after another until its connection ends."""

    line: TlsDesk
    journal: ModelDesk
    answered: dict[int, messages.EntryAnswer] = field(default_factory=dict)

    def go_on(self, stop_at: Event, count: "itertools.count[int]") -> None:
        try:
            while True:
                for _ in range(BATCH):
                    self.journal.record(opened(next(persons)), subject())
                self._push(len(self.answered))
                if next(count) == BATCHES_BEFORE:
                    stop_at.set()
        except (OSError, http.client.HTTPException):
            return  # the connection has ended; a closed one is not opened again

    def _push(self, first: int) -> None:
        batch = tuple((each.header, each.payload, each.salt) for each in self.journal.entries[first:])
        body = msgspec.msgpack.encode(messages.Push(protocol=2, desk=self.line.desk, entries=batch))
        while True:
            status, said = self.line.ask("POST", "/v1/push", body)
            if status == 200:
                break
            assert status == 503
        for answer in msgspec.msgpack.decode(said, type=messages.PushAnswer).answers:
            assert (answer.outcome, answer.code) == ("stored", "")
            assert answer.seq not in self.answered
            self.answered[answer.seq] = answer


@pytest.fixture
def centre(tmp_path: Path, address: str) -> Iterator[OpenCentre]:
    made = init_centre(tmp_path / "centre", training=True, name="示例中心", address=address)
    import_point(made, POINT, "示例街道服务站", REGION)
    yield made
    made.close()


def desk(centre: OpenCentre, served: Served, name: str, key: Ed25519PrivateKey) -> TlsDesk:
    return TlsDesk(served.port, centre.keys.authority, name, key, given(centre, name))


def test_a_stop_under_thirty_pushing_desks_answers_what_was_begun_and_keeps_what_was_answered(
    tmp_path: Path, centre: OpenCentre, address: str
) -> None:
    keys = {name: enrolled_key(centre, name) for name in NAMES}
    stop_at, count = Event(), itertools.count(1)
    with served_centre(tmp_path / "centre", "--workers", "2" if address else "1") as served:
        children = psutil.Process(served.process.pid).children(recursive=True)
        desks = [Pushing(desk(centre, served, name, keys[name]).__enter__(), ModelDesk(name)) for name in NAMES]
        with ThreadPoolExecutor(DESKS) as pool:
            running = [pool.submit(each.go_on, stop_at, count) for each in desks]
            assert stop_at.wait(60)
            status = served.end()
            for done in running:
                done.result(60)
        assert (status, served.said) == (0, "")
        # one that only watches what the workers leave behind ends by itself once they have
        assert psutil.wait_procs(children, timeout=30)[1] == []
        with pytest.raises(OSError):
            desk(centre, served, NAMES[0], keys[NAMES[0]]).__enter__()
    for each in desks:
        each.line.__exit__(None, None, None)
    centre.close()
    reopened = open_centre(tmp_path / "centre", address)
    with reopened.database.reading() as connection:
        kept = connection.execute(select(entries.c.desk, entries.c.seq, entries.c.entry_id, entries.c.hash)).all()
    reopened.close()
    answered = {
        (each.line.desk, seq, answer.entry_id, each.journal.entries[seq - 1].hash)
        for each in desks
        for seq, answer in each.answered.items()
    }
    assert len(answered) >= BATCH * BATCHES_BEFORE
    # nothing more either: no answer to what was taken was lost
    assert sorted(map(tuple, kept)) == sorted(answered)


def body_of(journal: ModelDesk) -> bytes:
    journal.record(opened(next(persons)), subject())
    batch = tuple((each.header, each.payload, each.salt) for each in journal.entries)
    return msgspec.msgpack.encode(messages.Push(protocol=2, desk=journal.desk, entries=batch))


def test_a_push_of_which_half_has_come_is_taken_and_answered_before_the_centre_ends(
    tmp_path: Path, embedded: OpenCentre
) -> None:
    slow, idle = enrolled_key(embedded, "D-0101"), enrolled_key(embedded, "D-0102")
    body = body_of(ModelDesk("D-0101"))
    with (
        served_centre(tmp_path / "centre") as served,
        desk(embedded, served, "D-0101", slow) as pushing,
        desk(embedded, served, "D-0102", idle) as other,
    ):
        assert other.word("GET", "/v1/hello?training=1") == "ok"
        pushing.begin("POST", "/v1/push", body, len(body) // 2)
        assert other.word("GET", "/v1/hello?training=1") == "ok"  # by now the server knows of the first one too
        served.ask_to_end()
        assert other.is_ended()  # nothing was under way there
        pushing.send(body[len(body) // 2 :])
        status, said = pushing.answer()
        (answer,) = msgspec.msgpack.decode(said, type=messages.PushAnswer).answers
        assert (status, answer.outcome, pushing.closing) == (200, "stored", True)
        assert (served.ended(), served.said) == (0, "")


def test_a_push_that_never_ends_holds_a_stop_no_longer_than_it_may(tmp_path: Path, embedded: OpenCentre) -> None:
    body, key = body_of(ModelDesk("D-0101")), enrolled_key(embedded, "D-0101")
    with (
        served_centre(tmp_path / "centre", "--stop-seconds", "1") as served,
        desk(embedded, served, "D-0101", key) as pushing,
    ):
        assert pushing.word("GET", "/v1/hello?training=1") == "ok"
        pushing.begin("POST", "/v1/push", body, len(body) // 2)
        assert (served.end(), served.said) == (0, "")
        assert pushing.is_ended()
    with embedded.database.reading() as connection:
        assert connection.execute(select(entries.c.seq)).all() == []


def test_a_centre_that_gave_notice_says_that_it_stops_and_serves_on_meanwhile(
    tmp_path: Path, embedded: OpenCentre
) -> None:
    journal, key = ModelDesk("D-0101"), enrolled_key(embedded, "D-0101")
    with served_centre(tmp_path / "centre", "--notice-seconds", "3") as served:
        with desk(embedded, served, "D-0101", key) as line:
            assert line.ask("GET", "/v1/ready")[0] == 200
            served.ask_to_end()
            status, said = line.ask("GET", "/v1/ready")
            while status == 200:  # the signal is on its way
                status, said = line.ask("GET", "/v1/ready")
        assert (status, msgspec.msgpack.decode(said, type=Ready).reason) == (503, "stopping")
        with desk(embedded, served, "D-0101", key) as line:
            assert line.word("POST", "/v1/push", body_of(journal)) == "ok"
        assert (served.ended(), served.said) == (0, "")
