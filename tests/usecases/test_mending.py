"""Every word of the centre has a way to put right what it did not take, in words of both languages."""

import pytest

from sscard_desk.texts.catalogue import LANGUAGES, Catalogue, Language
from sscard_desk.usecases.mending import MENDS, Mend
from sscard_desk.wire.refusals import CONFLICTS, Refusal


def test_every_word_of_the_centre_has_a_way_out() -> None:
    assert set(MENDS) == set(Refusal)
    assert [word for word, mends in MENDS.items() if not mends] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_and_every_way_out_is_said(language: Language) -> None:
    catalogue = Catalogue(language)
    assert [word for word in Refusal if not catalogue.has(f"sync.refusal.{word}")] == []
    missing = [
        f"{mend}.{part}" for mend in Mend for part in ("act", "note") if not catalogue.has(f"aside.mend.{mend}.{part}")
    ]
    assert missing == []


def test_every_way_out_is_one_of_some_word() -> None:
    assert {mend for mends in MENDS.values() for mend in mends} == set(Mend)


@pytest.mark.parametrize("word", sorted(CONFLICTS))
def test_where_the_centre_holds_something_else_somebody_decides_and_it_is_not_only_sent_again(word: Refusal) -> None:
    assert MENDS[word][0] is not Mend.AGAIN
