import pytest

from sscard_desk.domain.errors.operator import CheckDigitWrong, NumberMalformed
from sscard_desk.domain.numbers.application_number import ApplicationNumber
from sscard_desk.domain.numbers.form_serial import FormSerial, mark_text, parse_form_mark, parse_form_serial

SERIAL = FormSerial(ApplicationNumber("4201", 3, 2026, 123), "R", 2)


@pytest.mark.parametrize("text", [str(SERIAL), SERIAL.compact, f" {str(SERIAL).lower()} "])
def test_a_serial_is_read_with_or_without_hyphens(text: str) -> None:
    assert parse_form_serial(text) == SERIAL


def test_a_page_says_what_was_shown_and_is_read_again() -> None:
    mark = parse_form_mark(mark_text(str(SERIAL), "2026-1", "6f1c09d4aabbccdd" + "0" * 48, 1, 2))
    assert (mark.serial, mark.edition, mark.digest, mark.page, mark.pages) == (
        SERIAL,
        "2026-1",
        "6F1C09D4AABBCCDD",
        1,
        2,
    )


@pytest.mark.parametrize("text", ["", "11010119900307002X", SERIAL.compact[:-2], "SSF1:1:2:3"])
def test_other_codes_are_not_taken_for_ours(text: str) -> None:
    with pytest.raises(NumberMalformed):
        parse_form_serial(text)
    with pytest.raises(NumberMalformed):
        parse_form_mark(text)


def test_a_misread_digit_is_noticed() -> None:
    wrong = SERIAL.compact[:9] + "9" + SERIAL.compact[10:]
    with pytest.raises(CheckDigitWrong):
        parse_form_serial(wrong)
