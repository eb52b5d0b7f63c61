"""Every status word that the card model knows has words in each language."""

import pytest

from sscard_desk.cards.status_words import StatusWord
from sscard_desk.domain.card_status import library_key, meaning_key
from sscard_desk.domain.errors.card_model import ReaderLibraryMissing, ReaderLibraryRefused
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


NUMBERS = [
    *(-1, -2, -3, -4, -5, -11, -12, -13, -14, -15, -20, -21, -22, -23, -24, -25),
    *(-31, -32, -33, -34, -35, -36, -41, -42, -51, -52, -2201, -2202, -2203, -2204, -999),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", NUMBERS)
def test_each_number_of_the_readers_library_is_said_in_words(number: int, language: Language) -> None:
    said = describe(ReaderLibraryRefused(number=number), Catalogue(language)).message
    assert library_key(number) != "card_status.library.other"
    assert Catalogue(language)(library_key(number)) in said
    assert str(number) in said


@pytest.mark.parametrize("reason", ["not_found", "not_loadable", "no_entry"])
def test_why_a_library_cannot_be_used_is_said(reason: str) -> None:
    said = describe(ReaderLibraryMissing(reason=reason), Catalogue(ENGLISH)).message
    assert reason not in said
