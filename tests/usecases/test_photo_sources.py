"""Portraits that were made for something else: consent first, what is on record, and what ends it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import EvidenceMissing, PictureUnreadable, ReasonMissing, WitnessNeeded
from sscard_desk.domain.errors.photo_sources import (
    ChipDecoderMissing,
    ChipPhotoLength,
    ConsentMissing,
    ConsentNotRevocable,
    IdCardOfOther,
    ReceiptExpired,
    ReceiptNotAccepted,
    ReceiptOfOther,
    StudioFileMissing,
)
from sscard_desk.domain.events import Opened
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.domain.photo_source import Provenance
from sscard_desk.forms.photo_consent import consent_text
from sscard_desk.forms.photo_sources import ReceiptTerms
from sscard_desk.ports.devices import DeviceState, Health
from sscard_desk.ports.photo_service import CentrePhoto
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import persons
from sscard_desk.usecases.attach_photo import attach_photo
from sscard_desk.usecases.chip_photo import decode_chip_photo, keep_chip_photo
from sscard_desk.usecases.photo_consent import consent_party, give_consent, revoke_consent
from sscard_desk.usecases.register_photo import fetch_register_photo
from sscard_desk.usecases.studio_photo import (
    Receipt,
    check_number,
    fetch_studio_photo,
    find_on_stick,
    studios,
    valid_until,
)
from tests.usecases.conftest import Person

CARD, OTHER = (id_card_of(person) for person in list(persons(27))[25:])
TODAY = date(2026, 11, 26)
TERMS = ReceiptTerms("", 90, day_required=False)
PICTURE = b"picture"


@pytest.fixture
def application(store: DeskStore, clerk: Person) -> Application:
    return opened(store, clerk)


def opened(store: DeskStore, clerk: Person, **answers: str) -> Application:
    with store.work(clerk.account) as work:
        event = Opened(
            work.next_application_number(), CARD.number, CARD.name, "citizen", "chip",
            {"birth": "1990-03-07"} | answers,
        )  # fmt: skip
        made = work.record(event, subject=ApplicationId("a" * 32))
    assert made is not None
    return made


def consent(store: DeskStore, clerk: Person, application: Application, source: str = "chip") -> Application:
    text = consent_text(source, "zh_CN")
    return give_consent(
        store, clerk, application, text, clock=store.clock, kind_of_signature="strokes", evidence=b"strokes"
    )


class Library:
    """Stands for a library that is there, and gives back what it was given."""

    def probe(self) -> DeviceState:
        return DeviceState(Health.READY)

    def decode(self, wlt: bytes) -> bytes:
        return b"BM" + wlt


class Centre:
    """A centre that has one picture."""

    def __init__(self, photo: CentrePhoto) -> None:
        self.photo, self.asked = photo, 0

    def register_photo(self, *_asked: object) -> CentrePhoto:
        self.asked += 1
        return self.photo

    studio_photo = register_photo


def test_a_consent_keeps_words_language_time_and_hand(
    store: DeskStore, clerk: Person, application: Application
) -> None:
    after = consent(store, clerk, application)
    given = after.photo_consent("chip")
    assert given is not None
    text = consent_text("chip", "zh_CN")
    assert (given.edition, given.language, given.digest) == (text.edition, "zh_CN", text.digest)
    assert (given.party, given.kind_of_signature) == ("applicant", "strokes")
    assert abs((datetime.now(UTC) - given.at).total_seconds()) < 60
    assert store.application(application.id).photo_consents == (given,)


def test_a_childs_guardian_consents(store: DeskStore, clerk: Person) -> None:
    child = opened(store, clerk, birth="2016-03-07", applied_on="2026-11-26")
    assert consent_party(child) == "guardian"


def test_an_empty_signature_and_a_thumb_without_a_witness_are_no_consent(
    store: DeskStore, clerk: Person, application: Application
) -> None:
    text = consent_text("chip", "en")
    with pytest.raises(EvidenceMissing):
        give_consent(store, clerk, application, text, clock=store.clock, kind_of_signature="strokes", evidence=b"")
    with pytest.raises(WitnessNeeded):
        give_consent(store, clerk, application, text, clock=store.clock, kind_of_signature="thumb", evidence=b"p")
    assert store.application(application.id).version == application.version


def test_nothing_of_the_chip_is_kept_before_the_consent_nor_of_another_card(
    store: DeskStore, clerk: Person, application: Application
) -> None:
    with pytest.raises(ConsentMissing):
        keep_chip_photo(store, clerk, application, CARD)
    agreed = consent(store, clerk, application)
    with pytest.raises(IdCardOfOther):
        keep_chip_photo(store, clerk, agreed, OTHER)
    with pytest.raises(ConsentMissing):
        decode_chip_photo(store, agreed, Library())
    assert store.application(application.id).chip_photo is None


@pytest.mark.parametrize("length", [0, 1023, 1025])
def test_picture_data_of_another_length_are_refused(
    store: DeskStore, clerk: Person, application: Application, length: int
) -> None:
    from dataclasses import replace

    agreed = consent(store, clerk, application)
    with pytest.raises(ChipPhotoLength) as refused:
        keep_chip_photo(store, clerk, agreed, replace(CARD, photo_wlt=bytes(length)))
    assert refused.value.have == length


def test_kept_data_are_decoded_later_when_a_library_is_there(
    store: DeskStore, clerk: Person, application: Application
) -> None:
    kept = keep_chip_photo(store, clerk, consent(store, clerk, application), CARD)

    class NoLibrary(Library):
        def decode(self, _wlt: bytes) -> bytes:
            raise ChipDecoderMissing(reason="not_set")

    with pytest.raises(ChipDecoderMissing):
        decode_chip_photo(store, kept, NoLibrary())
    assert decode_chip_photo(store, store.application(kept.id), Library()) == b"BM" + CARD.photo_wlt


def test_a_portrait_from_the_chip_is_attached_only_under_a_consent_and_goes_with_it(
    store: DeskStore, clerk: Person, application: Application
) -> None:
    def attach() -> Application:
        return attach_photo(
            store, clerk, application.id, jpeg=PICTURE, source="chip", measures={}, provenance=Provenance("reader")
        )

    with pytest.raises(ConsentMissing):
        attach()
    consent(store, clerk, application)
    attached = attach()
    assert attached.photo_provenance == Provenance("reader")
    with pytest.raises(ReasonMissing):
        revoke_consent(store, clerk, attached, "chip", " ")
    after = revoke_consent(store, clerk, attached, "chip", "changed their mind")
    assert (after.photo, after.photo_settled, after.photo_consents) == (None, False, ())
    with pytest.raises(ConsentMissing):
        revoke_consent(store, clerk, after, "chip", "again")
    assert [line.kind for line in store.history(application.id)][-1] == "photo.consent_revoked"


def test_an_application_in_production_takes_no_consent_back(
    store: DeskStore, clerk: Person, application: Application
) -> None:
    from dataclasses import replace

    from sscard_desk.domain.steps import Step

    away = replace(consent(store, clerk, application), step=Step.SENT_TO_PRODUCTION)
    with pytest.raises(ConsentNotRevocable):
        revoke_consent(store, clerk, away, "chip", "late")


def test_the_register_is_not_asked_without_a_consent(store: DeskStore, clerk: Person, application: Application) -> None:
    centre = Centre(CentrePhoto(PICTURE, taken=date(2024, 5, 1)))
    with pytest.raises(ConsentMissing):
        fetch_register_photo(centre, application)
    assert centre.asked == 0
    assert fetch_register_photo(centre, consent(store, clerk, application, "register")).picture == PICTURE


@pytest.mark.parametrize(
    ("issued", "until"),
    [(date(2026, 11, 26), date(2027, 2, 24)), (date(2026, 8, 28), date(2026, 11, 26)), (None, None)],
)
def test_a_receipt_holds_ninety_days(issued: date | None, until: date | None) -> None:
    assert valid_until(issued, TERMS, TODAY) == until


def test_an_expired_receipt_is_not_even_asked_for(application: Application) -> None:
    centre = Centre(CentrePhoto(PICTURE))
    with pytest.raises(ReceiptExpired) as late:
        fetch_studio_photo(centre, application, Receipt("R-1", issued=date(2026, 8, 27)), TERMS, TODAY)
    assert late.value.until == date(2026, 11, 25)
    assert centre.asked == 0


def test_the_centres_day_goes_before_the_typed_one(application: Application) -> None:
    centre = Centre(CentrePhoto(PICTURE, studio="S01", receipt="R-1", issued=date(2026, 8, 1)))
    with pytest.raises(ReceiptExpired):
        fetch_studio_photo(centre, application, Receipt("R-1", issued=TODAY), TERMS, TODAY)
    centre = Centre(CentrePhoto(PICTURE, date(2026, 11, 1), "S01", "R-1", date(2026, 11, 2)))
    came = fetch_studio_photo(centre, application, Receipt(" R-1 ", "S99"), TERMS, TODAY)
    assert came.provenance == Provenance(
        "centre", "S01", "R-1", date(2026, 11, 2), date(2027, 1, 31), date(2026, 11, 1)
    )


@pytest.mark.parametrize(
    ("number", "terms", "reason"),
    [
        ("  ", TERMS, "empty"),
        ("x" * 41, TERMS, "pattern"),
        ("12345", ReceiptTerms("[0-9]{12}", 90, day_required=False), "pattern"),
    ],
)
def test_a_number_that_is_none_is_told_why(number: str, terms: ReceiptTerms, reason: str) -> None:
    with pytest.raises(ReceiptNotAccepted) as refused:
        check_number(number, terms)
    assert refused.value.reason == reason


def test_a_day_that_is_missing_or_has_not_come_is_told() -> None:
    for issued, reason in ((None, "day"), (date(2026, 11, 27), "future")):
        with pytest.raises(ReceiptNotAccepted) as refused:
            valid_until(issued, ReceiptTerms("", 90, day_required=True), TODAY)
        assert refused.value.reason == reason


def test_the_applicants_file_is_found_on_a_stick(tmp_path: Path, application: Application) -> None:
    folder = tmp_path / "pic_4201A"
    folder.mkdir()
    with pytest.raises(StudioFileMissing) as missing:
        find_on_stick(folder, application, Receipt(""), TERMS, TODAY)
    assert missing.value.looked_at == 0
    (folder / f"{OTHER.number}{OTHER.name}.jpg").write_bytes(b"another")
    (folder / f"{CARD.number}{CARD.name}.jpg").write_bytes(PICTURE)
    found = find_on_stick(folder, application, Receipt("R-9", "S01", TODAY), TERMS, TODAY)
    assert found.picture == PICTURE
    assert found.provenance == Provenance("stick", "S01", "R-9", TODAY, date(2027, 2, 24), unit="4201A")


def test_a_file_with_another_name_or_too_large_is_not_taken(tmp_path: Path, application: Application) -> None:
    file = tmp_path / f"{CARD.number}别人.jpg"
    file.write_bytes(PICTURE)
    with pytest.raises(ReceiptOfOther):
        find_on_stick(tmp_path, application, Receipt(""), TERMS, TODAY)
    file.rename(tmp_path / f"{CARD.number}{CARD.name}.jpg").write_bytes(bytes(102_401))
    with pytest.raises(PictureUnreadable):
        find_on_stick(tmp_path, application, Receipt(""), TERMS, TODAY)


def test_a_file_named_by_receipt_belongs_to_whoever_has_the_receipt(tmp_path: Path, application: Application) -> None:
    (tmp_path / "GZ-2026-000123.jpg").write_bytes(PICTURE)
    with pytest.raises(StudioFileMissing):
        find_on_stick(tmp_path, application, Receipt(""), TERMS, TODAY)
    assert find_on_stick(tmp_path, application, Receipt("GZ-2026-000123"), TERMS, TODAY).picture == PICTURE


def test_a_studio_that_left_the_list_is_not_offered(store: DeskStore) -> None:
    for code, until in (("S01", ""), ("S02", "2026-11-25"), ("S03", "2026-11-26")):
        store.keep_local_reference("studio", code, {"code": code, "name": code, "until": until})
    assert [studio.code for studio in studios(store, TODAY)] == ["S01", "S03"]
