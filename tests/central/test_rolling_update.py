"""A server of the program of before, at work while a newer one brings the tables on: it serves on, and is not begun."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.central import imports, migrations
from sscard_desk.central.centre import open_centre
from sscard_desk.central.store import photos
from sscard_desk.central.store.photos import HeldPhoto
from sscard_desk.domain.errors.store import DatabaseNewer
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.passes import run_pass
from tests.machines.counter import REGION, Counter, citizen_number, opened, person, subject
from tests.machines.model_desk import ModelDesk
from tests.machines.postgres import PostgresServer

NEXT = """-- what the next program adds, to every table that a desk's pass writes or reads
ALTER TABLE entry ADD COLUMN colour TEXT;
ALTER TABLE desk ADD COLUMN colour TEXT NOT NULL DEFAULT 'none';
ALTER TABLE scope ADD COLUMN colour INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN colour INTEGER;
ALTER TABLE item ADD COLUMN colour INTEGER;
ALTER TABLE application ADD COLUMN colour TEXT;
ALTER TABLE blob ADD COLUMN colour TEXT;
ALTER TABLE blob_point ADD COLUMN colour TEXT;
ALTER TABLE meta ADD COLUMN colour TEXT;
ALTER TABLE register_photo ADD COLUMN colour TEXT;
CREATE TABLE colour (id TEXT PRIMARY KEY);
CREATE INDEX entry_colour ON entry (colour);
"""


@pytest.fixture
def counter(tmp_path: Path, postgres: PostgresServer) -> Iterator[Counter]:
    with Counter(tmp_path / "centre", address=postgres.database()) as running:
        imports.import_persons(running.open, REGION, [person(n) for n in range(50)])
        yield running


def newer_steps() -> list[str]:
    return [*_OURS, NEXT]


_OURS = migrations._steps()


def delivers(counter: Counter, desk: ModelDesk, line: HttpCentre, running: int) -> None:
    desk.record(opened(running), subject())
    desk.take_photo(b"\xff\xd8" + bytes([running]) * 500)
    report = run_pass(desk, line)
    assert (report.acknowledged, report.blobs_sent, report.up_to_date) == (1, 1, True)


def test_it_serves_on_with_its_open_connections_and_everything_arrives_once(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, other = ModelDesk("D-0001"), ModelDesk("D-0002")
    with HttpCentre(counter.identity()) as line, HttpCentre(counter.identity("D-0002")) as others:
        for running in range(1, 9):  # as often as statements are prepared and kept
            delivers(counter, desk, line, running)
            delivers(counter, other, others, 20 + running)
        with monkeypatch.context() as newer:
            newer.setattr(migrations, "_steps", newer_steps)
            open_centre(counter.folder).close()
        for running in range(9, 15):
            delivers(counter, desk, line, running)
            delivers(counter, other, others, 20 + running)
        with counter.open.database.writing() as connection:
            photos.keep_register_photo(connection, HeldPhoto(citizen_number(1), b"\xff\xd8register"))
            assert photos.find_register_photo(connection, citizen_number(1)) is not None
        assert run_pass(desk, line).up_to_date
    assert sorted(desk.receipts) == list(range(1, 15))


def test_a_program_of_before_is_not_started_on_a_newer_database_and_changes_nothing(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(migrations, "_steps", newer_steps)
        open_centre(counter.folder).close()
    with pytest.raises(DatabaseNewer) as refused:
        open_centre(counter.folder)
    assert (refused.value.found, refused.value.ours) == (len(_OURS) + 1, len(_OURS))
    with counter.open.database.writing() as connection:
        assert migrations.level(connection) == len(_OURS) + 1
    monkeypatch.setattr(migrations, "_steps", newer_steps)
    open_centre(counter.folder).close()
