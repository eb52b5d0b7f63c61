"""Errors as people read them."""

from collections.abc import Callable

import pytest

from sscard_desk.cards.pin_rules import WEAK
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.card_keys import CardKeyNotApproved, CardKeyScopeWrong, TokenRefused
from sscard_desk.domain.errors.device import CardAuthenticationFailed, CardContentDiffers, KeyHolderRefused
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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("leaf", "subject"),
    [
        (KeyHolderRefused, "holder"),
        (CardKeyNotApproved, "not_approved"),
        (CardKeyScopeWrong, "scope"),
        (TokenRefused, "token"),
    ],
)
def test_why_a_key_is_refused_is_said_in_words(
    leaf: Callable[..., DeskError], subject: str, language: Language
) -> None:
    texts = Catalogue(language)
    reasons = [name.partition(".")[2] for name in texts.subject("card_keys") if name.startswith(f"{subject}.")]
    assert len(reasons) > 2
    for reason in reasons:
        assert texts(f"card_keys.{subject}.{reason}") in describe(leaf(reason=reason), texts).message
    assert "CKR_X" in describe(TokenRefused(reason="CKR_X"), texts).message
