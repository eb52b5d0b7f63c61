"""Errors about materials name them as the case data do, in both languages, on the screen and on the command line."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.cardholder import MaterialsMissing
from sscard_desk.domain.errors.cases import (
    MaterialStateNotAccepted,
    PromiseNotAllowed,
    PromisesOutstanding,
    PromiseTooLate,
)
from sscard_desk.forms.material_errors import named_materials
from sscard_desk.forms.materials import material_words
from sscard_desk.texts import LANGUAGES, Catalogue, Language, describe
from sscard_desk.ui.language import speak, text
from sscard_desk.ui.words import message_of

REGISTER, CARD = "household_register", "id_card"
ERRORS = (
    PromiseNotAllowed(material=REGISTER),
    PromiseTooLate(material=REGISTER, last=date(2026, 12, 7)),
    MaterialStateNotAccepted(material=REGISTER, state="copy_kept"),
    MaterialsMissing(names=(CARD, REGISTER)),
    PromisesOutstanding(names=(CARD, REGISTER)),
)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.code)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_material_is_called_as_the_case_data_call_it(app: QApplication, error: DeskError, language: Language) -> None:
    speak(language)
    named = {field: tuple(each(language) for each in words) for field, words in named_materials(error).items()}
    for said in (text(message_of(error)), describe(error, Catalogue(language), named).message):
        assert material_words(REGISTER)(language) in said
        assert "_" not in said, "no id of the journal stands in a sentence"
