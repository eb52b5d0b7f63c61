"""What an error names by an id of the program is read in words, in the window and on the command line alike."""

import re

import pytest

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.centre import EntryRefused
from sscard_desk.domain.errors.device import KeyHolderRefused
from sscard_desk.domain.errors.operator import RoleMissing
from sscard_desk.domain.errors.scanning import ScannerCannot
from sscard_desk.domain.errors.stock import BlankStateWrong
from sscard_desk.domain.ids import Role
from sscard_desk.texts import SIMPLIFIED_CHINESE, Catalogue, describe
from sscard_desk.ui.words import Say, message_of

CHINESE = Catalogue(SIMPLIFIED_CHINESE)


def in_the_window(error: DeskError) -> str:
    said = message_of(error)
    values = {name: CHINESE(value.key) if isinstance(value, Say) else value for name, value in said.values}
    return CHINESE(said.key, **values)


@pytest.mark.parametrize("role", Role)
def test_the_role_that_is_needed_is_said_in_words(role: Role) -> None:
    error = RoleMissing(role=role.value)
    expected = CHINESE(f"shell.role.{role.value}")
    for said in (describe(error, CHINESE).message, in_the_window(error)):
        assert expected in said
        assert re.search("[A-Za-z]", said) is None


@pytest.mark.parametrize(
    ("error", "raw"),
    [
        (BlankStateWrong(number="12", state="issued"), "issued"),
        (ScannerCannot(what="both_sides"), "both_sides"),
        (EntryRefused(reason="gap"), "gap"),
    ],
)
def test_ids_of_states_and_reasons_are_said_in_words_too(error: DeskError, raw: str) -> None:
    for said in (describe(error, CHINESE).message, in_the_window(error)):
        assert raw not in said
        assert re.search("[A-Za-z]", said) is None


def test_a_reason_that_no_text_knows_is_said_as_it_is() -> None:
    error = KeyHolderRefused(reason="a word of the device's own")
    for said in (describe(error, CHINESE).message, in_the_window(error)):
        assert "a word of the device's own" in said
