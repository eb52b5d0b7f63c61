"""Words for faults, and the time of a real card's line."""

import pytest

from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.devices.card_reader.card_faults import Fault, FaultKind, LineSpeed, parse_fault

READ = bytes.fromhex("00B207280B")
UPDATE = bytes.fromhex("00DC07280B0709") + b"B22451259"
SELECT = bytes.fromhex("00A404000F") + bytes(15)
DONE = bytes.fromhex("9000")


@pytest.mark.parametrize(
    ("word", "fault"),
    [
        ("nothing@1", Fault(FaultKind.PULL_BEFORE, 1)),
        ("half@31", Fault(FaultKind.PULL_HALF, 31)),
        ("lost@2:record", Fault(FaultKind.PULL_AFTER, 2, Instruction.UPDATE_RECORD)),
        ("all@7", Fault(FaultKind.PULL_ANSWERED, 7)),
        ("hang@10:record", Fault(FaultKind.HANG, 10, Instruction.UPDATE_RECORD)),
    ],
)
def test_a_fault_is_said_in_one_word(word: str, fault: Fault) -> None:
    assert parse_fault(word) == fault


@pytest.mark.parametrize("word", ["half", "half@0", "half@x", "burn@3", "half@3:file", "half@12345"])
def test_another_word_is_no_fault(word: str) -> None:
    with pytest.raises(ValueError, match=word):
        parse_fault(word)


def test_n_bytes_in_either_direction_take_n_and_eight_times_twelve_etu() -> None:
    speed = LineSpeed(9600)
    assert speed.seconds(READ, bytes(11) + DONE) == pytest.approx((11 + 8) * 12 / 9600)
    assert speed.seconds(UPDATE, DONE) == pytest.approx((11 + 8) * 12 / 9600)
    assert speed.seconds(SELECT, bytes.fromhex("611D")) == pytest.approx((15 + 8) * 12 / 9600)


def test_data_both_ways_count_as_two_commands_and_storing_takes_longer() -> None:
    speed = LineSpeed(115200, command_s=0.001, store_s=0.004)
    assert speed.seconds(SELECT, bytes(29) + DONE) == pytest.approx((15 + 8 + 29 + 8) * 12 / 115200 + 0.001)
    assert speed.seconds(UPDATE, DONE) == pytest.approx((11 + 8) * 12 / 115200 + 0.005)
