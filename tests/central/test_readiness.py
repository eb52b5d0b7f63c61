"""Whether a worker says that it can serve: only with a database that answers and this program's tables."""

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import httpx
import msgspec
import pytest
from sqlalchemy import Connection

from sscard_desk.central import readiness
from sscard_desk.central.app import make_app
from sscard_desk.central.blob_moving import move
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.migrations import ours
from sscard_desk.central.store.bodies import DATABASE, FOLDER
from sscard_desk.domain.errors.centre_database import DatabaseAway
from sscard_desk.wire.readiness import Ready
from tests.faults.sync.full_disk import SmallDisk, may_mount

pytestmark = pytest.mark.usefixtures("each_time")


@pytest.fixture
def each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "BELIEVED_SECONDS", 0.0)


async def asked(centre: OpenCentre) -> tuple[int, Ready]:
    transport = httpx.ASGITransport(make_app(centre))
    async with httpx.AsyncClient(transport=transport, base_url="https://centre") as line:
        answer = await line.get("/v1/ready")
    return answer.status_code, msgspec.msgpack.decode(answer.content, type=Ready)


def word(centre: OpenCentre) -> tuple[int, str]:
    status, said = asyncio.run(asked(centre))
    assert said.ready is (status == 200)
    return status, said.reason


def test_a_centre_that_can_serve_says_so(centre: OpenCentre) -> None:
    assert word(centre) == (200, "")


def test_a_database_that_cannot_be_read_is_said_and_that_it_is_back(
    centre: OpenCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def away() -> Iterator[Connection]:
        raise DatabaseAway
        yield

    with monkeypatch.context() as gone:
        gone.setattr(centre.database, "reading", away)
        assert word(centre) == (503, "database-away")
    assert word(centre) == (200, "")


def test_tables_of_another_program_are_said(centre: OpenCentre) -> None:
    set_level(centre, ours() + 1)
    assert word(centre) == (503, "tables-newer")
    set_level(centre, ours() - 1)
    assert word(centre) == (503, "tables-older")
    set_level(centre, ours())
    assert word(centre) == (200, "")


def test_a_folder_of_pictures_that_is_away_or_another_ones_is_said_and_that_it_is_back(
    centre: OpenCentre, tmp_path: Path
) -> None:
    move(centre, FOLDER)
    assert word(centre) == (200, "")
    (centre.folder / "blobs").rename(tmp_path / "unmounted")
    assert word(centre) == (503, "blobs-away")
    (centre.folder / "blobs").mkdir()  # an empty mount point
    assert word(centre) == (503, "blobs-away")
    (centre.folder / "blobs").rmdir()
    (tmp_path / "unmounted").rename(centre.folder / "blobs")
    assert word(centre) == (200, "")


def test_a_folder_of_pictures_without_room_or_only_for_reading_is_said(embedded: OpenCentre) -> None:
    if not may_mount():
        pytest.skip("only root may mount a small disk")
    with SmallDisk() as disk:
        move(embedded, FOLDER, disk.folder / "blobs")
        assert word(embedded) == (200, "")
        disk.leave(5)
        assert word(embedded) == (503, "blobs-full")
        disk.empty()
        assert word(embedded) == (200, "")
        subprocess.run(["mount", "-o", "remount,ro", str(disk.folder)], check=True)
        assert word(embedded) == (503, "blobs-away")
        subprocess.run(["mount", "-o", "remount,rw", str(disk.folder)], check=True)
        move(embedded, DATABASE)
        disk.leave(5)
        assert word(embedded) == (200, "")  # nothing goes there any more


def test_a_folder_that_gives_no_answer_is_not_taken_for_the_database(
    embedded: OpenCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = Event()

    def hanging(_centre: OpenCentre) -> int:
        released.wait(30)
        return 0

    monkeypatch.setattr(readiness, "free_bytes", hanging)
    monkeypatch.setattr(readiness, "ANSWER_SECONDS", 0.4)
    state = readiness.Readiness(embedded)

    async def twice() -> list[str]:
        try:
            return [await state.word(), await state.word()]
        finally:
            released.set()

    assert asyncio.run(twice()) == ["blobs-away"] * 2


def test_a_centre_that_stops_says_so_before_it_asks_the_database(centre: OpenCentre) -> None:
    centre.stopping = True
    assert word(centre) == (503, "stopping")


def test_many_who_ask_together_cost_one_question(embedded: OpenCentre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "BELIEVED_SECONDS", 60.0)
    looked = []
    found = readiness.tables_word

    def counting(centre: OpenCentre) -> str:
        looked.append(1)
        return found(centre)

    monkeypatch.setattr(readiness, "tables_word", counting)
    state = readiness.Readiness(embedded)

    async def together() -> list[str]:
        return list(await asyncio.gather(*(state.word() for _ in range(50))))

    assert asyncio.run(together()) == [""] * 50
    assert len(looked) == 1


def set_level(centre: OpenCentre, number: int) -> None:
    with centre.database.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("DELETE FROM schema_level")
            connection.exec_driver_sql("INSERT INTO schema_level VALUES ($1)", (number,))
        else:
            connection.exec_driver_sql(f"PRAGMA user_version = {number}")
