"""Every status word that the card model knows has words in each language."""

import pytest

from sscard_desk.cards.status_words import StatusWord
from sscard_desk.domain.card_status import meaning_key
from sscard_desk.domain.errors.device import CardRefused
from sscard_desk.texts import ENGLISH, LANGUAGES, SIMPLIFIED_CHINESE, Catalogue, Language, describe

REFUSALS = [word for word in StatusWord if word is not StatusWord.SUCCESS]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", REFUSALS, ids=lambda word: f"{word:04X}")
def test_each_status_word_is_said_in_words(word: StatusWord, language: Language) -> None:
    assert meaning_key(word) != "card_status.word.other"
    said = describe(CardRefused(command="READ RECORD", status_word=word), Catalogue(language)).message
    assert f"{word:04X}" in said
    assert Catalogue(language)(meaning_key(word)) in said


def test_tries_left_are_said_as_a_number() -> None:
    said = describe(CardRefused(command="VERIFY", status_word=0x63C2), Catalogue(ENGLISH)).message
    assert "2 tries left" in said


def test_a_status_word_that_no_source_explains_is_said_to_be_one() -> None:
    said = describe(CardRefused(command="VERIFY", status_word=0x6FAB), Catalogue(SIMPLIFIED_CHINESE)).message
    assert "6FAB" in said
    assert "没有资料" in said
