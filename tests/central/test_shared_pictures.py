"""A picture that several applications name: neither a transfer nor an erasure of one takes it from the others."""

from dataclasses import replace

import pytest

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.erasing import erase
from sscard_desk.central.store import blobs
from sscard_desk.central.store.bodies import PLACES
from sscard_desk.domain import events
from tests.central._journal import outcomes, receive
from tests.central.test_erasing import ASKED, PHOTO, keep, named, taken
from tests.machines.counter import POINT, opened, subject
from tests.machines.model_desk import ModelDesk

ELSEWHERE = "P-02"
GIVEN = events.Transferred(ELSEWHERE, "另一个服务站", "the applicant moved")


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def readers(centre: OpenCentre) -> set[str]:
    with centre.database.reading() as connection:
        return {point for point in (POINT, ELSEWHERE) if blobs.find(connection, point, named(PHOTO)) is not None}


def give(centre: OpenCentre, desk: ModelDesk, about: str) -> None:
    assert outcomes(receive(centre, desk.desk, [desk.record(GIVEN, about)])) == [("stored", "")]


def test_a_transfer_leaves_a_picture_with_what_the_old_point_has_of_it_besides(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001")
    taken(centre, desk)
    goes = taken(centre, desk, end=False)
    give(centre, desk, goes)
    assert readers(centre) == {POINT, ELSEWHERE}


def test_a_picture_of_nobody_else_goes_with_its_application(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001")
    taken(centre, desk, running=2, photo=b"\xff\xd8another" * 9)
    goes = taken(centre, desk, end=False)
    give(centre, desk, goes)
    assert readers(centre) == {ELSEWHERE}


def test_a_shared_picture_that_comes_after_the_transfer_reaches_both_points(centre: OpenCentre) -> None:
    desk, stays, goes = ModelDesk("D-0001"), subject(), subject()
    for running, about in enumerate((stays, goes), 1):
        batch = [desk.record(opened(running), about)]
        batch.append(desk.record(events.PhotoAttached(named(PHOTO), "camera", 1), about))
        assert {outcome for outcome, _ in outcomes(receive(centre, "D-0001", batch))} == {"stored"}
    give(centre, desk, goes)
    keep(centre, "D-0001", [PHOTO])
    assert readers(centre) == {POINT, ELSEWHERE}


def test_erasing_what_stayed_leaves_the_picture_to_what_went_and_the_last_one_takes_it_along(
    centre: OpenCentre,
) -> None:
    desk = ModelDesk("D-0001")
    stays, goes = taken(centre, desk), taken(centre, desk, end=False)
    give(centre, desk, goes)
    assert erase(centre, [stays], ASKED).blobs == 0
    assert ELSEWHERE in readers(centre)
    assert erase(centre, [goes], replace(ASKED, open_too=True)).blobs == 1
    assert readers(centre) == set()


def test_erasing_what_went_leaves_the_picture_to_what_stayed(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001")
    stays, goes = taken(centre, desk), taken(centre, desk, end=False)
    give(centre, desk, goes)
    done = erase(centre, [goes], replace(ASKED, open_too=True))
    assert (done.subjects, done.blobs, POINT in readers(centre)) == ((goes,), 0, True)
    assert erase(centre, [stays], ASKED).blobs == 1
