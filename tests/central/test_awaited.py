"""What an operator sees of a desk's journal: pictures that have not come yet, entries that were not taken."""

import hashlib

import pytest

from sscard_desk.central.awaited import awaited
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import blobs, standing
from sscard_desk.central.store.bodies import PLACES
from sscard_desk.domain import events
from sscard_desk.domain.ids import BlobId
from tests.central._journal import outcomes, receive
from tests.machines.counter import POINT, bank_confirmed, opened, subject
from tests.machines.model_desk import ModelDesk

PHOTO, LATE = b"a portrait", b"one that is on its way"


def named(body: bytes) -> BlobId:
    return BlobId(hashlib.sha256(body).hexdigest())


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_pictures_that_entries_name_are_awaited_until_they_come(centre: OpenCentre) -> None:
    desk, about = ModelDesk("D-0001"), subject()
    desk.record(opened(1), about)
    desk.record(events.PhotoAttached(named(PHOTO), "camera", 1), about)
    desk.record(events.PhotoAttached(named(LATE), "camera", 1), about)
    assert {outcome for outcome, _ in outcomes(receive(centre, "D-0001", desk.entries))} == {"stored"}
    centre.database.write(lambda connection: blobs.keep_all(connection, POINT, [PHOTO]))
    with centre.database.reading() as connection:
        found = awaited(connection, "D-0001", POINT)
        assert [(each.seq, each.kind, each.blobs) for each in found] == [(3, "photo.attached", 1)]
        assert awaited(connection, "D-0002", POINT) == []
    centre.database.write(lambda connection: blobs.keep_all(connection, POINT, [LATE]))
    with centre.database.reading() as connection:
        assert awaited(connection, "D-0001", POINT) == []


def test_entries_that_were_not_taken_are_listed_with_their_reason_and_counted_for_their_desk(
    centre: OpenCentre,
) -> None:
    desk = ModelDesk("D-0001")
    desk.record(bank_confirmed(), subject())
    ((outcome, code),) = outcomes(receive(centre, "D-0001", desk.entries))
    assert outcome == "refused"
    with centre.database.reading() as connection:
        (entry,) = standing.not_taken(connection, "", 0, 10)
        assert (entry.desk, entry.seq, entry.kind, entry.outcome, entry.code) == (
            "D-0001", 1, "bank.confirmed", outcome, code,
        )  # fmt: skip
        assert standing.not_taken(connection, "D-0002", 0, 10) == []
        assert standing.not_taken(connection, "D-0001", 1, 10) == []
        assert standing.unsettled(connection) == {"D-0001": 1}
        assert standing.entries_by_outcome(connection) == {outcome: 1}
