"""Two real encrypted desks and a real centre: what one counter does, the other sees."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.central import imports
from sscard_desk.domain import events
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.domain.steps import Step
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.passes import run_pass
from sscard_desk.wire.feed import persons_scope
from tests.machines.counter import REGION, Counter, bank_confirmed, citizen_number, opened, person, subject

KEY = bytes(range(32))
POINT = "0231"
CLERK = AccountId("c1" * 16)
IDENTIFICATION = "330109D156000005" + "0063CDB24944F5F3"


def real_desk(folder: Path, desk: str, number: int) -> DeskStore:
    create_folder(
        folder,
        desk_id=desk,
        service_point=POINT,
        desk_no=number,
        training=True,
        database_key=KEY,
        scopes=(persons_scope(REGION),),
    )
    return open_desk(folder, KEY)


@pytest.fixture
def desks(tmp_path: Path, counter: Counter) -> Iterator[tuple[DeskStore, DeskStore]]:
    imports.import_point(counter.open, POINT, "示例街道服务站", REGION)
    first = real_desk(tmp_path / "first", "D-0001", 1)
    second = real_desk(tmp_path / "second", "D-0002", 2)
    counter.identity("D-0001", POINT).keep(first)
    counter.identity("D-0002", POINT).keep(second)
    yield first, second
    first.close()
    second.close()


def line_of(desk: DeskStore) -> HttpCentre:
    return HttpCentre(DeskIdentity.load(desk, desk.desk, training=desk.training))


def record(desk: DeskStore, event: events.Event, key: str) -> None:
    with desk.work(CLERK) as work:
        work.record(event, subject=key)


def test_an_application_goes_from_one_desk_through_the_centre_to_the_other(
    counter: Counter, desks: tuple[DeskStore, DeskStore]
) -> None:
    first, second = desks
    key = subject()
    record(first, opened(1), key)
    record(first, bank_confirmed(), key)
    with first.work(CLERK) as work:
        photo = work.put_blob(b"\xff\xd8portrait" * 900)
        work.record(events.PhotoAttached(photo=photo, source="camera", size=9_000), subject=key)
    with line_of(first) as one, line_of(second) as two:
        sent = run_pass(first, one)
        seen = run_pass(second, two)
        again = run_pass(first, one)
    assert (sent.acknowledged, sent.blobs_sent, sent.proved, again.up_to_date) == (3, 1, True, True)
    assert (seen.blobs_fetched, seen.up_to_date) == (1, True)
    there = second.application(ApplicationId(key))
    assert (there.step, there.photo) == (Step.BANK_CONFIRMED, photo)
    assert second.blob(photo) == b"\xff\xd8portrait" * 900
    assert all(line.sent for line in first.history(key))


def test_register_banks_and_blanks_arrive_and_both_sides_prove_it(
    counter: Counter, desks: tuple[DeskStore, DeskStore]
) -> None:
    first, _ = desks
    people = [person(n) for n in range(3_500)]
    imports.import_persons(counter.open, REGION, people)
    imports.import_banks(counter.open, [{"code": "95588", "name": "示例银行"}])
    imports.lend_blanks(counter.open, POINT, [imports.LentBlank(IDENTIFICATION, "B22451259", "1", "D-0001")])
    with line_of(first) as one:
        loaded = run_pass(first, one)
        people[5] = person(5, name="改名")
        imports.import_persons(counter.open, REGION, people)
        imports.remove_persons(counter.open, REGION, [people[6].key])
        changed = run_pass(first, one)
    assert (loaded.up_to_date, changed.up_to_date, changed.items) == (True, True, 2)
    renamed = first.persons.by_number(citizen_number(5))
    assert renamed is not None
    assert (renamed.name, first.persons.by_number(citizen_number(6))) == ("改名", None)
    assert first.persons.count() == 3_499
    assert [row["name"] for row in first.reference("bank")] == ["示例银行"]
    assert first.free_blanks() == 1


def test_an_entry_turned_away_goes_through_once_its_reason_is_gone(
    counter: Counter, desks: tuple[DeskStore, DeskStore]
) -> None:
    first, second = desks
    mine, theirs = subject(), subject()
    record(first, opened(1), mine)
    record(second, opened(1), theirs)
    with line_of(first) as one, line_of(second) as two:
        run_pass(first, one)
        aside = run_pass(second, two)
        record(first, events.Withdrawn(), mine)
        run_pass(first, one)
        (seq, code, _) = second.set_aside()[0]
        second.send_again(seq)
        mended = run_pass(second, two)
    assert (aside.set_aside, code) == (1, "already-open")
    assert (mended.acknowledged, mended.up_to_date, second.set_aside()) == (1, True, [])


def test_sync_goes_on_after_both_programs_were_started_again(
    tmp_path: Path, counter: Counter, desks: tuple[DeskStore, DeskStore]
) -> None:
    first, _ = desks
    record(first, opened(1), subject())
    with line_of(first) as one:
        run_pass(first, one)
    record(first, opened(2), subject())
    first.close()
    counter.restart()
    first = open_desk(tmp_path / "first", KEY)
    first.set_setting("centre_url", counter.url.encode())
    try:
        with line_of(first) as one:
            report = run_pass(first, one)
        assert (report.acknowledged, report.up_to_date) == (1, True)
    finally:
        first.close()
