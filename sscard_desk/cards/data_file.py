"""Reading a TOML file of card facts: every problem is noted, and the first is told with file, line and key."""

import tomllib
from pathlib import Path

from sscard_desk.domain.errors.card_model import CardDataWrong
from sscard_desk.domain.errors.operator import FormDefinitionWrong
from sscard_desk.forms.node import Node
from sscard_desk.forms.positions import Positions


def open_data(path: Path) -> Node:
    """Return the top table of a file.

    Raises:
        CardDataWrong: it is not there, not UTF-8 or no TOML.
    """
    try:
        positions = Positions.read(path)
        try:
            return Node(positions, "", tomllib.loads(positions.text))
        except tomllib.TOMLDecodeError as error:
            raise positions.syntax(error) from None
    except FormDefinitionWrong as wrong:
        raise _as_card_data(wrong) from None


def refuse_if_wrong(root: Node) -> None:
    """Refuse a file of which anything was noted.

    Raises:
        CardDataWrong: the first problem, and how many there are.
    """
    if root.problems.found:
        raise _as_card_data(root.problems.first())


def _as_card_data(wrong: FormDefinitionWrong) -> CardDataWrong:
    return CardDataWrong(wrong.file, wrong.line, wrong.field, wrong.reason, wrong.details, wrong.problems)
