"""Application numbers: made, typed, mistyped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.domain.errors.operator import ApplicationNumberMalformed, CheckDigitWrong
from sscard_desk.domain.numbers.application_number import ApplicationNumber, check_digit, parse_application_number

numbers = st.builds(
    ApplicationNumber,
    st.integers(0, 9999).map("{:04d}".format),
    st.integers(0, 99),
    st.integers(2000, 2099),
    st.integers(1, 99_999),
)


def test_the_check_digit_is_that_of_the_standards_hybrid_system() -> None:
    assert check_digit("0794") == "5"  # the worked example of ISO/IEC 7064 for MOD 11,10


def test_a_number_shows_its_parts() -> None:
    assert str(ApplicationNumber("4201", 3, 2026, 123)) == "4201-03-26-00123-2"


@given(numbers)
def test_it_is_read_back_from_screen_and_from_barcode(number: ApplicationNumber) -> None:
    assert parse_application_number(str(number)) == number
    assert parse_application_number(number.digits) == number


@given(numbers, st.integers(0, 13), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(number: ApplicationNumber, at: int, by: int) -> None:
    digits = number.digits
    wrong = digits[:at] + str((int(digits[at]) + by) % 10) + digits[at + 1 :]
    with pytest.raises((CheckDigitWrong, ApplicationNumberMalformed)):
        parse_application_number(wrong)


@pytest.mark.parametrize(
    "typed", ["", "4201", "4201-03-26-0012-2", "420A-03-26-00123-2", "4201-03-26-00000-1", "٤201032600123٢"]
)
def test_what_is_no_application_number_is_refused(typed: str) -> None:
    with pytest.raises(ApplicationNumberMalformed):
        parse_application_number(typed)


@pytest.mark.parametrize(
    ("point", "desk", "year", "running"),
    [("420", 1, 2026, 1), ("42011", 1, 2026, 1), ("4201", 100, 2026, 1), ("4201", 1, 1999, 1), ("4201", 1, 2026, 0)],
)
def test_a_part_that_does_not_fit_is_a_programming_error(point: str, desk: int, year: int, running: int) -> None:
    with pytest.raises(ValueError):
        ApplicationNumber(point, desk, year, running)
