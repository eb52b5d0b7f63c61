"""How many register pictures a desk is given in an hour, and which of them never got their application."""

from dataclasses import replace
from threading import Thread

import msgspec
import pytest

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.exchange import Answer, Question
from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.photos import limit_register_photos
from sscard_desk.central.routes import photos
from sscard_desk.central.store import desks, photo_limits
from sscard_desk.central.store import photos as kept
from sscard_desk.central.store.photo_limits import HOUR_MS
from sscard_desk.central.store.photos import HeldPhoto, Release
from sscard_desk.domain.errors.desk_identity import DeskUnknown
from sscard_desk.wire import messages
from sscard_desk.wire.photos import PhotoAnswer, RegisterPhotoQuestion, StudioPhotoQuestion
from tests.central._journal import receive
from tests.machines.counter import citizen_number, opened, subject
from tests.machines.model_desk import ModelDesk

JPEG = b"\xff\xd8\xff" + bytes(3000)


@pytest.fixture
def filled(centre: OpenCentre) -> OpenCentre:
    with centre.database.writing() as connection:
        kept.keep_register_photo(connection, HeldPhoto(citizen_number(1), JPEG))
        kept.keep_studio_photo(connection, HeldPhoto(citizen_number(1), JPEG, "", "", "S01", "R-1"))
    return centre


def ask(centre: OpenCentre, desk: str = "D-0001", application: str = "", number: int = 1) -> Answer:
    asked = RegisterPhotoQuestion(
        application=application or subject(),
        id_number=citizen_number(number),
        edition="1",
        language="zh_CN",
        digest="0" * 64,
        at_ms=1,
        party="applicant",
        kind_of_signature="strokes",
    )
    with centre.database.reading() as connection:
        sender = desks.find_desk(connection, desk)
    assert sender is not None
    return photos.register(centre, sender, Question({}, {}, msgspec.msgpack.encode(asked)))


def state(answer: Answer) -> str:
    assert isinstance(answer.message, PhotoAnswer)
    return answer.message.state


def releases(centre: OpenCentre) -> list[Release]:
    with centre.database.reading() as connection:
        return kept.releases(connection)


def test_a_desk_over_its_limit_is_refused_with_a_time_and_the_refusal_stands_in_the_record(filled: OpenCentre) -> None:
    limit_register_photos(filled, "", 2)
    assert [state(ask(filled)) for _ in range(2)] == ["found", "found"]
    with pytest.raises(RequestFailed) as refused:
        ask(filled)
    assert (refused.value.reason, refused.value.status) == (messages.PHOTO_LIMIT, 429)
    assert 3_590 <= int(refused.value.headers["retry-after"]) <= 3_600
    assert [(one.state, bool(one.blob)) for one in releases(filled)] == [("found", True)] * 2 + [("limit", False)]
    assert state(ask(filled, "D-0002")) == "found"  # each desk by itself


def test_only_pictures_of_the_register_that_were_given_count(filled: OpenCentre) -> None:
    limit_register_photos(filled, "", 1)
    with filled.database.reading() as connection:
        sender = desks.find_desk(connection, "D-0001")
    assert sender is not None
    studio = StudioPhotoQuestion(receipt="R-1", id_number=citizen_number(1))
    assert state(photos.studio(filled, sender, Question({}, {}, msgspec.msgpack.encode(studio)))) == "found"
    assert [state(ask(filled, number=number)) for number in (2, 1)] == ["none", "found"]


def test_there_is_one_again_an_hour_after_the_one_that_fills_the_limit(filled: OpenCentre) -> None:
    now = filled.now_ms()
    given = Release(now - HOUR_MS - 1, "D-0001", "register", "", "found")
    with filled.database.writing() as connection:
        for ago in (HOUR_MS, HOUR_MS - 60_000, 90_000, 30_000):
            kept.note_release(connection, replace(given, at_ms=now - ago))
        waits = []
        for most in (4, 3, 2, 1, 0):
            photo_limits.set_limit(connection, "D-0001", most)
            waits.append(photo_limits.wait_ms(connection, "D-0001", now))
    # the oldest is an hour old already
    assert waits == [0, 60_000, HOUR_MS - 90_000, HOUR_MS - 30_000, HOUR_MS]


def test_a_desks_own_limit_goes_before_that_of_all_and_that_before_the_shipped_one(filled: OpenCentre) -> None:
    def limit(desk: str) -> int:
        with filled.database.reading() as connection:
            return photo_limits.limit_of(connection, desk)

    assert limit("D-0001") == photo_limits.shipped_limit() > 0
    limit_register_photos(filled, "", 5)
    limit_register_photos(filled, "D-0001", 1)
    limit_register_photos(filled, "D-0001", 9)
    assert (limit("D-0001"), limit("D-0002")) == (9, 5)
    with pytest.raises(DeskUnknown):
        limit_register_photos(filled, "D-7777", 9)


def test_questions_side_by_side_are_counted_one_after_the_other(filled: OpenCentre) -> None:
    limit_register_photos(filled, "", 3)
    said: list[str] = []

    def one() -> None:
        try:
            said.append(state(ask(filled)))
        except RequestFailed as refused:
            said.append(refused.reason)

    threads = [Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["found"] * 3 + [messages.PHOTO_LIMIT] * 5


def test_a_picture_without_its_application_is_shown_until_that_comes(filled: OpenCentre) -> None:
    desk, came, never = ModelDesk("D-0001"), subject(), subject()
    for application in (came, never):
        assert state(ask(filled, application=application)) == "found"
    assert [one.known for one in releases(filled)] == [0, 0]

    def unmatched() -> tuple[list[tuple[str, int]], list[str]]:
        with filled.database.reading() as connection:
            by_desk = photo_limits.unmatched(connection)
            single = photo_limits.unmatched_photos(connection, "D-0001")
            assert photo_limits.unmatched_photos(connection, "D-0002") == []
        return [(one.desk, one.count) for one in by_desk], [one.application for one in single]

    assert unmatched() == ([("D-0001", 2)], [came, never])
    receive(filled, "D-0001", [desk.record(opened(1), came)])
    assert unmatched() == ([("D-0001", 1)], [never])
    assert state(ask(filled, application=came)) == "found"
    assert releases(filled)[-1].known == 1
    assert unmatched() == ([("D-0001", 1)], [never])
