"""Records and BER objects, whole and broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.cards import tlv
from sscard_desk.cards.algorithm import Algorithm, stated_algorithm

FILE_CONTROL = bytes.fromhex("6F 19 84 0F 7378312E73682EC9E7BBE1B1A3D5CF A5 06 9F0C 03 860103")


def test_a_record_is_tag_length_value() -> None:
    assert bytes(tlv.Record(0x07, b"B22451259")) == bytes.fromhex("0709 423232343531323539")
    assert tlv.Record.parse(bytes.fromhex("05 04 20191120")) == tlv.Record(5, bytes.fromhex("20191120"))


@pytest.mark.parametrize("broken", ["", "05", "0504", "0504 201911", "0504 2019112020"])
def test_a_record_of_another_length_is_malformed(broken: str) -> None:
    with pytest.raises(tlv.MalformedTlv):
        tlv.Record.parse(bytes.fromhex(broken))


def test_a_record_does_not_show_its_value() -> None:
    assert "B22451259" not in repr(tlv.Record(7, b"B22451259"))


def test_an_object_is_found_inside_others() -> None:
    assert tlv.find(FILE_CONTROL, 0x9F0C) == bytes.fromhex("860103")
    assert tlv.find(FILE_CONTROL, 0x9F0D) is None


def test_long_lengths_are_read() -> None:
    assert tlv.find(bytes.fromhex("84 81 80") + bytes(128), 0x84) == bytes(128)
    assert tlv.find(bytes.fromhex("84 82 0100") + bytes(256), 0x84) == bytes(256)


@pytest.mark.parametrize("broken", ["84", "84 05 01", "84 80", "84 82 01", "9F", "1F 81"])
def test_objects_that_run_past_the_end_are_malformed(broken: str) -> None:
    with pytest.raises(tlv.MalformedTlv):
        list(tlv.data_objects(bytes.fromhex(broken)))


@given(st.binary(max_size=40))
def test_no_bytes_break_the_reading_in_another_way(data: bytes) -> None:
    try:
        found = tlv.find(data, 0x9F0C)
    except tlv.MalformedTlv:
        return
    assert found is None or (b"\x9f\x0c" in data and found in data)


@pytest.mark.parametrize(
    ("last", "cipher"),
    [("01", Algorithm.TRIPLE_DES), ("02", Algorithm.SSF33), ("03", Algorithm.SM4), ("7F", Algorithm.OTHER)],
)
def test_a_card_states_its_cipher(last: str, cipher: Algorithm) -> None:
    assert stated_algorithm(FILE_CONTROL[:-1] + bytes.fromhex(last)) is cipher


@pytest.mark.parametrize("silent", ["", "6F 02 84 00", "6F 7F", "6F 07 A5 05 9F0C 02 8601"])
def test_a_silent_card_states_no_cipher(silent: str) -> None:
    assert stated_algorithm(bytes.fromhex(silent)) is None
