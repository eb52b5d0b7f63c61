"""Command bytes, and what 61xx and 6Cxx ask for."""

import pytest

from sscard_desk.cards import iso7816, ssse
from sscard_desk.cards.status_words import need_success, tries_left
from sscard_desk.domain.errors.device import CardItemDamaged, CardRefused


class Script:
    """Answers commands that must come exactly so."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self.left = [(bytes.fromhex(apdu), bytes.fromhex(answer)) for apdu, answer in pairs]

    def __call__(self, apdu: bytes) -> tuple[bytes, int]:
        expected, answer = self.left.pop(0)
        assert apdu == expected
        return answer[:-2], int.from_bytes(answer[-2:], "big")


def test_the_commands_are_those_of_the_reference() -> None:
    script = Script(
        ("00A404000F 7378312E73682EC9E7BBE1B1A3D5CF 00", "9000"),
        ("00A4020002 EF05", "9000"),
        ("00B207000B", "0709 423232343531323539 9000"),
        ("00DC0B0003 0B0101", "9000"),
        ("0084000008", "0102030405060708 9000"),
        ("0082000410" + "00" * 16, "63C4"),
    )
    assert iso7816.select_name(script, ssse.NAME) == (b"", 0x9000)
    iso7816.select_ef(script, 0xEF05)
    assert iso7816.read_record(script, 0x07, 9) == b"\x07\x09B22451259"
    iso7816.update_record(script, b"\x0b\x01\x01")
    assert iso7816.get_challenge(script) == bytes(range(1, 9))
    assert tries_left(iso7816.external_authenticate(script, 4, bytes(16))) == 4
    assert not script.left


def test_a_waiting_answer_is_fetched_piece_by_piece() -> None:
    script = Script(("00A4040002 AABB", "6102"), ("00C0000002", "0102 6101"), ("00C0000001", "03 9000"))
    assert iso7816.following(script)(bytes.fromhex("00A4040002AABB")) == (b"\x01\x02\x03", 0x9000)


def test_a_wrong_le_is_put_right_once() -> None:
    script = Script(("00B2010400", "6C0B"), ("00B201040B", "AA 9000"))
    assert iso7816.following(script)(bytes.fromhex("00B2010400")) == (b"\xaa", 0x9000)


def test_a_wrong_le_behind_data_is_put_right() -> None:
    script = Script(("00A4040002 AABB 00", "6C05"), ("00A4040002 AABB 05", "9000"))
    assert iso7816.following(script)(bytes.fromhex("00A4040002AABB00")) == (b"", 0x9000)


def test_a_card_that_always_has_more_is_left_at_last() -> None:
    calls = 0

    def endless(_apdu: bytes) -> tuple[bytes, int]:
        nonlocal calls
        calls += 1
        return b"x", 0x6101

    _, status_word = iso7816.following(endless)(bytes.fromhex("00A4040000"))
    assert status_word == 0x6101
    assert calls < 50


def test_a_challenge_of_another_length_is_not_used() -> None:
    with pytest.raises(CardItemDamaged):
        iso7816.get_challenge(Script(("0084000008", "01020304 9000")))


@pytest.mark.parametrize(
    ("status_word", "left"), [(0x63C2, 2), (0x63C0, 0), (0x6983, 0), (0x6982, None), (0x9000, None)]
)
def test_tries_are_read_from_the_status_word(status_word: int, left: int | None) -> None:
    assert tries_left(status_word) == left


def test_a_refusal_names_command_and_status_word() -> None:
    with pytest.raises(CardRefused) as caught:
        need_success("UPDATE RECORD", 0x6982)
    assert (caught.value.command, caught.value.status_word) == ("UPDATE RECORD", 0x6982)


@pytest.mark.parametrize(
    ("apdu", "writes"),
    [("00DC0500", True), ("00D60000", True), ("80D40104", True), ("00B20500", False), ("00A40400", False)],
)
def test_writing_commands_are_told_from_reading_ones(apdu: str, writes: bool) -> None:
    assert iso7816.may_write(bytes.fromhex(apdu)) is writes
