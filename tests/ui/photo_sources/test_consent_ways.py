"""A consent is signed on the applicant's own window, by thumb with a witness, or on a sheet that comes back."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sscard_desk.domain.errors.device import ScannerJammed
from sscard_desk.domain.prints import PrintState
from sscard_desk.forms.digest import content_digest
from sscard_desk.forms.load import load_form
from sscard_desk.forms.photo_consent import consent_text
from sscard_desk.ports.form_reader import Expected, ScanReading
from sscard_desk.ui.applicant.presenter import ApplicantPresenter
from sscard_desk.ui.applicant.state import Question
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.photo_sources.state import Stage
from sscard_desk.ui.sample_desk.desk import ASLEEP, PASSWORD, SampleDesk
from sscard_desk.ui.sample_desk.people import LI_SI_CARD
from sscard_desk.ui.sample_desk.portraits import portrait_jpeg
from sscard_desk.ui.sample_desk.signatures import signature
from sscard_desk.usecases.consent_sheet import CONSENT_SHEET, sheet_answers


@pytest.fixture
def desk(app: QApplication) -> SampleDesk:
    made = SampleDesk()
    made.id_reader.card = replace(LI_SI_CARD, photo_wlt=bytes(range(256)) * 4)
    made.until(Station.PHOTO)
    made.runner.asleep = ASLEEP - {"id_reader"}
    made.pages.photo_sources.show("chip")
    return made


def applicant_of(desk: SampleDesk) -> ApplicantPresenter:
    return desk.pages._applicant


# -- the applicant's own window


def test_the_applicant_reads_signs_and_agrees_on_the_second_window(desk: SampleDesk) -> None:
    window, applicant = desk.pages.applicant, applicant_of(desk)
    window.show()
    assert applicant.state.question is Question.CONSENT
    answer = window.findChild(QWidget, "answer")
    assert answer is not None
    assert not answer.isEnabled()
    window.consent.drawn.emit(signature("applicant"))
    assert desk.pages.photo_sources._state.consent is not None
    assert desk.pages.photo_sources._state.consent.strokes.enough  # the clerk sees it too
    QTest.mouseClick(answer, Qt.MouseButton.LeftButton)
    consent = desk.serving.application.photo_consent("chip")
    assert consent is not None
    assert (consent.kind_of_signature, consent.language) == ("strokes", "zh_CN")
    assert applicant.state.question is Question.WAIT
    assert desk.pages.photo_sources._state.stage is Stage.MADE
    window.close()


def test_the_other_language_shows_other_words_and_drops_what_was_drawn(desk: SampleDesk) -> None:
    applicant = applicant_of(desk)
    applicant.draw(signature("applicant"))
    applicant.read_in("en")
    shown = applicant.state.consent
    assert shown is not None
    assert (shown.title, shown.strokes.lines) == (consent_text("chip", "en").title, ())
    applicant.agree()
    assert desk.serving.application.photo_consents == ()


def test_nothing_of_it_stays_when_the_page_the_person_or_the_way_changes(desk: SampleDesk) -> None:
    applicant, consenting = applicant_of(desk), desk.pages.photo_sources.consenting
    consenting.use_way("paper")
    applicant.draw(signature("applicant"))
    assert applicant.state.consent is not None
    assert applicant.state.consent.strokes.lines == ()
    desk.pages.photo_sources.use_source("studio")
    assert applicant.state.question is Question.WAIT
    desk.pages.photo_sources.use_source("register")
    assert applicant.state.question is Question.CONSENT
    desk.serving.go(Station.BANK)
    desk.serving.go(Station.PHOTO)
    assert applicant.state.question is Question.WAIT
    desk.runner.asleep = ASLEEP
    desk.serving.wait()
    assert applicant.state.question is Question.NOTHING
    applicant.draw(signature("applicant"))
    applicant.agree()


# -- by thumb


def test_a_thumb_print_needs_another_person_who_saw_it(desk: SampleDesk, tmp_path: Path) -> None:
    page = desk.pages.photo_sources
    consenting, picture = page.consenting, tmp_path / "thumb.jpg"
    picture.write_bytes(portrait_jpeg())
    consenting.use_way("thumb")
    page.go_on()
    assert desk.serving.application.photo_consents == ()
    consenting.take_thumb(str(picture))
    consenting.witness_typed("chen")
    consenting.witness_password_typed("wrong")
    page.go_on()
    assert page._state.consent is not None
    assert page._state.consent.witness.error
    assert desk.serving.application.photo_consents == ()
    consenting.witness_password_typed(PASSWORD)
    page.go_on()
    consent = desk.serving.application.photo_consent("chip")
    assert consent is not None
    assert consent.kind_of_signature == "thumb"
    assert (consenting._witnessing.given, consenting._witnessing._password) == (None, "")


def test_esc_leaves_the_witness_and_forgets_the_password(desk: SampleDesk, tmp_path: Path) -> None:
    page = desk.pages.photo_sources
    page.consenting.use_way("thumb")
    page.consenting.take_thumb(str(tmp_path / "thumb.jpg"))
    page.consenting.witness_password_typed(PASSWORD)
    assert page.stop()
    assert page.consenting._witnessing._password == ""
    assert page._state.consent is not None
    assert not page._state.consent.witness.party
    assert not page.stop()


# -- on paper


def sheets(desk: SampleDesk) -> list[int]:
    records = desk.store.prints(desk.serving.application.id)
    return [each.copy for each in records if each.form == CONSENT_SHEET]


def lay_signed_sheet(desk: SampleDesk, monkeypatch: pytest.MonkeyPatch, source: str = "chip") -> None:
    """What lies in the scanner is the sheet of a source, as the reader recognises it."""
    application, form = desk.serving.application, load_form(CONSENT_SHEET)
    desk.form_reader.application = application
    page = desk.form_reader.read(b"1").pages[0]
    digest = content_digest(form, sheet_answers(application, consent_text(source, "zh_CN")), "")
    sheet = replace(page, form=CONSENT_SHEET, serial=f"{application.number}-K1", digest=digest[:16].upper())

    def read(content: bytes, expected: Expected | None = None, first: int = 1) -> ScanReading:
        return ScanReading((sheet,))

    monkeypatch.setattr(desk.form_reader, "read", read)


def test_a_sheet_is_printed_signed_and_taken_back_by_the_scanner(
    desk: SampleDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desk.pages.photo_sources
    page.consenting.use_way("paper")
    page.consenting.print_sheet()
    assert sheets(desk) == [1]
    lay_signed_sheet(desk, monkeypatch)
    page.consenting.scan_sheet()
    consent = desk.serving.application.photo_consent("chip")
    assert consent is not None
    assert consent.kind_of_signature == "paper"
    assert page._state.stage is Stage.MADE


def test_the_sheet_of_another_source_is_refused_and_nothing_is_kept(
    desk: SampleDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desk.pages.photo_sources
    page.consenting.use_way("paper")
    lay_signed_sheet(desk, monkeypatch, source="register")
    page.consenting.scan_sheet()
    assert desk.serving.application.photo_consents == ()
    assert page._state.consent is not None
    assert not page._state.consent.busy
    desk.scanner.trouble = ScannerJammed()
    page.consenting.scan_sheet()
    assert not page._state.consent.busy
    assert page._state.stage is Stage.CONSENT


def test_a_second_sheet_asks_why_and_ctrl_enter_prints_it(desk: SampleDesk) -> None:
    desk.printer.state = PrintState.COMPLETED
    page = desk.pages.photo_sources
    page.consenting.use_way("paper")
    page.consenting.print_sheet()
    page.consenting.print_sheet()
    assert sheets(desk) == [1]
    assert page._state.consent is not None
    assert page._state.consent.reprint is not None
    page.consenting.sheet.paper.reprint.choose("3")
    page.go_on()
    assert sheets(desk) == [1, 2]


def test_esc_stops_a_scan_and_what_comes_late_is_no_consent(desk: SampleDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = desk.pages.photo_sources
    page.consenting.use_way("paper")
    lay_signed_sheet(desk, monkeypatch)
    desk.runner.asleep = ASLEEP | {"scanner"}
    page.consenting.scan_sheet()
    assert page.consenting.sheet.scanning
    assert page.stop()
    assert not page.consenting.sheet.scanning
    assert desk.serving.application.photo_consents == ()
