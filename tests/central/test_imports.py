"""What an operator brings in: counted, versioned, left alone where nothing changed, taken away as tombstones."""

import pytest

from sscard_desk.central import imports
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.snapshots import build_snapshot, current_snapshot, snapshot_file
from sscard_desk.central.store import feeds
from sscard_desk.central.store.desks import enrol_desk, revoke_desk
from sscard_desk.domain.errors.centre import EnrolmentCodeWrong
from sscard_desk.domain.errors.operator import ServicePointUnknown
from sscard_desk.wire.feed import REFERENCE, persons_scope, point_scope, read_person, read_snapshot
from sscard_desk.wire.messages import ScopeProof, add_weights, item_weight
from tests.machines.counter import POINT, REGION, person

SCOPE = persons_scope(REGION)


def proof(centre: OpenCentre, scope: str) -> ScopeProof:
    with centre.database.reading() as connection:
        return feeds.proofs(connection, [scope])[0]


def counted(centre: OpenCentre, scope: str) -> tuple[int, bytes]:
    """Count and sum over what a snapshot of the scope holds: nothing kept up on the way."""
    with centre.database.reading() as connection:
        items = list(feeds.whole(connection, scope))
    return len(items), add_weights(bytes(32), *(item_weight(item.id, item.version) for item in items))


def test_an_import_that_changes_nothing_moves_no_position(centre: OpenCentre) -> None:
    people = [person(n) for n in range(30)]
    assert imports.import_persons(centre, REGION, people) == 30
    before = proof(centre, SCOPE)
    assert imports.import_persons(centre, REGION, reversed(people)) == 0
    assert proof(centre, SCOPE) == before


def test_count_and_sum_are_those_of_the_newest_versions_after_changes_removals_and_returns(centre: OpenCentre) -> None:
    imports.import_persons(centre, REGION, [person(n) for n in range(20)])
    imports.import_persons(centre, REGION, [person(n, name="改名") for n in range(5)])
    removed = imports.remove_persons(centre, REGION, [person(n).key for n in (1, 2, 19, 99)])
    again = imports.remove_persons(centre, REGION, [person(1).key])
    back = imports.import_persons(centre, REGION, [person(1)])
    now = proof(centre, SCOPE)
    assert (removed, again, back) == (3, 0, 1)
    assert (now.position, now.count) == (29, 20)
    assert counted(centre, SCOPE) == (now.count, now.sum)


def test_the_register_lies_in_order_of_its_numbers_and_each_row_says_its_version(centre: OpenCentre) -> None:
    imports.import_persons(centre, REGION, [person(n) for n in (5, 3, 9, 1)])
    imports.import_persons(centre, REGION, [person(3, name="改名")])
    with centre.database.reading() as connection:
        items = list(feeds.whole(connection, SCOPE))
    read = [read_person(item.body) for item in items]
    assert [p.id_number for p in read[:3]] == [person(n).id_number for n in (1, 5, 9)]
    assert [(item.version, p.version) for item, p in zip(items, read, strict=True)] == [(1, 1)] * 3 + [(2, 2)]


def test_a_snapshot_file_holds_the_scope_and_stays_until_it_is_far_behind(centre: OpenCentre) -> None:
    imports.import_persons(centre, REGION, [person(n) for n in range(10)])
    first = current_snapshot(centre, SCOPE)
    imports.import_persons(centre, REGION, [person(n, name="改名") for n in range(10)])
    newest = current_snapshot(centre, SCOPE)
    assert first is not None
    assert newest is not None
    path = snapshot_file(centre, SCOPE, newest.sha256)
    assert path is not None
    assert sum(len(block) for block in read_snapshot(path.read_bytes())) == newest.count == 10
    assert snapshot_file(centre, SCOPE, first.sha256) is not None
    assert build_snapshot(centre, "persons:nowhere") is None


def test_blanks_and_staff_go_to_their_service_point_and_banks_to_everybody(centre: OpenCentre) -> None:
    imports.import_banks(centre, [{"code": "95588", "name": "示例银行"}, {"code": "95566", "name": "另一家"}])
    imports.import_notices(centre, [{"id": "n1", "text": "周五下午停机"}])
    imports.import_staff(centre, POINT, [imports.StaffMember("a" * 32, "训练", "clerk", bytes(32))])
    imports.lend_blanks(centre, POINT, [imports.LentBlank("33" * 16, "B22451259", "1", "D-0001")])
    two_points = 2
    assert (proof(centre, REFERENCE).count, proof(centre, point_scope(POINT)).count) == (3 + two_points, 2)
    assert proof(centre, point_scope("P-02")).count == 0


def test_a_desk_at_an_unknown_service_point_gets_no_code(centre: OpenCentre) -> None:
    with pytest.raises(ServicePointUnknown):
        imports.enrolment_code(centre, "D-0005", "P-77")


def test_a_code_ends_with_its_time_its_desk_and_its_revocation(centre: OpenCentre) -> None:
    late = imports.enrolment_code(centre, "D-0005", POINT)
    good = imports.enrolment_code(centre, "D-0005", POINT)
    key, end = bytes(range(32)), centre.now_ms() + imports.CODE_HOURS * 3_600_000 + 60_000

    def enrol(desk: str, secret: bytes, at_ms: int) -> None:
        with centre.database.writing() as connection:
            enrol_desk(connection, desk, secret, key, at_ms)

    for desk, secret, at_ms in (
        ("D-0005", late.secret, end),
        ("D-0001", good.secret, centre.now_ms()),
        ("D-0005", b"guess" * 3, centre.now_ms()),
    ):
        with pytest.raises(EnrolmentCodeWrong):
            enrol(desk, secret, at_ms)
    enrol("D-0005", good.secret, centre.now_ms())
    enrol("D-0005", good.secret, end)
    with centre.database.writing() as connection:
        revoke_desk(connection, "D-0005", centre.now_ms())
    with pytest.raises(EnrolmentCodeWrong):
        enrol("D-0005", good.secret, centre.now_ms())
