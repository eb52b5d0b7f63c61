"""Every act that can stand in an application's history is said in both languages."""

from datetime import UTC, datetime

import pytest

from sscard_desk.domain.events import BESIDE, PRINTS, Opened
from sscard_desk.domain.steps import FROM
from sscard_desk.ports.conflicts import Correction
from sscard_desk.texts.catalogue import LANGUAGES, Catalogue, Language
from sscard_desk.ui.serving.side_panel import _UNSAID, correction_lines
from sscard_desk.ui.states import Mark


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_act_of_an_application_has_words(language: Language) -> None:
    catalogue = Catalogue(language)
    kinds = {Opened.kind, *FROM, *BESIDE, *PRINTS} - _UNSAID
    assert sorted(kind for kind in kinds if not catalogue.has(f"missing.did.{kind}")) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("state", "mark"), [("requested", Mark.TODO), ("accepted", Mark.OK), ("declined", Mark.WARN)])
def test_what_was_asked_of_the_register_is_said_with_its_answer(language: Language, state: str, mark: Mark) -> None:
    (line,) = correction_lines((Correction(("name", "sex"), state, datetime(2026, 11, 23, tzinfo=UTC), sent=True),))
    assert line.mark is mark
    catalogue = Catalogue(language)
    assert catalogue.has("due.correction")
    assert catalogue.has(f"due.correction_{state}")
