"""What the centre erases goes at every desk that has it, also at one that was away or has unsent work on it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sscard_desk.central import imports
from sscard_desk.central.erasing import Reason, erase
from sscard_desk.central.store import erasures, feeds
from sscard_desk.domain import events
from sscard_desk.domain.erasure import Why
from sscard_desk.domain.errors.operator import ApplicationUnknown
from sscard_desk.domain.errors.store import BlobMissing
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.passes import PassReport, run_pass
from sscard_desk.wire.feed import point_scope, write_row
from tests.machines.counter import Counter, bank_confirmed, citizen_number, opened, subject
from tests.machines.model_desk import MemoryStaged
from tests.machines.postgres import PostgresServer, postgres_server
from tests.store._pages import decrypted

KEY = bytes(range(32))
POINT = "4201"
CLERK = AccountId("c" * 32)
PORTRAIT = b"\xff\xd8portrait" * 200
ORDERED = Reason(Why.REQUEST, "asked", "operator", open_too=True)


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


@pytest.fixture(params=["embedded", "postgresql"])
def counter(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Counter]:
    address = "" if request.param == "embedded" else request.getfixturevalue("postgres").database()
    with Counter(tmp_path / "centre", address=address) as running:
        imports.import_point(running.open, POINT, "示例服务站", "420106")
        yield running


def desk_at(folder: Path, name: str, number: int, counter: Counter) -> DeskStore:
    create_folder(folder, desk_id=name, service_point=POINT, desk_no=number, training=True, database_key=KEY)
    desk = open_desk(folder, KEY)
    counter.identity(name, POINT).keep(desk)
    exchange(desk)
    return desk


def exchange(desk: DeskStore) -> PassReport:
    with HttpCentre(DeskIdentity.load(desk, desk.desk, training=True)) as line:
        return run_pass(desk, line)


@pytest.fixture
def desks(tmp_path: Path, counter: Counter) -> Iterator[tuple[DeskStore, DeskStore]]:
    first, second = (desk_at(tmp_path / name, f"D-000{n}", n, counter) for n, name in ((1, "first"), (2, "second")))
    yield first, second
    first.close()
    second.close()


def begun(desk: DeskStore, running: int = 1, photo: bytes = PORTRAIT) -> ApplicationId:
    key = ApplicationId(subject())
    with desk.work(CLERK) as work:
        work.record(opened(running), subject=key)
        work.record(bank_confirmed(), subject=key)
        work.record(events.PhotoAttached(work.put_blob(photo), "camera", len(photo)), subject=key)
    desk.keep_draft(key, {"phone": "13900000001"}, "phone")
    return key


def knows(desk: DeskStore, key: ApplicationId) -> bool:
    try:
        desk.application(key)
    except ApplicationUnknown:
        return False
    return True


def nothing_left(desk: DeskStore, key: ApplicationId, *needles: str) -> None:
    assert not knows(desk, key)
    assert (desk.draft(key), list(desk.prints(key)), desk.open_for(citizen_number(1))) == (None, [], None)
    assert desk._folder.files() == set()
    held = decrypted(desk._folder.path.parent / "desk.db", KEY)
    assert [needle for needle in needles if needle.encode() in held] == []
    found = desk.verify()
    assert found.sound
    assert found.unexplained == []


def test_it_goes_at_the_desk_that_wrote_it_and_at_the_one_that_only_read_it(
    desks: tuple[DeskStore, DeskStore], counter: Counter
) -> None:
    first, second = desks
    key = begun(first)
    exchange(first)
    exchange(second)
    photo = second.application(key).photo
    assert photo is not None
    assert second.blob(photo) == PORTRAIT
    second.keep_draft(key, {"phone": "13900000001"}, "phone")
    assert erase(counter.open, [key], ORDERED).subjects == (key,)
    for desk in desks:
        assert exchange(desk).proved
        nothing_left(desk, key, citizen_number(1), "训练1", "13900000001")
        assert exchange(desk).up_to_date
    assert first.verify().explained_by == {1: 4, 2: 4, 3: 4}
    with counter.open.database.reading() as connection:
        assert erasures.every(connection)[0].carried_out == ("D-0001", "D-0002")


def test_what_was_not_sent_yet_is_received_first_and_then_goes(
    desks: tuple[DeskStore, DeskStore], counter: Counter
) -> None:
    first, second = desks
    key = begun(first)
    exchange(first)
    exchange(second)
    late = b"\xff\xd8late" * 90
    for desk in desks:
        with desk.work(CLERK) as work:
            work.record(events.PhotoAttached(work.put_blob(late), "camera", len(late)), subject=key)
    erase(counter.open, [key], ORDERED)
    for desk in desks:
        report = exchange(desk)
        assert (report.set_aside, report.unsent, report.proved) == (0, 1, True)  # what explains it is sent next
        nothing_left(desk, key, citizen_number(1))
        assert exchange(desk).up_to_date
    with counter.open.database.reading() as connection:
        bodies = connection.exec_driver_sql("SELECT count(*) FROM blob").scalar()
    assert bodies == 0


def test_an_order_waits_while_an_entry_is_not_received_and_then_is_carried_out(
    desks: tuple[DeskStore, DeskStore], counter: Counter
) -> None:
    first, second = desks
    key = begun(first)
    exchange(first)
    exchange(second)
    erase(counter.open, [key], ORDERED)
    with HttpCentre(DeskIdentity.load(second, "D-0002", training=True)) as line:
        cursor = second.cursor(point_scope(POINT))
        page = line.pull(point_scope(POINT), cursor.epoch, cursor.position, 100)
        with second.work(CLERK) as work:
            work.record(replace(bank_confirmed(), bank="2"), subject=key)
        second.apply_page(page)
        assert second.application(key).name == "训练1"
        assert second.draft(key) is None
        assert second.erasures_waiting() == [(key, 1)]
        run_pass(second, line)
    nothing_left(second, key, citizen_number(1))


def test_a_desk_with_an_old_snapshot_or_a_new_one_does_not_get_it_back(
    desks: tuple[DeskStore, DeskStore], counter: Counter, tmp_path: Path
) -> None:
    first, second = desks
    key, other = begun(first), begun(first, 2, b"\xff\xd8other" * 99)
    exchange(first)
    scope = point_scope(POINT)
    with HttpCentre(DeskIdentity.load(second, "D-0002", training=True)) as line:
        old_info = line.snapshot_info(scope)
        staged = MemoryStaged(old_info)
        line.fetch_snapshot(staged)
    exchange(second)
    erase(counter.open, [key], ORDERED)
    exchange(second)
    second.load_snapshot(old_info, staged.read())
    assert not knows(second, key)
    exchange(second)
    nothing = decrypted(tmp_path / "second" / "desk.db", KEY)
    assert citizen_number(1).encode() not in nothing
    third = desk_at(tmp_path / "third", "D-0003", 3, counter)
    assert (knows(third, key), knows(third, other)) == (False, True)
    assert exchange(third).up_to_date
    assert citizen_number(1).encode() not in decrypted(tmp_path / "third" / "desk.db", KEY)
    third.close()


def test_an_order_without_the_centres_seal_erases_nothing_and_is_told(
    desks: tuple[DeskStore, DeskStore], counter: Counter
) -> None:
    first, _ = desks
    key = begun(first)
    exchange(first)
    row = {"why": "request", "rule": "", "at_ms": "1", "entries": "3", "digest": "", "seal": "ab" * 64}
    with counter.open.database.writing() as connection:
        feeds.publish(connection, point_scope(POINT), [feeds.Change("erasure", key, 1, write_row(row))])
    assert exchange(first).proved
    assert knows(first, key)
    assert list(first.verify().erasures_refused) == [key]


def test_an_application_that_went_to_another_point_goes_there_and_where_it_was(
    desks: tuple[DeskStore, DeskStore], counter: Counter, tmp_path: Path
) -> None:
    first, second = desks
    imports.import_point(counter.open, "4202", "另一个服务站", "420106")
    key = begun(first)
    exchange(first)
    exchange(second)
    with first.work(CLERK) as work:
        work.record(events.Transferred("4202", "另一个服务站", "moved"), subject=key)
    exchange(first)
    create_folder(tmp_path / "away", desk_id="D-0009", service_point="4202", desk_no=9, training=True, database_key=KEY)
    away = open_desk(tmp_path / "away", KEY)
    counter.identity("D-0009", "4202").keep(away)
    exchange(away)
    assert away.application(key).name == "训练1"
    erase(counter.open, [key], ORDERED)
    for desk in (first, second, away):
        assert exchange(desk).proved
        nothing_left(desk, key, citizen_number(1))
    away.close()


def test_a_blob_that_was_erased_here_cannot_be_read(desks: tuple[DeskStore, DeskStore], counter: Counter) -> None:
    first, _ = desks
    key = begun(first)
    exchange(first)
    photo = first.application(key).photo
    assert photo is not None
    erase(counter.open, [key], ORDERED)
    exchange(first)
    with pytest.raises(BlobMissing):
        first.blob(photo)
