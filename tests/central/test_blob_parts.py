"""A large scan goes in parts, and goes on where it stopped: after a cut line, a lost answer, a restart of either."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from sscard_desk.central.blob_moving import move
from sscard_desk.central.compaction import PARTS_DAYS, compact
from sscard_desk.central.erasing import Reason, erase
from sscard_desk.central.store import blobs
from sscard_desk.central.store.blob_parts import blob_part
from sscard_desk.central.store.bodies import PLACES
from sscard_desk.domain.erasure import Why
from sscard_desk.domain.errors.centre import AnswerMalformed, CentreUnreachable
from sscard_desk.domain.events import DocumentKept
from sscard_desk.domain.ids import BlobId
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.pace import Pace
from sscard_desk.sync.passes import run_pass
from sscard_desk.sync.phases.blobs import send_blobs
from sscard_desk.sync.phases.push import push_journal
from sscard_desk.wire.messages import LARGEST_BLOB, MAX_BLOB_BYTES
from tests.machines.counter import POINT, Counter, opened, subject
from tests.machines.line import Line
from tests.machines.model_desk import ModelDesk

SCAN = Random(7).randbytes(2_600_000)
DAY_MS = 86_400_000


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def counter(tmp_path: Path, address: str, place: str) -> Iterator[Counter]:
    with Counter(tmp_path / "counter", address=address) as running:
        move(running.open, place)
        yield running


def parts(counter: Counter) -> tuple[int, int]:
    """How many parts are kept, and how many bytes they have."""
    with counter.open.database.reading() as connection:
        both = select(func.count(), func.coalesce(func.sum(func.length(blob_part.c.body)), 0)).select_from(blob_part)
        count, size = connection.execute(both).one()
    return int(count), int(size)


def kept(counter: Counter, body: bytes) -> bool:
    with counter.open.database.reading() as connection:
        return blobs.find(connection, POINT, hashlib.sha256(body).hexdigest()) == body


def test_a_large_scan_arrives_whole_and_no_part_stays(counter: Counter) -> None:
    desk = ModelDesk("D-0001")
    desk.take_photo(SCAN)
    desk.take_photo(b"a small one")
    with counter.client() as centre:
        report = run_pass(desk, centre)
    assert (report.blobs_sent, report.up_to_date) == (2, True)
    assert kept(counter, SCAN)
    assert kept(counter, b"a small one")
    assert parts(counter) == (0, 0)


@pytest.mark.parametrize("answers_only", [False, True])
def test_a_scan_whose_line_broke_goes_on_after_the_last_part_that_arrived(
    counter: Counter, *, answers_only: bool
) -> None:
    desk = ModelDesk("D-0001")
    desk.take_photo(SCAN)
    identity, pace = counter.identity(), Pace()
    with Line(counter.port) as line:
        through = replace(identity, url=line.url)
        with HttpCentre(through) as centre:
            centre.hello()
            line.cut_after(800 if answers_only else 1_400_000, answers_only=answers_only)
            with pytest.raises(CentreUnreachable):
                send_blobs(desk, centre, pace)
        there = parts(counter)[1]
        assert 0 < there < len(SCAN)
        assert desk.pending_blobs(10)
        line.mend()
        counter.restart()
        line.aim(counter.port)
        with HttpCentre(through) as centre:  # another process of the desk knows nothing of the parts
            assert centre.put_part(BlobId(hashlib.sha256(SCAN).hexdigest()), 0, len(SCAN), b"") == there
            send_blobs(desk, centre, pace)
    assert kept(counter, SCAN)
    assert not desk.pending_blobs(10)


def test_a_part_that_comes_twice_or_out_of_turn_changes_nothing(counter: Counter) -> None:
    name, half = BlobId(hashlib.sha256(SCAN).hexdigest()), MAX_BLOB_BYTES
    with counter.client() as centre:
        assert centre.put_part(name, 0, len(SCAN), SCAN[:half]) == half
        assert centre.put_part(name, 0, len(SCAN), SCAN[:half]) == half
        assert centre.put_part(name, half + 9, len(SCAN), SCAN[half + 9 :][:99]) == half
        assert parts(counter) == (1, half)
        assert centre.missing_blobs([name]) == [name]
        assert centre.put_part(name, half, len(SCAN), SCAN[half:]) == len(SCAN)
        assert centre.put_part(name, 0, len(SCAN), SCAN[:half]) == len(SCAN)
        assert centre.missing_blobs([name]) == []
    assert parts(counter) == (0, 0)


def test_parts_that_do_not_make_what_their_name_says_are_dropped(counter: Counter) -> None:
    name = BlobId(hashlib.sha256(SCAN).hexdigest())
    with counter.client() as centre:
        assert centre.put_part(name, 0, 20, b"0123456789") == 10
        assert centre.put_part(name, 10, 20, b"0123456789") == 0
        assert parts(counter) == (0, 0)
        with pytest.raises(AnswerMalformed):
            centre.put_part(name, 0, LARGEST_BLOB + 1, b"x")
        with pytest.raises(AnswerMalformed):
            centre.put_part(BlobId("../" + name[3:]), 0, 20, b"x")


def test_a_slow_line_gets_smaller_parts(counter: Counter) -> None:
    desk, pace = ModelDesk("D-0001"), Pace(bytes_a_second=20_000.0)
    desk.take_photo(SCAN[:150_000])
    with counter.client() as centre:
        assert (
            centre.put_part(BlobId(hashlib.sha256(SCAN[:150_000]).hexdigest()), 0, 150_000, SCAN[:100_000]) == 100_000
        )
        sent = send_blobs(desk, centre, pace)
    assert (sent.count, kept(counter, SCAN[:150_000]), parts(counter)) == (1, True, (0, 0))


def test_parts_whose_rest_never_came_are_forgotten(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    name = BlobId(hashlib.sha256(SCAN).hexdigest())
    with counter.client() as centre:
        centre.put_part(name, 0, len(SCAN), SCAN[:10])
    compact(counter.open)
    assert parts(counter) == (1, 10)
    now = counter.open.now_ms()
    monkeypatch.setattr(type(counter.open), "now_ms", lambda _: now + (PARTS_DAYS + 1) * DAY_MS)
    compact(counter.open)
    assert parts(counter) == (0, 0)


def test_a_scan_whose_application_was_erased_meanwhile_is_not_kept_and_no_part_of_it(counter: Counter) -> None:
    desk, about = ModelDesk("D-0001"), subject()
    desk.record(opened(1), about)
    name = desk.take_photo(SCAN)
    desk.record(DocumentKept("id_copy", "id_card", name, 1, 8), about)
    with counter.client() as centre:
        assert push_journal(desk, centre, Pace(), lambda: 0).acknowledged == 2
        assert centre.put_part(name, 0, len(SCAN), SCAN[:MAX_BLOB_BYTES]) == MAX_BLOB_BYTES
        asked = Reason(Why.REQUEST, "asked", "operator", open_too=True)
        assert erase(counter.open, [about], asked).subjects == (about,)
        assert parts(counter) == (0, 0)
        send_blobs(desk, centre, Pace())
    assert not desk.pending_blobs(10)  # the desk has an end
    assert not kept(counter, SCAN)
    assert parts(counter) == (0, 0)
