"""Every source of a portrait, from the applicant's word to the encrypted blob: real store, real centre process, real
reader line, real child processes, real pictures."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import cv2
import numpy as np
import pytest

from sscard_desk.bootstrap.desk import OpenDesk, enter
from sscard_desk.bootstrap.settings import save_settings
from sscard_desk.devices.id_reader.simulated import SimulatedIdReader
from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.centre import CentreUnreachable
from sscard_desk.domain.errors.photo_sources import ReceiptExpired, ReceiptOfOther, RegisterPhotoMissing
from sscard_desk.domain.ids import Role
from sscard_desk.domain.person import Person
from sscard_desk.domain.photo_source import CHIP, REGISTER, SCANNER, STUDIO, Provenance
from sscard_desk.forms.photo_consent import consent_text
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.photo_sources import PhotoSources
from sscard_desk.sync.pace import Pace
from sscard_desk.sync.passes import run_pass
from sscard_desk.sync.photos import HttpPhotos
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import persons
from sscard_desk.training.photos import lay_stick, receipt_of, training_wlt
from sscard_desk.training.point import training_point
from sscard_desk.training.set_up import TrainingFolder, set_up
from sscard_desk.training.stations import station
from sscard_desk.usecases.attach_photo import attach_photo
from sscard_desk.usecases.chip_photo import decode_chip_photo, keep_chip_photo
from sscard_desk.usecases.counter import Counter
from sscard_desk.usecases.identify import identify_card, read_card
from sscard_desk.usecases.open_application import open_application
from sscard_desk.usecases.photo_consent import give_consent, revoke_consent
from sscard_desk.usecases.register_photo import fetch_register_photo
from sscard_desk.usecases.studio_photo import Receipt, fetch_studio_photo, find_on_stick, studios, terms_of

COUNT = 40
PEOPLE = list(persons(COUNT))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> TrainingFolder:
    made = TrainingFolder(tmp_path_factory.mktemp("photos") / "desk")
    set_up(made, lambda _word: None, count=COUNT)
    return made


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_stick(tmp_path_factory.mktemp("stick"), PEOPLE)[0]


@pytest.fixture(scope="module")
def desk(folder: TrainingFolder) -> Iterator[OpenDesk]:
    clerk = training_point().account(Role.CLERK)
    with station("central", "serve", "--folder", str(folder.centre)) as centre:
        settings = {"centre": {"url": centre.reached()["url"]}, "chip_photo": {"library": "training", "seconds": 60.0}}
        save_settings(folder.path, settings)
        opened = enter(folder.path, clerk.name, clerk.password)
        try:
            yield opened
        finally:
            opened.store.close()


@pytest.fixture(scope="module")
def counter(desk: OpenDesk) -> Counter:
    return desk.counter()


def adults(*, modulo: int, rest: int) -> Iterator[Person]:
    """People at the counter by their place in the register, grown up and with a card of the usual kind."""
    grown = (p for at, p in enumerate(PEOPLE) if at % modulo == rest and p.birth < date(2000, 1, 1))
    return (p for p in grown if p.document_kind == "citizen")


def opened(counter: Counter, person: Person) -> Application:
    known = counter.store.open_for(person.id_number)
    if known is not None:
        return known
    identity = identify_card(id_card_of(person), counter.persons, counter.store)
    return open_application(counter.store, counter.session, identity, today=counter.today())


def agreed(counter: Counter, application: Application, source: str) -> Application:
    return give_consent(
        counter.store,
        counter.session,
        application,
        consent_text(source, "zh_CN"),
        clock=counter.clock,
        kind_of_signature="strokes",
        evidence=b"strokes",
    )


def attached(
    counter: Counter, application: Application, source: str, picture: bytes, provenance: Provenance
) -> Application:
    studio = counter.photo_sources.portraits(source)
    portrait = studio.make_from_file(picture, counter.today(), taken=provenance.taken)
    assert portrait.refused_by == ()
    assert ("photo_age" in portrait.measures) is (provenance.taken is not None)
    after = attach_photo(
        counter.store,
        counter.session,
        application.id,
        jpeg=portrait.jpeg,
        source=source,
        measures=portrait.measures,
        alterations=portrait.alterations,
        original=picture,
        provenance=provenance,
    )
    assert after.photo is not None
    assert counter.store.blob(after.photo) == portrait.jpeg
    return after


@contextlib.contextmanager
def laid(person: Person) -> Iterator[SimulatedIdReader]:
    with SimulatedIdReader() as reader:
        reader.lay_card(replace(id_card_of(person), photo_wlt=training_wlt()))
        yield reader


def test_the_chips_picture_goes_from_the_reader_to_the_card_and_off_again(counter: Counter) -> None:
    from sscard_desk.devices.id_reader.serial import SerialIdReader

    person = next(adults(modulo=1, rest=0))
    application = agreed(counter, opened(counter, person), CHIP)
    with laid(person) as reader:
        card = read_card(SerialIdReader(reader.port, 115200), Cancel(), 5)
    kept = keep_chip_photo(counter.store, counter.session, application, card)
    picture = decode_chip_photo(counter.store, kept, counter.photo_sources.decoder)
    after = attached(counter, kept, CHIP, picture, Provenance("reader"))
    assert (after.photo_source, after.photo_provenance) == (CHIP, Provenance("reader"))
    gone = revoke_consent(counter.store, counter.session, after, CHIP, "不用证件照片了")
    assert (gone.photo, gone.chip_photo, gone.photo_consent(CHIP)) == (None, None, None)


def test_the_registers_picture_comes_from_the_centre_under_the_consent(desk: OpenDesk, counter: Counter) -> None:
    person = next(adults(modulo=5, rest=0))
    application = agreed(counter, opened(counter, person), REGISTER)
    came = fetch_register_photo(counter.photo_sources.centre, application)
    after = attached(counter, application, REGISTER, came.picture, Provenance("centre", taken=came.taken))
    assert after.photo_provenance == Provenance("centre", taken=date(2024, 5, 12))
    with desk.centre() as centre:
        report = run_pass(desk.store, centre, Pace())
    assert report.unsent == 0
    assert report.up_to_date


def test_who_is_not_in_the_register_is_told_so(counter: Counter) -> None:
    person = next(adults(modulo=5, rest=4))
    with pytest.raises(RegisterPhotoMissing):
        fetch_register_photo(counter.photo_sources.centre, agreed(counter, opened(counter, person), REGISTER))


def test_a_studios_receipt_brings_its_picture_while_it_holds(counter: Counter) -> None:
    terms = terms_of(counter.store)
    assert [studio.code for studio in studios(counter.store, counter.today())] == ["4201A", "4201B"]
    person = next(adults(modulo=4, rest=1))
    application = opened(counter, person)
    sources: PhotoSources = counter.photo_sources
    came = fetch_studio_photo(sources.centre, application, Receipt(receipt_of(person)), terms, counter.today())
    after = attached(counter, application, STUDIO, came.picture, came.provenance)
    assert after.photo_provenance is not None
    assert after.photo_provenance.receipt == receipt_of(person)
    assert after.photo_provenance.valid_until is not None
    other = next(adults(modulo=4, rest=2))
    with pytest.raises(ReceiptOfOther):
        fetch_studio_photo(sources.centre, opened(counter, other), Receipt(receipt_of(person)), terms, counter.today())


def test_an_expired_receipt_is_told_with_its_last_day(counter: Counter) -> None:
    person = next(adults(modulo=4, rest=3))
    terms, today = terms_of(counter.store), counter.today()
    with pytest.raises(ReceiptExpired) as late:
        fetch_studio_photo(
            counter.photo_sources.centre, opened(counter, person), Receipt(receipt_of(person)), terms, today
        )
    assert late.value.until < today


def test_a_studios_stick_brings_the_picture_without_the_centre(stick: Path, counter: Counter) -> None:
    person = next(adults(modulo=4, rest=0))
    application = opened(counter, person)
    receipt = Receipt("", "4201A", datetime.now(UTC).date())
    found = find_on_stick(stick, application, receipt, terms_of(counter.store), counter.today())
    after = attached(counter, application, STUDIO, found.picture, found.provenance)
    assert after.photo_provenance is not None
    assert (after.photo_provenance.way, after.photo_provenance.unit) == ("stick", "4201A")


def test_a_paper_photo_on_the_glass_becomes_the_portrait(counter: Counter) -> None:
    person = next(adults(modulo=3, rest=1))
    application = opened(counter, person)
    studio = counter.photo_sources.portraits("camera")
    paper = studio.make(studio.decode(training_file())).jpeg
    page = np.full((1754, 1240, 3), 251, np.uint8)
    page[600:1041, 500:858] = studio.decode(paper)
    page = cv2.rectangle(page, (499, 599), (858, 1041), (226, 226, 226), 1)
    scan = cv2.imencode(".png", np.ascontiguousarray(np.rot90(page)))[1].tobytes()
    (cut,) = counter.photo_sources.paper.find(scan)
    after = attached(counter, application, SCANNER, cut, Provenance("glass"))
    assert after.photo_source == SCANNER


def training_file() -> bytes:
    from sscard_desk.training.photos import training_picture

    return training_picture(2)


def test_a_centre_that_is_away_is_told_and_the_other_sources_go_on(
    stick: Path, desk: OpenDesk, counter: Counter
) -> None:
    away = HttpPhotos(lambda: replace(desk.identity(), url="https://127.0.0.1:9"))
    person = next(adults(modulo=7, rest=3))
    application, terms = opened(counter, person), terms_of(counter.store)
    with pytest.raises(CentreUnreachable):
        fetch_studio_photo(away, application, Receipt(receipt_of(person)), terms, counter.today())
    assert find_on_stick(stick, application, Receipt(""), terms, counter.today()).picture
