"""What never comes and what cannot be read keeps nothing else waiting."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from sscard_desk.central import imports
from sscard_desk.central.store import blobs as kept
from sscard_desk.central.store.tables import blob as bodies
from sscard_desk.domain.ids import BlobId
from sscard_desk.store import blobs
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.engine import writing
from sscard_desk.sync.passes import run_pass
from sscard_desk.sync.phases.blobs import NAMES_ASKED
from tests.machines.counter import REGION, Counter
from tests.sync.test_real_desk import CLERK, POINT, line_of, real_desk

PICTURES = tuple(Random(number).randbytes(900) for number in range(70))


def named(body: bytes) -> BlobId:
    return BlobId(hashlib.sha256(body).hexdigest())


@pytest.fixture
def desk(tmp_path: Path, counter: Counter) -> Iterator[DeskStore]:
    imports.import_point(counter.open, POINT, "示例街道服务站", REGION)
    store = real_desk(tmp_path / "desk", "D-0001", 1)
    counter.identity("D-0001", POINT).keep(store)
    yield store
    store.close()


def want(desk: DeskStore, bodies: tuple[bytes, ...]) -> None:
    with writing(desk._engine) as connection:
        for body in bodies:
            blobs.want(connection, named(body))


def bring(counter: Counter, body: bytes) -> None:
    counter.open.database.write(lambda connection: kept.keep_all(connection, POINT, [body]))


def fetched(counter: Counter, desk: DeskStore) -> int:
    with line_of(desk) as line:
        return run_pass(desk, line).blobs_fetched


def test_pictures_that_never_come_let_the_others_through_in_turn(counter: Counter, desk: DeskStore) -> None:
    never, late = PICTURES[:NAMES_ASKED], PICTURES[NAMES_ASKED:]
    last = max(late, key=named)
    want(desk, PICTURES)
    for body in late:
        bring(counter, body)
    passes = 0
    while named(last) in desk.wanted_blobs(1_000):
        fetched(counter, desk)
        passes += 1
        assert passes <= 3
    fetched(counter, desk)
    assert set(desk.wanted_blobs(1_000)) == {named(body) for body in never}
    new = b"wanted only now"
    want(desk, (new,))
    bring(counter, new)
    assert fetched(counter, desk) == 1  # what was never asked for comes first


def test_the_turn_is_kept_through_a_restart_of_the_program(desk: DeskStore) -> None:
    want(desk, PICTURES)
    first = list(desk.wanted_blobs(30))
    desk.blobs_asked(first)
    second = list(desk.wanted_blobs(30))
    desk.blobs_asked(second)
    assert not set(first) & set(second)
    assert set(list(desk.wanted_blobs(1_000))[-60:-30]) == set(first)
    assert set(list(desk.wanted_blobs(1_000))[-30:]) == set(second)


def test_a_picture_that_the_centre_has_wrongly_does_not_end_the_pass(counter: Counter, desk: DeskStore) -> None:
    want(desk, PICTURES[:3])
    for body in PICTURES[:3]:
        bring(counter, body)
    with counter.open.database.writing() as connection:
        wrong = bodies.update().where(bodies.c.id == named(PICTURES[1]))
        connection.execute(wrong.values(body=b"something else"))
    with line_of(desk) as line:
        report = run_pass(desk, line)
    assert (report.blobs_fetched, report.blobs_wanted, report.up_to_date) == (2, 1, True)
    assert list(desk.wanted_blobs(10)) == [named(PICTURES[1])]


def test_pictures_that_cannot_be_read_here_let_the_others_be_sent(counter: Counter, desk: DeskStore) -> None:
    with desk.work(CLERK) as work:
        for body in PICTURES[:60]:
            work.put_blob(body)
    pending = list(desk.pending_blobs(1_000))
    with writing(desk._engine) as connection:
        lost = {name: blobs.find(connection, name) for name in pending[:40]}
    for sealed in lost.values():
        assert sealed is not None
        (desk._folder.path / sealed.file).unlink()
    with line_of(desk) as line:
        report = run_pass(desk, line)
    assert (report.blobs_sent, report.blobs_unsent, report.up_to_date) == (20, 40, False)
    assert set(desk.pending_blobs(1_000)) == set(lost)
    with line_of(desk) as line:
        assert list(line.missing_blobs(pending[40:])) == []
