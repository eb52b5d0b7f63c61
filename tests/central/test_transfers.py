"""An application goes to another service point: entries, pictures and the right to go on, in one transaction."""

import hashlib
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.central import imports
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import applications, blobs, feeds
from sscard_desk.central.store.bodies import PLACES
from sscard_desk.domain import events
from sscard_desk.domain.ids import BlobId
from sscard_desk.domain.steps import Step
from sscard_desk.wire.feed import point_scope, read_row
from sscard_desk.wire.messages import FeedItem, FeedPage
from tests.central._journal import outcomes, receive
from tests.central.test_conflicts import entry_id, rows
from tests.central.test_reception import CHECKED, CLERK, FORM, PHOTO, RETURNED
from tests.domain.standing import AT
from tests.machines.counter import POINT, bank_confirmed, opened, subject
from tests.machines.model_desk import ModelDesk

ELSEWHERE = "P-02"
PHOTO_BODY, LATE_BODY = b"\xff\xd8portrait" * 40, b"\xff\xd8late" * 40
GIVEN = events.Transferred(ELSEWHERE, "另一个服务站", "the applicant moved")


def named(body: bytes) -> BlobId:
    return BlobId(hashlib.sha256(body).hexdigest())


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def items(centre: OpenCentre, point: str) -> list[FeedItem]:
    with centre.database.reading() as connection:
        return list(feeds.whole(connection, point_scope(point)))


def begun(centre: OpenCentre) -> tuple[ModelDesk, str]:
    """An application with a portrait whose blob is there, and another whose blob is still at the desk."""
    desk, about = ModelDesk("D-0001"), subject()
    desk.record(opened(1), about)
    desk.record(bank_confirmed(), about)
    desk.record(events.PhotoAttached(named(PHOTO_BODY), "camera", 1), about)
    desk.record(events.PhotoAttached(named(LATE_BODY), "camera", 1), about)
    assert {outcome for outcome, _ in outcomes(receive(centre, "D-0001", desk.entries))} == {"stored"}
    centre.database.write(lambda connection: blobs.keep_all(connection, POINT, [PHOTO_BODY]))
    return desk, about


def test_entries_go_along_in_their_order_and_leave_tombstones(centre: OpenCentre) -> None:
    desk, about = begun(centre)
    other = desk.record(opened(2), subject())
    receive(centre, "D-0001", [other])
    given = desk.record(GIVEN, about)
    assert outcomes(receive(centre, "D-0001", [given])) == [("stored", "")]
    there = [item for item in items(centre, ELSEWHERE) if item.kind == "entry"]
    assert [item.id for item in there] == [entry_id(entry) for entry in (*desk.entries[:4], given)]
    assert all(item.body and not item.deleted for item in there)
    here = {item.id: item for item in items(centre, POINT) if item.kind == "entry"}
    assert [here[entry_id(entry)].deleted for entry in desk.entries] == [True] * 4 + [False, False]
    assert not any(here[entry_id(entry)].body for entry in desk.entries[:4])


def test_a_desk_that_was_behind_is_told_nothing_of_it_any_more(centre: OpenCentre) -> None:
    desk, about = begun(centre)
    receive(centre, "D-0001", [desk.record(GIVEN, about)])
    with centre.database.reading() as connection:
        page = feeds.page(connection, point_scope(POINT), 0, 100, "D-0002")
    gone = {entry_id(entry) for entry in desk.entries[:4]}
    assert [item.position for item in page] == list(range(1, len(page) + 1))
    assert all(item.deleted and not item.body for item in page if item.id in gone)


def test_count_and_sum_of_both_scopes_hold_after_a_transfer_there_and_back(centre: OpenCentre) -> None:
    desk, about = begun(centre)
    back = ModelDesk("D-0009")
    receive(centre, "D-0001", [desk.record(GIVEN, about)])
    returned = events.Transferred(POINT, "示例街道服务站", "came back")
    assert outcomes(receive(centre, "D-0009", [back.record(returned, about)])) == [("stored", "")]
    assert outcomes(receive(centre, "D-0001", [desk.record(bank_confirmed(), about, base_version=7)])) == [
        ("stored", "")
    ]
    for point in (POINT, ELSEWHERE):
        reader = ModelDesk("D-0077")
        scope = point_scope(point)
        with centre.database.reading() as connection:
            (head,) = feeds.heads(connection, [scope])
            page = feeds.page(connection, scope, 0, 1000, "")
            (proof,) = feeds.proofs(connection, [scope])
        reader.apply_page(FeedPage(scope=scope, epoch=head.epoch, after=0, head=head.head, server_ms=0, items=page))
        assert reader.proof(scope) == proof
    alive = [item.id for item in items(centre, POINT) if item.kind == "entry" and not item.deleted]
    assert {entry_id(entry) for entry in desk.entries} <= set(alive)


