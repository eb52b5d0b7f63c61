"""Errors as people read them."""

import pytest

from sscard_desk.cards.pin_rules import WEAK
from sscard_desk.domain.errors.device import CardAuthenticationFailed, CardContentDiffers
from sscard_desk.domain.errors.pin import PinWeak
from sscard_desk.texts import LANGUAGES, Catalogue, Language, describe


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_knows_is_a_question_mark(language: Language) -> None:
    problem = describe(CardAuthenticationFailed(tries_left=None), Catalogue(language))
    assert "?" in problem.message
    assert "None" not in problem.message


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", ["initial", *WEAK])
def test_a_weak_pin_is_told_by_its_rule_in_words(reason: str, language: Language) -> None:
    message = describe(PinWeak(reason=reason), Catalogue(language)).message
    assert Catalogue(language)(f"pin.weak.{reason}") in message


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_are_joined(language: Language) -> None:
    problem = describe(CardContentDiffers(items=("EF05 05", "EF06 09")), Catalogue(language))
    assert "EF05 05、EF06 09" in problem.message
    assert problem.may_have_changed
