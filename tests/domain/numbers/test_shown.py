"""How numbers look while typing and afterwards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.domain.numbers.shown import grouped, grouped_caret, masked, normalised


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ""),
        ("110101", "110101"),
        ("1101011", "110101 1"),
        ("11010119900101", "110101 19900101"),
        ("11010119900101123x", "110101 19900101 123X"),
    ],
)
def test_a_number_is_grouped_as_far_as_it_is_typed(typed: str, shown: str) -> None:
    assert grouped(typed) == shown


@given(st.text("0123456789X", max_size=18))
def test_grouping_changes_nothing_but_spaces(typed: str) -> None:
    assert normalised(grouped(typed)) == typed
    assert grouped(grouped(typed)) == grouped(typed)


@given(st.text("0123456789", max_size=18), st.data())
def test_the_caret_stays_behind_the_same_digit(typed: str, data: st.DataObject) -> None:
    caret = data.draw(st.integers(0, len(typed)))
    assert normalised(grouped(typed)[: grouped_caret(typed, caret)]) == typed[:caret]


def test_a_number_is_masked_in_the_middle() -> None:
    assert masked("110101199001011234") == "110101********1234"
    assert masked("USA420080010112") == "USA********0112"


def test_what_is_too_short_to_mask_shows_nothing() -> None:
    assert masked("1101011") == "*******"
