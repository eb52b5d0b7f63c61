"""A pass over a real TLS line to a real centre, at the end of which both sides are the same."""

from sscard_desk.central import imports
from sscard_desk.domain import events
from sscard_desk.sync.passes import run_pass
from sscard_desk.wire.feed import persons_scope, point_scope, read_person, read_row
from sscard_desk.wire.refusals import Refusal
from tests.machines.counter import POINT, REGION, Counter, bank_confirmed, opened, person, subject
from tests.machines.model_desk import ModelDesk


def test_an_empty_desk_and_an_empty_centre_are_up_to_date(counter: Counter) -> None:
    desk = ModelDesk("D-0001")
    with counter.client() as centre:
        report = run_pass(desk, centre)
    assert report.up_to_date
    assert desk.offset_ms is not None


def test_entries_are_acknowledged_with_receipts_and_counted_as_sent(counter: Counter) -> None:
    desk = ModelDesk("D-0001")
    key = subject()
    desk.record(opened(1), key)
    desk.record(bank_confirmed(), key)
    with counter.client() as centre:
        report = run_pass(desk, centre)
        again = run_pass(desk, centre)
    assert (report.acknowledged, report.unsent, report.proved) == (2, 0, True)
    assert [desk.receipts[seq].hash for seq in (1, 2)] == [entry.hash for entry in desk.entries]
    assert (again.acknowledged, again.items, again.up_to_date) == (0, 0, True)


def test_reference_rows_and_persons_come_down_and_the_proof_holds(counter: Counter) -> None:
    imports.import_banks(counter.open, [{"code": "95588", "name": "示例银行"}])
    imports.import_persons(counter.open, REGION, [person(n) for n in range(50)])
    imports.lend_blanks(counter.open, POINT, [imports.LentBlank("33" * 16, "B22451259", "1", "D-0001")])
    desk = ModelDesk("D-0001")
    with counter.client() as centre:
        report = run_pass(desk, centre)
    assert report.proved
    persons = desk.tables[persons_scope(REGION)]
    assert sorted(read_person(item.body).id_number for item in persons.values()) == sorted(
        person(n).id_number for n in range(50)
    )
    assert read_row(desk.tables["reference"]["bank", "95588"].body)["name"] == "示例银行"
    assert read_row(desk.tables[point_scope(POINT)]["blank", "33" * 16].body)["desk"] == "D-0001"


def test_a_large_register_comes_as_one_file_and_then_only_what_changed(counter: Counter) -> None:
    people = [person(n) for n in range(4_000)]
    imports.import_persons(counter.open, REGION, people)
    desk = ModelDesk("D-0001")
    with counter.client() as centre:
        first = run_pass(desk, centre)
        people[7] = person(7, name="改名")
        changed = imports.import_persons(counter.open, REGION, people)
        second = run_pass(desk, centre)
    assert (first.proved, desk.snapshots, first.items) == (True, 1, 4_000)
    assert (changed, second.items, second.proved, desk.snapshots) == (1, 1, True, 1)
    renamed = read_person(desk.tables[persons_scope(REGION)]["person", people[7].key].body)
    assert (renamed.name, renamed.version) == ("改名", 2)


def test_a_person_taken_out_of_the_register_leaves_a_tombstone_that_both_sides_count(counter: Counter) -> None:
    people = [person(n) for n in range(10)]
    imports.import_persons(counter.open, REGION, people)
    desk = ModelDesk("D-0001")
    with counter.client() as centre:
        run_pass(desk, centre)
        imports.remove_persons(counter.open, REGION, [people[3].key])
        report = run_pass(desk, centre)
    assert report.proved
    assert desk.tables[persons_scope(REGION)]["person", people[3].key].deleted


def test_another_desk_of_the_point_sees_an_entry_and_its_picture(counter: Counter) -> None:
    first, second = ModelDesk("D-0001"), ModelDesk("D-0002")
    key = subject()
    first.record(opened(1), key)
    photo = first.take_photo(b"portrait" * 500)
    first.record(events.PhotoAttached(photo=photo, source="camera", size=4_000), key)
    with counter.client("D-0001") as one, counter.client("D-0002") as two:
        sent = run_pass(first, one)
        seen = run_pass(second, two)
        own = run_pass(first, one)
    assert (sent.blobs_sent, seen.blobs_fetched, seen.proved) == (1, 1, True)
    assert [event.kind for event in second.foreign_events()] == ["application.opened", "photo.attached"]
    assert second.blobs[photo] == b"portrait" * 500
    assert first.foreign_events() == []
    assert own.up_to_date


def test_two_open_applications_of_one_person_conflict_and_the_others_go_on(counter: Counter) -> None:
    first, second = ModelDesk("D-0001"), ModelDesk("D-0002")
    first.record(opened(1), subject())
    second.record(opened(1), subject())
    second.record(opened(2), subject())
    with counter.client("D-0001") as one, counter.client("D-0002") as two:
        run_pass(first, one)
        report = run_pass(second, two)
    assert (report.acknowledged, report.set_aside, report.unsent) == (1, 1, 1)
    assert [(seq, code) for seq, code, _ in second.set_aside()] == [(1, Refusal.ALREADY_OPEN.value)]
    assert report.proved
    assert not report.up_to_date


def test_a_damaged_table_is_noticed_and_taken_whole(counter: Counter) -> None:
    imports.import_persons(counter.open, REGION, [person(n) for n in range(20)])
    desk = ModelDesk("D-0001")
    with counter.client() as centre:
        run_pass(desk, centre)
        desk.tables[persons_scope(REGION)].popitem()
        report = run_pass(desk, centre)
    assert (report.proved, desk.snapshots) == (True, 1)
    assert len(desk.tables[persons_scope(REGION)]) == 20


def test_a_push_of_many_entries_goes_in_several_batches(counter: Counter) -> None:
    desk = ModelDesk("D-0001")
    for n in range(1_100):
        desk.record(opened(n), subject())
    with counter.client() as centre:
        report = run_pass(desk, centre)
    assert (report.acknowledged, report.unsent, report.proved) == (1_100, 0, True)