def test_pictures_are_read_by_the_new_point_and_not_by_the_old_one(centre: OpenCentre) -> None:
    desk, about = begun(centre)
    receive(centre, "D-0001", [desk.record(GIVEN, about)])
    centre.database.write(lambda connection: blobs.keep_all(connection, POINT, [LATE_BODY]))
    with centre.database.reading() as connection:
        for body in (PHOTO_BODY, LATE_BODY):
            assert blobs.find(connection, ELSEWHERE, named(body)) == body
            assert blobs.find(connection, POINT, named(body)) is None


def test_the_old_point_hears_where_it_went_and_the_new_one_goes_on(centre: OpenCentre) -> None:
    desk, about = begun(centre)
    receive(centre, "D-0001", [desk.record(GIVEN, about)])
    (late,) = receive(centre, "D-0001", [desk.record(bank_confirmed(), about)])
    assert (late.outcome, late.code, late.reason) == ("refused", "transferred", "另一个服务站")
    new = ModelDesk("D-0009")
    assert outcomes(receive(centre, "D-0009", [new.record(bank_confirmed(), about, base_version=5)])) == [
        ("stored", "")
    ]


@pytest.mark.parametrize("to", ["P-77", POINT])
def test_there_has_to_be_another_service_point_to_go_to(centre: OpenCentre, to: str) -> None:
    desk, about = begun(centre)
    (answer,) = receive(centre, "D-0001", [desk.record(events.Transferred(to), about)])
    assert (answer.outcome, answer.code, answer.reason) == ("refused", "point-unknown", to)


def test_who_is_not_the_owner_asks_and_the_owner_gives_or_declines(centre: OpenCentre) -> None:
    desk, about = begun(centre)
    asking = ModelDesk("D-0009")
    question = events.TransferAsked("N", ELSEWHERE, "stands here")
    assert outcomes(receive(centre, "D-0009", [asking.record(question, about)])) == [("stored", "")]
    for point in (POINT, ELSEWHERE):
        told = rows(centre, point, "transfer")[about]
        assert (told["state"], told["from_point"], told["to_point"]) == ("asked", POINT, ELSEWHERE)
    assert outcomes(receive(centre, "D-0009", [asking.record(GIVEN, about)])) == [("refused", "foreign-point")]
    receive(centre, "D-0001", [desk.record(events.TransferDeclined(ELSEWHERE, "the papers are here"), about)])
    assert rows(centre, ELSEWHERE, "transfer")[about]["state"] == "declined"
    receive(centre, "D-0009", [asking.record(question, about)])
    receive(centre, "D-0001", [desk.record(GIVEN, about)])
    assert rows(centre, ELSEWHERE, "transfer")[about]["state"] == "done"


def test_once_a_card_was_begun_nobody_asks_and_nobody_gives(centre: OpenCentre) -> None:
    desk, about = begun(centre)

    def advance(connection):
        standing = applications.find_all(connection, {about})[about]
        now = replace(standing, state=replace(standing.state, step=Step.APPROVED))
        applications.keep_all(connection, [now], ())

    centre.database.write(advance)
    assert outcomes(receive(centre, "D-0001", [desk.record(AT.intended, about)])) == [("stored", "")]
    asking = ModelDesk("D-0009")
    question = events.TransferAsked("N", ELSEWHERE, "stands here")
    assert outcomes(receive(centre, "D-0009", [asking.record(question, about)])) == [("refused", "step-not-allowed")]
    assert outcomes(receive(centre, "D-0001", [desk.record(GIVEN, about)])) == [("refused", "step-not-allowed")]


def test_the_keys_of_who_signed_go_along(centre: OpenCentre) -> None:
    key = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    imports.import_staff(centre, POINT, [imports.StaffMember(CLERK, "训练", "clerk", key)])
    desk, about = ModelDesk("D-0001"), subject()
    for event in (opened(1), bank_confirmed(), PHOTO, FORM, RETURNED, CHECKED):
        desk.record(event, about, actor=CLERK)
    desk.record(events.Signed("applicant", "strokes", "d2", None), about, actor=CLERK)
    receive(centre, "D-0001", desk.entries)
    receive(centre, "D-0001", [desk.record(GIVEN, about)])
    new = items(centre, ELSEWHERE)
    kinds = [item.kind for item in new]
    assert kinds.index("staff_elsewhere") < kinds.index("entry")
    (row,) = [read_row(item.body) for item in new if item.kind == "staff_elsewhere"]
    assert (row["public_key"], row["role"], row["point"]) == (key.hex(), "clerk", POINT)


def test_a_transfer_in_the_same_batch_as_its_application_goes_whole(centre: OpenCentre) -> None:
    desk, about = ModelDesk("D-0001"), subject()
    batch = [desk.record(opened(1), about), desk.record(bank_confirmed(), about), desk.record(GIVEN, about)]
    assert outcomes(receive(centre, "D-0001", batch)) == [("stored", "")] * 3
    there = [item.id for item in items(centre, ELSEWHERE) if item.kind == "entry"]
    assert there == [entry_id(entry) for entry in batch]
    here = [item.id for item in items(centre, POINT) if item.kind == "entry"]
    assert here == [entry_id(batch[-1])]
