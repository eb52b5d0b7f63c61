"""A desk whose only line is a stick, and a centre that was put back to an older copy."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from sscard_desk.central.recovered import enter_known_desk, note_recovery
from sscard_desk.central.stick.answer import export_stick
from sscard_desk.central.store import desks, tables
from sscard_desk.domain.errors.operator import ServicePointUnknown
from sscard_desk.domain.errors.stick import StickDeskUnknown, StickFromBefore
from tests.machines.counter import POINT, Counter
from tests.machines.stick_desk import StickDesk, enrolled_desk, noise, take, there_and_back


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with Counter(tmp_path / "centre") as running:
        yield running


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def desk(counter: Counter, tmp_path: Path) -> Iterator[StickDesk]:
    with enrolled_desk(counter, tmp_path / "desk", "D-0001", 1) as made:
        yield made


def copy_of(counter: Counter, to: Path) -> None:
    counter.stop()
    shutil.copy(counter.folder / "centre.db", to)
    counter.start()


def put_back(counter: Counter, copy: Path) -> None:
    counter.stop()
    for part in ("centre.db", "centre.db-wal", "centre.db-shm"):
        (counter.folder / part).unlink(missing_ok=True)
    shutil.copy(copy, counter.folder / "centre.db")
    counter.start()


def entries_there(counter: Counter) -> int:
    with counter.open.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(tables.entry)).scalar_one())


def test_two_walks_after_a_recovery_bring_back_what_the_centre_lost(
    counter: Counter, desk: StickDesk, stick: Path, tmp_path: Path
) -> None:
    desk.open_one(1)
    there_and_back(counter.open, desk, stick)
    copy_of(counter, tmp_path / "copy.db")
    for number in (2, 3):
        desk.attach_photo(desk.open_one(number), noise(number, 20_000))
        assert there_and_back(counter.open, desk, stick).up_to_date
    put_back(counter, tmp_path / "copy.db")
    note_recovery(counter.open)
    assert entries_there(counter) == 1
    heard = there_and_back(counter.open, desk, stick)  # numbered lower than answers that the desk has had
    assert (heard.again, heard.unsent, heard.up_to_date) == (False, 4, False)
    brought = there_and_back(counter.open, desk, stick)
    assert (brought.acknowledged, brought.up_to_date, entries_there(counter)) == (4, True, 5)
    assert list(desk.store.pending_blobs(9)) == []


def test_an_answer_of_the_centre_from_before_acknowledges_nothing(
    counter: Counter, desk: StickDesk, stick: Path, tmp_path: Path
) -> None:
    copy_of(counter, tmp_path / "copy.db")
    desk.open_one(1)
    take(counter.open, desk.export(stick))
    other = tmp_path / "another stick"
    other.mkdir()
    before = export_stick(counter.open, "D-0001", other)
    put_back(counter, tmp_path / "copy.db")
    note_recovery(counter.open)
    take(counter.open, desk.export(stick))
    desk.bring_in(export_stick(counter.open, "D-0001", stick).files[0].path)
    desk.open_one(2)
    with pytest.raises(StickFromBefore):
        desk.bring_in(before.files[0].path)
    assert desk.store.unsent() == 1
    assert there_and_back(counter.open, desk, stick).up_to_date


def test_a_desk_that_was_enrolled_after_the_copy_is_entered_again_by_its_public_key(
    counter: Counter, stick: Path, tmp_path: Path
) -> None:
    copy_of(counter, tmp_path / "copy.db")
    with enrolled_desk(counter, tmp_path / "new", "D-0002", 2) as desk:
        desk.open_one(1)
        assert desk.sync().up_to_date
        put_back(counter, tmp_path / "copy.db")
        note_recovery(counter.open)
        sent = desk.export(stick)
        with pytest.raises(StickDeskUnknown):
            take(counter.open, sent)
        with pytest.raises(ServicePointUnknown):
            enter_known_desk(counter.open, "D-0002", "P-99", sent.public_key)
        enter_known_desk(counter.open, "D-0002", POINT, sent.public_key)
        report = desk.sync(counter.url)
        assert (report.acknowledged, report.up_to_date) == (1, True)
        with pytest.raises(ValueError, match="known"):
            enter_known_desk(counter.open, "D-0002", POINT, bytes(32))
        with counter.open.database.reading() as connection:
            found = desks.find_desk(connection, "D-0002")
        assert found is not None
        assert found.public_key == sent.public_key
