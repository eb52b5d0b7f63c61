from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.ui.grouping import grouped, masked


def test_a_number_is_grouped_6_8_4_while_it_is_typed() -> None:
    assert grouped("1101011") == "110101 1"
    assert grouped("110101 19900307 002x") == "110101 19900307 002X"
    assert grouped("11010119900307002X") == "110101 19900307 002X"


@given(st.text(max_size=24))
def test_grouping_changes_nothing_but_spaces_and_the_letter_x(typed: str) -> None:
    assert grouped(typed).replace(" ", "").upper() == typed.replace(" ", "").upper()


@given(st.text(max_size=24))
def test_grouping_twice_is_grouping_once(typed: str) -> None:
    assert grouped(grouped(typed)) == grouped(typed)


def test_names_and_barcodes_stay_as_they_are() -> None:
    assert grouped("李四") == "李四"
    assert grouped("4201-03-26-00123-2") == "4201-03-26-00123-2"


def test_a_mask_keeps_six_and_four() -> None:
    assert masked("11010119900307002X") == "110101********002X"
    assert masked("1234") == "****"
