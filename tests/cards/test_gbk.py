"""Names in the card's character set, and their division between 姓名 and 姓名扩展."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.cards import gbk
from sscard_desk.domain.errors.operator import CharacterNotOnCard, NameTooLongForCard

LONG = "阿卜杜热合曼·阿卜杜热西提·买买提"  # 17 characters, 34 bytes


@pytest.mark.parametrize("dot", ["\u00b7", "\u2022", "\u30fb"])
def test_every_kind_of_middle_dot_becomes_a1a4(dot: str) -> None:
    assert gbk.split_name(f"阿{dot}里", 30, 20) == (bytes.fromhex("B0A2A1A4C0EF"), b"")


def test_a_middle_dot_is_read_as_u00b7() -> None:
    assert gbk.decode_text(bytes.fromhex("B0A2A1A4C0EF0000")) == "阿\u00b7里"


def test_a_name_of_exactly_30_bytes_needs_no_extension() -> None:
    assert gbk.split_name("一" * 15, 30, 20) == ("一".encode("gbk") * 15, b"")


def test_a_longer_name_goes_on_in_the_extension() -> None:
    first, rest = gbk.split_name(LONG, 30, 20)
    assert len(first) == 30
    assert gbk.decode_text(first) + gbk.decode_text(rest) == LONG


def test_a_character_is_never_cut_in_two() -> None:
    first, rest = gbk.split_name("A" + "一" * 16, 30, 20)
    assert len(first) == 29
    assert first.decode("gbk") + rest.decode("gbk") == "A" + "一" * 16


def test_a_name_that_does_not_fit_is_refused_with_the_numbers() -> None:
    with pytest.raises(NameTooLongForCard) as caught:
        gbk.split_name("一" * 26, 30, 20)
    assert (caught.value.have, caught.value.need) == (50, 52)


def test_a_card_without_extension_takes_30_bytes_only() -> None:
    with pytest.raises(NameTooLongForCard):
        gbk.split_name(LONG, 30, 0)


@pytest.mark.parametrize("rare", ["𠅤", "㙍", "\U00020000", "\x00", "\n"])
def test_a_character_outside_gbk_is_named_by_its_place_and_not_quoted(rare: str) -> None:
    with pytest.raises(CharacterNotOnCard) as caught:
        gbk.split_name(f"张{rare}", 30, 20)
    assert caught.value.position == 2
    assert rare not in str(caught.value)
    assert caught.value.__context__ is None or caught.value.__suppress_context__


@given(
    st.text(
        alphabet=st.characters(codec="gbk", exclude_categories=["Cc", "Zs"], exclude_characters="\u2022\u30fb\u2027"),
        max_size=25,
    )
)
def test_any_gbk_name_comes_back_whole(name: str) -> None:
    first, rest = gbk.split_name(name, 30, 20 * 25)
    assert len(first) <= 30
    assert gbk.decode_text(first) + gbk.decode_text(rest) == name
