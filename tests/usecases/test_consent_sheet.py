"""The consent's sheet: drawn as it is printed, worn as a scan is, and held against the words that were shown."""

from dataclasses import replace
from datetime import UTC, datetime

import cv2
import numpy as np
import pytest

from sscard_desk.bootstrap.scans import make_form_reader
from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.photo_sources import ConsentSheetWrong
from sscard_desk.domain.photo_source import CHIP, REGISTER
from sscard_desk.forms.load import load_form
from sscard_desk.forms.photo_consent import ConsentText, consent_text
from sscard_desk.paper import PdfPaper, render_page
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.usecases.consent_sheet import CONSENT_SHEET, consent_sheet, read_sheet
from sscard_desk.usecases.open_application import open_application
from sscard_desk.usecases.papers import PRIVACY_CONSENT, privacy_consent, to_print
from sscard_desk.usecases.press import Press
from sscard_desk.usecases.prints import order_prints
from tests.faults.worn_paper import wear

from .conftest import Person
from .test_counter_operations import TODAY, identity


class At:
    """A clock that stands."""

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

    def counted(self) -> datetime:
        return self.now()


@pytest.fixture
def press(store: DeskStore, clerk: Person) -> Press:
    return Press(store, PdfPaper(), At(), clerk, "城关街道社保服务点")


@pytest.fixture
def application(store: DeskStore, clerk: Person) -> Application:
    return open_application(store, clerk, identity(store, moved=False), today=TODAY)


def scanned(pdf: bytes, form: str = CONSENT_SHEET) -> bytes:
    """The printed page after a pen, a pocket and a scanner."""
    width, height, rgb = render_page(pdf, 0, 300)
    page = cv2.cvtColor(np.frombuffer(rgb, np.uint8).reshape(height, width, 3), cv2.COLOR_RGB2BGR)
    worn = wear(np.asarray(page, np.uint8), 1, 41, definition=load_form(form)).picture
    return cv2.imencode(".jpg", worn)[1].tobytes()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("source", [CHIP, REGISTER])
def test_what_was_printed_is_recognised_when_it_comes_back(
    press: Press, application: Application, source: str, language: str
) -> None:
    text = consent_text(source, language)
    made = consent_sheet(replace(press, language=language), application, text)
    scan = scanned(made.pdf)
    assert read_sheet(press, make_form_reader(), application, text, [scan]) == scan
    assert made.serial == f"{application.number}-K1"


def refused(press: Press, application: Application, text: ConsentText, scan: bytes) -> str:
    with pytest.raises(ConsentSheetWrong) as raised:
        read_sheet(press, make_form_reader(), application, text, [scan])
    return raised.value.reason


def test_a_sheet_with_other_words_or_of_another_language_is_no_consent(press: Press, application: Application) -> None:
    chip = consent_text(CHIP, "zh_CN")
    scan = scanned(consent_sheet(press, application, chip).pdf)
    changed = replace(chip, paragraphs=(*chip.paragraphs[:-1], "照片也可以提供给他人。"))
    for text in (consent_text(REGISTER, "zh_CN"), consent_text(CHIP, "en"), changed):
        assert refused(press, application, text, scan) == "other_words"


def test_another_persons_sheet_and_another_paper_are_no_consent(press: Press, application: Application) -> None:
    text = consent_text(CHIP, "zh_CN")
    scan = scanned(consent_sheet(press, application, text).pdf)
    other = replace(application, number="4201-03-26-99999-9")
    assert refused(press, other, text, scan) == "other_person"
    assert (
        refused(press, application, text, scanned(privacy_consent(press, application).pdf, PRIVACY_CONSENT))
        == "other_paper"
    )


def test_a_page_without_its_code_is_no_consent(press: Press, application: Application) -> None:
    blank = cv2.imencode(".png", np.full((2339, 1654, 3), 250, np.uint8))[1].tobytes()
    assert refused(press, application, consent_text(CHIP, "zh_CN"), blank) == "no_code"


def test_a_printed_sheet_is_on_record_and_the_next_copy_counts_on(
    press: Press, application: Application, clerk: Person
) -> None:
    text = consent_text(CHIP, "zh_CN")
    made = consent_sheet(press, application, text)
    order_prints(press.store, clerk, "office", [to_print(press, application, made)])
    again = consent_sheet(press, application, text)
    assert (again.copy, again.digest) == (2, made.digest)
    assert to_print(press, application, again, reason="1").plan.again
    assert again.definition.name == CONSENT_SHEET
