"""The model of the module answers as domain reference B.1 writes it, to right and to wrong commands."""

import pytest

from sscard_desk.devices.id_reader.simulated_sam import SimulatedSam
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import persons

CARD = id_card_of(next(persons(1)))


def ask(sam: SimulatedSam, hex_counted: str) -> str:
    return sam.reply(bytes.fromhex("AAAAAA9669" + hex_counted)).data.hex().upper()


FIND, SELECT, READ = "0003200122", "0003200221", "0003300132"
HEAD = "AAAAAA9669"


def test_a_card_is_found_selected_and_read_in_this_order() -> None:
    sam = SimulatedSam()
    sam.lay_card(CARD)
    assert ask(sam, FIND) == HEAD + "000800009F0000000097"
    assert ask(sam, SELECT) == HEAD + "000C00009000000000000000009C"
    read = ask(sam, READ)
    assert read.startswith(HEAD + "050800009001000400")
    assert len(read) == 2 * 1295


def test_without_a_card_everything_fails_with_its_own_status() -> None:
    sam = SimulatedSam()
    assert ask(sam, FIND) == HEAD + "000400008084"
    assert ask(sam, SELECT) == HEAD + "000400008185"
    assert ask(sam, READ) == HEAD + "000400004145"


@pytest.mark.parametrize(("asked", "refused"), [(SELECT, "000400008185"), (READ, "000400004145")])
def test_a_step_cannot_be_left_out(asked: str, refused: str) -> None:
    sam = SimulatedSam()
    sam.lay_card(CARD)
    assert ask(sam, asked) == HEAD + refused


def test_a_read_card_is_found_again_only_after_it_was_lifted() -> None:
    sam = SimulatedSam()
    sam.lay_card(CARD)
    for command in (FIND, SELECT, READ):
        ask(sam, command)
    assert ask(sam, FIND) == HEAD + "000400008084"
    sam.lift()
    sam.lay_card(CARD)
    assert ask(sam, FIND).startswith(HEAD + "000800009F")


def test_the_long_answer_with_fingerprints_has_the_length_that_the_reference_computed() -> None:
    sam = SimulatedSam()
    sam.lay_card(CARD)
    ask(sam, FIND)
    ask(sam, SELECT)
    read = ask(sam, "0003301023")
    assert read.startswith(HEAD + "090A000090010004000400")
    assert len(read) == 2 * 2321


@pytest.mark.parametrize(("command", "status"), [("0003200123", "10"), ("0003770175", "21")])
def test_a_command_that_is_damaged_or_unknown_is_refused(command: str, status: str) -> None:
    assert ask(SimulatedSam(), command).startswith(f"{HEAD}00040000{status}")


def test_the_module_can_be_reset_in_between() -> None:
    sam = SimulatedSam()
    sam.lay_card(CARD)
    ask(sam, FIND)
    assert ask(sam, "000310FFEC").startswith(HEAD + "0004000090")
    assert ask(sam, SELECT) == HEAD + "000400008185"


def test_the_additional_address_comes_or_is_said_to_be_missing() -> None:
    sam = SimulatedSam()
    sam.lay_card(CARD)
    assert ask(sam, "0003300330").startswith(HEAD + "0004000091")
