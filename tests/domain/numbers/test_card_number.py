"""Card numbers against samples from genuine cards (domain reference A.11)."""

import pytest

from sscard_desk.domain.numbers.card_number import check_character, check_fits, is_well_formed

GOOD = ["B22451259", "A02796279", "B07541184", "B00000019", "BA0010547", "X00000019"]
GENUINE_YET_UNFIT = ["W20798392", "W49158758"]


@pytest.mark.parametrize("number", GOOD)
def test_samples_fit(number: str) -> None:
    assert check_fits(number)


@pytest.mark.parametrize("number", GENUINE_YET_UNFIT)
def test_some_genuine_numbers_do_not_fit_and_are_well_formed_all_the_same(number: str) -> None:
    assert is_well_formed(number)
    assert not check_fits(number)


@pytest.mark.parametrize("number", ["", "B2245125", "b22451259", "B2245125９", "B22451259 "])
def test_other_characters_or_lengths_are_not_well_formed(number: str) -> None:
    assert not is_well_formed(number)
    assert not check_fits(number)


def test_the_check_may_be_ten_or_eleven() -> None:
    checks = {check_character(f"B{n:07d}") for n in range(60)}
    assert checks == set("0123456789X")


def test_eight_characters_are_needed() -> None:
    with pytest.raises(ValueError):
        check_character("B000")
