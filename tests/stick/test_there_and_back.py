"""A desk without any line: entries, pictures, register and proof travel on a stick alone."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from sscard_desk.central import imports
from sscard_desk.central.compaction import compact
from sscard_desk.central.stick.answer import export_stick
from sscard_desk.central.stick.receive import import_stick
from sscard_desk.central.store import tables
from sscard_desk.domain import events
from sscard_desk.domain.ids import ApplicationId, Role
from sscard_desk.usecases.mending import troubles
from sscard_desk.usecases.settle_conflict import drop
from sscard_desk.wire.feed import persons_scope
from tests.machines.counter import POINT, REGION, Counter, bank_confirmed, person
from tests.machines.stick_desk import CLERK, StickDesk, noise, take, there_and_back
from tests.machines.training_desk import Person

from .conftest import MakeDesk


def entries_there(counter: Counter, desk: str) -> int:
    with counter.open.database.reading() as connection:
        query = select(func.count()).select_from(tables.entry).where(tables.entry.c.desk == desk)
        return int(connection.execute(query).scalar_one())


def test_a_desk_that_never_has_a_line_is_up_to_date_by_proof(counter: Counter, desk: StickDesk, stick: Path) -> None:
    imports.import_persons(counter.open, REGION, [person(n) for n in range(40)])
    imports.import_banks(counter.open, [{"code": "95588", "name": "示例银行"}])
    key = desk.open_one(1)
    desk.record(bank_confirmed(), key)
    photo = desk.attach_photo(key, b"\xff\xd8portrait" * 9_000)
    first = there_and_back(counter.open, desk, stick)
    assert (first.acknowledged, first.items, first.proved, first.up_to_date) == (3, 44, True, True)
    assert desk.store.persons.count() == 40
    assert [row["name"] for row in desk.store.reference("bank")] == ["示例银行"]
    assert all(line.sent for line in desk.store.history(ApplicationId(key)))
    assert list(desk.store.pending_blobs(9)) == []
    with counter.open.database.reading() as connection:
        assert connection.execute(select(tables.blob.c.id)).scalars().all() == [photo]
    desk.record(events.Withdrawn(reason="changed mind"), key)
    second = there_and_back(counter.open, desk, stick)
    assert (second.acknowledged, second.up_to_date, entries_there(counter, "D-0001")) == (1, True, 4)


def test_an_export_marks_nothing_as_sent_and_a_lost_stick_loses_nothing(
    counter: Counter, desk: StickDesk, stick: Path
) -> None:
    desk.open_one(1)
    lost = desk.export(stick)
    for file in lost.files:
        file.path.unlink()
    assert desk.store.unsent() == 1
    desk.open_one(2)
    assert there_and_back(counter.open, desk, stick).acknowledged == 2


def test_a_file_that_is_brought_in_twice_changes_nothing_on_either_side(
    counter: Counter, desk: StickDesk, stick: Path
) -> None:
    desk.open_one(1)
    sent = desk.export(stick)
    assert [received.again for received in take(counter.open, sent)] == [False]
    assert [received.again for received in take(counter.open, sent)] == [True]
    answer = export_stick(counter.open, "D-0001", stick)
    first, again = (desk.bring_in(answer.files[0].path) for _ in range(2))
    assert (first.again, first.up_to_date) == (False, True)
    assert (again.again, again.items, again.acknowledged) == (True, 0, 0)
    assert entries_there(counter, "D-0001") == 1


def test_an_export_that_a_later_one_overtook_changes_nothing(counter: Counter, desk: StickDesk, stick: Path) -> None:
    desk.open_one(1)
    older = desk.export(stick)
    desk.open_one(2)
    newer = desk.export(stick)
    assert [received.stored for received in take(counter.open, newer)] == [2]
    assert [received.again for received in take(counter.open, older)] == [True]
    assert entries_there(counter, "D-0001") == 2


def test_what_goes_by_line_and_by_stick_is_stored_once(counter: Counter, desk: StickDesk, stick: Path) -> None:
    imports.import_persons(counter.open, REGION, [person(n) for n in range(5)])
    desk.open_one(1)
    sent = desk.export(stick)
    desk.sync()
    desk.open_one(2)
    (received,) = take(counter.open, sent)
    assert (received.stored, received.refused) == (1, 0)
    answer = export_stick(counter.open, "D-0001", stick)
    desk.sync()
    brought = desk.bring_in(answer.files[0].path)
    assert (brought.items, brought.behind, brought.unsent) == (0, (), 0)
    assert entries_there(counter, "D-0001") == 2
    assert desk.sync().up_to_date


def test_what_one_desk_does_reaches_another_with_its_pictures_in_one_walk(
    counter: Counter, make: MakeDesk, stick: Path
) -> None:
    first, second = make("D-0001"), make("D-0002")
    key = first.open_one(1)
    photo = first.attach_photo(key, b"\xff\xd8portrait" * 900)
    take(counter.open, first.export(stick))
    brought = there_and_back(counter.open, second, stick)
    assert (brought.items, brought.blobs, brought.up_to_date) == (2, 1, True)
    assert second.store.blob(photo) == b"\xff\xd8portrait" * 900
    assert second.store.application(ApplicationId(key)).photo == photo


def test_an_entry_that_the_centre_does_not_take_is_set_aside_with_its_reason(
    counter: Counter, make: MakeDesk, stick: Path
) -> None:
    first, second = make("D-0001"), make("D-0002")
    first.open_one(1)
    second.open_one(1)
    take(counter.open, first.export(stick))
    brought = there_and_back(counter.open, second, stick)
    assert (brought.set_aside, brought.unsent, brought.proved) == (1, 1, True)
    assert not brought.up_to_date
    assert [code for _, code, _ in second.store.set_aside()] == ["already-open"]


def test_a_large_register_travels_whole_and_later_changes_as_pages(
    counter: Counter, desk: StickDesk, stick: Path
) -> None:
    people = [person(n) for n in range(3_500)]
    imports.import_persons(counter.open, REGION, people)
    take(counter.open, desk.export(stick))
    answer = export_stick(counter.open, "D-0001", stick)
    assert (answer.snapshots, answer.items) == (1, 0)
    assert desk.bring_in(answer.files[0].path).up_to_date
    assert desk.store.persons.count() == 3_500
    people[5] = person(5, name="改名")
    imports.import_persons(counter.open, REGION, people)
    assert there_and_back(counter.open, desk, stick).items == 1


def test_a_series_in_many_small_files_arrives_whole(counter: Counter, desk: StickDesk, stick: Path) -> None:
    key = desk.open_one(1)
    for number in range(12):
        desk.attach_photo(key, noise(number, 921_600))
    sent = desk.export(stick, part_bytes=1_000_000)
    assert len(sent.files) > 1
    received = take(counter.open, sent)
    assert [each.more for each in received] == [True] * (len(received) - 1) + [False]
    assert sum(each.blobs for each in received) == 12
    answer = export_stick(counter.open, "D-0001", stick)
    assert desk.bring_in(answer.files[0].path).up_to_date


@pytest.mark.parametrize("times", [1, 3])
def test_an_import_that_broke_off_is_brought_in_again(
    counter: Counter, desk: StickDesk, stick: Path, times: int
) -> None:
    class PulledOutError(Exception):
        pass

    for number in range(3):
        key = desk.open_one(number)
        desk.attach_photo(key, noise(number, 400_000))
    sent = desk.export(stick)

    for count in range(1, times + 1):
        left = [count * 3]

        def tell(_read: int, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise PulledOutError

        with pytest.raises(PulledOutError):
            import_stick(counter.open, sent.files[0].path, tell)
    (received,) = take(counter.open, sent)
    assert (received.again, received.stored, received.blobs) == (False, 6, 3)
    assert entries_there(counter, "D-0001") == 6
    answer = export_stick(counter.open, "D-0001", stick)
    assert desk.bring_in(answer.files[0].path).up_to_date


def test_a_blank_lent_to_the_desk_arrives_on_the_stick(counter: Counter, desk: StickDesk, stick: Path) -> None:
    code = "330109D156000005" + "0063CDB24944F5F3"
    imports.lend_blanks(counter.open, POINT, [imports.LentBlank(code, "B22451259", "1", "D-0001")])
    assert there_and_back(counter.open, desk, stick).up_to_date
    assert desk.store.free_blanks() == 1


def test_what_a_desk_read_from_sticks_is_not_kept_for_it_any_more(
    counter: Counter, desk: StickDesk, stick: Path
) -> None:
    for name in ("甲", "乙", "丙"):
        imports.import_persons(counter.open, REGION, [person(n, name=name) for n in range(5)])
        there_and_back(counter.open, desk, stick)
    take(counter.open, desk.export(stick))
    removed = {each.scope: each.removed for each in compact(counter.open)}
    assert removed[persons_scope(REGION)] == 10
    imports.import_persons(counter.open, REGION, [person(n, name="丁") for n in range(5)])
    assert there_and_back(counter.open, desk, stick).items == 5


def test_after_a_decision_of_the_clerk_the_centre_goes_on_answering(
    counter: Counter, make: MakeDesk, stick: Path
) -> None:
    here, there = make("D-0001"), make("D-0002")
    about = here.open_one(1)
    here.sync()
    there_and_back(counter.open, there, stick)
    here.record(bank_confirmed("95588"), about)
    here.sync()
    there.record(bank_confirmed("95566"), about)
    there_and_back(counter.open, there, stick)
    (trouble,) = troubles(there.store)
    drop(there.store, Person(CLERK, "王丽", Role.CLERK), trouble)
    assert there_and_back(counter.open, there, stick).unsent == 0
    assert there_and_back(counter.open, there, stick).proved
    assert there.store.set_aside() == []
