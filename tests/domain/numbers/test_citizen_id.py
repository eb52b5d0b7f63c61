"""Numbers of persons against published samples (domain reference C) and against every single slip of the key."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.domain.document_kind import DocumentKind
from sscard_desk.domain.errors.operator import CheckDigitWrong, NumberLengthWrong, NumberMalformed
from sscard_desk.domain.numbers.citizen_id import (
    NumberWarning,
    age_on,
    check_character,
    check_so_far,
    parse_id_number,
    upgraded,
)

SAMPLE = "11010519491231002X"  # the example of GB 11643-1999 itself

numbers = st.builds(
    lambda region, birth, sequence: f"{region}{birth:%Y%m%d}{sequence:03d}",
    st.sampled_from(["110101", "420199", "650100", "810000", "830000"]),
    st.dates(date(1900, 1, 1), date(2025, 12, 31)),
    st.integers(1, 999),
).map(lambda first: first + check_character(first))


def test_the_sample_of_the_standard_is_taken_apart() -> None:
    number = parse_id_number(SAMPLE)
    assert (number.kind, number.region, number.birth, number.sex, number.warnings) == (
        DocumentKind.CITIZEN,
        "110105",
        date(1949, 12, 31),
        "2",
        (),
    )


@pytest.mark.parametrize("sample", ["810000199408230021", "830000199201300022"])
def test_published_residence_permits_pass(sample: str) -> None:
    assert parse_id_number(sample).kind is DocumentKind.HMT_RESIDENT


def test_the_published_residence_permit_with_a_wrong_check_is_refused_and_the_right_digit_is_named() -> None:
    with pytest.raises(CheckDigitWrong) as caught:
        parse_id_number("820000199009090025")
    assert caught.value.expected == "7"


def test_a_foreign_number_tells_province_and_nationality() -> None:
    number = parse_id_number("932682198501010017")
    assert (number.kind, number.region, number.nationality, number.birth, number.warnings) == (
        DocumentKind.FOREIGN_2023,
        "32",
        "682",
        date(1985, 1, 1),
        (),
    )


def test_a_wrong_check_on_a_foreign_number_is_only_a_warning() -> None:
    assert parse_id_number("911124198108030028").warnings == (NumberWarning.CHECK,)


def test_an_old_foreign_number_has_letters_and_no_birth() -> None:
    number = parse_id_number("usa420080010112")
    assert (number.text, number.kind, number.nationality, number.region, number.birth) == (
        "USA420080010112",
        DocumentKind.FOREIGN_2017,
        "USA",
        "42",
        None,
    )


@pytest.mark.parametrize("typed", ["US1420080010112", "USA42008001011X"])
def test_an_old_foreign_number_is_three_letters_and_twelve_digits(typed: str) -> None:
    with pytest.raises(NumberMalformed):
        parse_id_number(typed)


@pytest.mark.parametrize(
    "typed", [" 110105 19491231 002x ", "１１０１０５１９４９１２３１００２Ｘ", "110105-19491231-002X"]
)
def test_what_is_typed_or_pasted_untidily_is_put_right(typed: str) -> None:
    assert parse_id_number(typed).text == SAMPLE


@pytest.mark.parametrize("typed", ["", "1", SAMPLE[:-1], SAMPLE + "1", "110105491231002"])
def test_a_number_of_another_length_says_how_many_it_has(typed: str) -> None:
    with pytest.raises(NumberLengthWrong) as caught:
        parse_id_number(typed)
    assert (caught.value.have, caught.value.need) == (len(typed), 18)


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("1101051949123100AX", "digits"),
        ("11010519491231٠02X", "digits"),
        ("11010519491231002Y", "digits"),
        ("99010519491231002X", "region"),
        ("00010519491231002X", "region"),
        ("81000119491231002X", "region"),
        ("11010519490231002X", "birth"),
        ("11010517491231002X", "birth"),
        ("11010500001231002X", "birth"),
    ],
)
def test_a_part_that_cannot_be_is_named(typed: str, part: str) -> None:
    with pytest.raises(NumberMalformed) as caught:
        parse_id_number(typed)
    assert caught.value.part == part


def test_a_birth_in_the_future_is_refused() -> None:
    first = "11010120300101001"
    number = first + check_character(first)
    assert parse_id_number(number).birth == date(2030, 1, 1)
    with pytest.raises(NumberMalformed):
        parse_id_number(number, today=date(2029, 12, 31))


@pytest.mark.parametrize("typed", ["9", "99", "11010", "110105", "1101051949", "1101051949123", "11010519491231002"])
def test_nothing_is_judged_before_its_part_is_complete(typed: str) -> None:
    check_so_far(typed)


@pytest.mark.parametrize("typed", ["1a", "990105", "11010519490231", SAMPLE + "0"])
def test_a_part_is_judged_as_soon_as_it_is_complete(typed: str) -> None:
    with pytest.raises((NumberMalformed, NumberLengthWrong)):
        check_so_far(typed)


@given(numbers, st.integers(0, 16), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(number: str, at: int, by: int) -> None:
    wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    if wrong[0] == "9":
        return  # foreign numbers only warn
    with pytest.raises((CheckDigitWrong, NumberMalformed)):
        parse_id_number(wrong)


@given(numbers, st.integers(6, 15))
def test_every_swap_of_neighbours_is_found(number: str, at: int) -> None:
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if swapped != number:
        with pytest.raises((CheckDigitWrong, NumberMalformed)):
            parse_id_number(swapped)


@given(st.text(max_size=24))
def test_any_text_gives_a_number_or_a_foreseen_error(text: str) -> None:
    try:
        number = parse_id_number(text)
    except (CheckDigitWrong, NumberLengthWrong, NumberMalformed):
        return
    assert len(number.text) in (15, 18)


def test_a_number_of_the_first_generation_grows_to_eighteen() -> None:
    assert upgraded("110105491231002") == SAMPLE
    assert upgraded("110105911231996")[6:14] == "18911231"


@pytest.mark.parametrize("typed", ["11010549123100", "11010549123100X", "110105490231002"])
def test_what_is_no_number_of_the_first_generation_is_refused(typed: str) -> None:
    with pytest.raises((NumberLengthWrong, NumberMalformed)):
        upgraded(typed)


def test_age_counts_full_years() -> None:
    assert age_on(date(2010, 6, 1), date(2026, 5, 31)) == 15
    assert age_on(date(2010, 6, 1), date(2026, 6, 1)) == 16
    assert age_on(date(2008, 2, 29), date(2025, 2, 28)) == 16
    assert age_on(date(2008, 2, 29), date(2025, 3, 1)) == 17


def test_its_repr_holds_nothing_of_the_number() -> None:
    assert repr(parse_id_number(SAMPLE)) == "IdNumber(kind=citizen)"
