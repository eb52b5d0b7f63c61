"""Identification code, answer to reset, key chain: numbers that stand on genuine cards or were calculated apart."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.cards import answer_to_reset, identification_code, key_chain
from sscard_desk.domain.errors.device import CardItemDamaged

GENUINE = [
    "520300D156000005050842704E187F49",
    "330109D1560000050063CDB24944F5F3",
    "411600D156000005C38275EEFC9B9648",
    "639900D15600000500BF7C7A48FB4966",
]


@pytest.mark.parametrize("code", GENUINE)
def test_genuine_identification_codes_are_accepted(code: str) -> None:
    assert identification_code.need_identification_code(code) == code
    assert identification_code.region(code) == code[:6]


@pytest.mark.parametrize(
    "code",
    [
        "",
        GENUINE[0][:-1],
        GENUINE[0] + "0",
        "5203A0" + GENUINE[0][6:],
        GENUINE[0].replace("D156", "D157"),
        GENUINE[0].lower(),
    ],
)
def test_other_codes_are_damaged(code: str) -> None:
    with pytest.raises(CardItemDamaged):
        identification_code.need_identification_code(code)


@given(st.integers(0, 0xFFFFFFFF))
def test_codes_of_training_cards_have_the_form_of_genuine_ones(serial: int) -> None:
    code = identification_code.compose("110101", serial)
    assert identification_code.need_identification_code(code) == code
    assert identification_code.chip_serial(code) == serial.to_bytes(4, "big")


@pytest.mark.parametrize(
    ("atr", "historical"),
    [
        ("3B6D0000 00814E43238697159900BF7C7A", "00814E43238697159900BF7C7A"),
        ("3B00", ""),
        ("3F02 0102", "0102"),
        ("3B81 80 01 AA 2A", "AA"),
        ("3BF2 11000081 31FE45 0102 00", "0102"),
    ],
)
def test_historical_bytes_are_found_behind_the_interface_bytes(atr: str, historical: str) -> None:
    assert answer_to_reset.historical_bytes(bytes.fromhex(atr)) == bytes.fromhex(historical)


@pytest.mark.parametrize("atr", ["", "3B", "3B02 01", "3B80", "4B00", "3BF0", "3B1F"])
def test_other_answers_are_malformed(atr: str) -> None:
    with pytest.raises(answer_to_reset.AtrMalformed):
        answer_to_reset.historical_bytes(bytes.fromhex(atr))


@given(st.binary(max_size=40))
def test_no_answer_to_reset_breaks_the_reading_in_another_way(atr: bytes) -> None:
    with contextlib.suppress(answer_to_reset.AtrMalformed):
        assert len(answer_to_reset.historical_bytes(atr)) <= 15


def test_the_factors_are_region_with_sx_and_the_end_of_the_historical_bytes() -> None:
    historical = bytes.fromhex("00814E43238697159900BF7C7A")
    assert key_chain.factors(("city", "card"), "639900", historical) == [b"639900sx", bytes.fromhex("8697159900BF7C7A")]


def test_a_known_key_is_diversified_as_openssl_does_it() -> None:
    # openssl enc -des-ede -nopad over the factor and over its complement
    key = bytes.fromhex("404142434445464748494A4B4C4D4E4F")
    assert key_chain.diversified(key, bytes.fromhex("1122334455667788")).hex() == "a0f180047e2a33575dc54f91f21439b5"
