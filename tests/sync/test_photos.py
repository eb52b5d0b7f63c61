"""Portraits from a real centre over TLS: given out to whom they belong, under a consent, and every question is kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from sscard_desk.central.photos import limit_register_photos
from sscard_desk.central.store import blobs
from sscard_desk.central.store import photos as kept
from sscard_desk.central.store.photos import HeldPhoto
from sscard_desk.central.store.tables import blob
from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.centre import AnswerMalformed, CentreUnreachable, DeskNotEnrolled
from sscard_desk.domain.errors.photo_sources import (
    PhotoNotReleased,
    ReceiptOfOther,
    ReceiptUnknown,
    RegisterPhotoLimitReached,
    RegisterPhotoMissing,
)
from sscard_desk.domain.folding import open_application
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.domain.photo_source import Consent
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.photos import HttpPhotos
from tests.machines.counter import POINT, Counter, citizen_number, opened, subject
from tests.machines.line import Line
from tests.machines.model_desk import ModelDesk

JPEG = b"\xff\xd8\xff" + Random(7).randbytes(20_000)
NOW = datetime.now(UTC)
CONSENT = Consent("register", "2026-1", "zh_CN", "d" * 64, NOW, "applicant", "strokes")


def application(running: int, key: str = "") -> Application:
    return open_application(ApplicationId(key or subject()), opened(running), AccountId("c" * 32))


def fill(counter: Counter) -> None:
    with counter.open.database.writing() as connection:
        kept.keep_register_photo(connection, HeldPhoto(citizen_number(1), JPEG, taken="2024-05-12"))
        kept.keep_studio_photo(
            connection, HeldPhoto(citizen_number(1), JPEG + b"2", "", "2026-11-01", "S01", "R-1", "2026-11-02")
        )


def test_the_registers_picture_comes_with_its_day_and_the_question_is_kept(counter: Counter) -> None:
    fill(counter)
    identity = counter.identity()
    asked = application(1)
    came = HttpPhotos(lambda: identity).register_photo(asked, CONSENT)
    assert (came.picture, came.taken, came.receipt) == (JPEG, date(2024, 5, 12), "")
    with counter.open.database.reading() as connection:
        (release,) = kept.releases(connection)
        assert blobs.find(connection, POINT, release.blob) is None  # it is no blob of the service point
    assert (release.desk, release.application, release.state) == ("D-0001", asked.id, "found")
    assert (release.digest, release.consent_ms) == (CONSENT.digest, int(NOW.timestamp() * 1000))


def test_nobody_gets_a_picture_without_a_consent_or_under_anothers_application(counter: Counter) -> None:
    fill(counter)
    identity = counter.identity()
    photos = HttpPhotos(lambda: identity)
    for wrong in (
        replace(CONSENT, digest=""),
        replace(CONSENT, edition=""),
        replace(CONSENT, party=""),
        replace(CONSENT, at=NOW + timedelta(days=1)),
    ):
        with pytest.raises(PhotoNotReleased) as refused:
            photos.register_photo(application(1), wrong)
        assert refused.value.reason == "no_consent"
    desk, key = ModelDesk("D-0001"), subject()
    desk.record(opened(2), key)
    with HttpCentre(identity) as centre:
        centre.push(desk.pending_entries(10, 100_000))
    with pytest.raises(PhotoNotReleased) as refused:
        photos.register_photo(application(1, key), CONSENT)
    assert refused.value.reason == "other_application"
    with counter.open.database.reading() as connection:
        assert {release.state for release in kept.releases(connection)} == {"no_consent", "other_application"}
        assert not any(release.blob for release in kept.releases(connection))


def test_who_had_as_many_as_an_hour_brings_hears_after_how_many_minutes_there_is_one_again(counter: Counter) -> None:
    fill(counter)
    limit_register_photos(counter.open, "", 1)
    identity = counter.identity()
    photos = HttpPhotos(lambda: identity)
    assert photos.register_photo(application(1), CONSENT).picture == JPEG
    with pytest.raises(RegisterPhotoLimitReached) as refused:
        photos.register_photo(application(1), CONSENT)
    assert refused.value.minutes == 60
    assert photos.studio_photo("R-1", citizen_number(1)).picture  # of a studio there is another rule


def test_who_is_not_in_the_register_is_told_so(counter: Counter) -> None:
    fill(counter)
    identity = counter.identity()
    with pytest.raises(RegisterPhotoMissing):
        HttpPhotos(lambda: identity).register_photo(application(2), CONSENT)


def test_a_receipt_brings_its_picture_only_to_its_person(counter: Counter) -> None:
    fill(counter)
    identity = counter.identity()
    photos = HttpPhotos(lambda: identity)
    came = photos.studio_photo("R-1", citizen_number(1))
    assert (came.picture, came.studio, came.issued) == (JPEG + b"2", "S01", date(2026, 11, 2))
    with pytest.raises(ReceiptOfOther):
        photos.studio_photo("R-1", citizen_number(2))
    with pytest.raises(ReceiptUnknown):
        photos.studio_photo("R-2", citizen_number(1))


def test_a_line_that_breaks_or_a_desk_that_is_not_enrolled_is_told_as_for_any_question(counter: Counter) -> None:
    fill(counter)
    identity = counter.identity()
    with Line(counter.port) as line:
        relayed = replace(identity, url=line.url)
        line.cut_after(6_000, answers_only=True)
        with pytest.raises(CentreUnreachable):
            HttpPhotos(lambda: relayed).studio_photo("R-1", citizen_number(1))
        line.mend()
        assert HttpPhotos(lambda: relayed).studio_photo("R-1", citizen_number(1)).picture == JPEG + b"2"
    stranger = replace(identity, desk="D-0666")
    with pytest.raises(DeskNotEnrolled):
        HttpPhotos(lambda: stranger).studio_photo("R-1", citizen_number(1))


def test_a_picture_that_is_not_what_the_centre_named_is_not_used(counter: Counter) -> None:
    fill(counter)
    identity = counter.identity()
    with counter.open.database.writing() as connection:
        connection.execute(blob.update().where(blob.c.body == JPEG).values(body=JPEG[:-1]))
    with pytest.raises(AnswerMalformed):
        HttpPhotos(lambda: identity).register_photo(application(1), CONSENT)
