"""Numbers and values that cannot be right (E100-109), and names that no card can hold."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import OperatorCanFix


@dataclass(eq=False)
class NumberLengthWrong(OperatorCanFix):
    """An id number has too few or too many characters."""

    code: ClassVar[str] = "E101"
    have: int
    need: int


@dataclass(eq=False)
class CheckDigitWrong(OperatorCanFix):
    """The last character of an id number does not fit the first seventeen (GB 11643-1999)."""

    code: ClassVar[str] = "E102"
    expected: str


@dataclass(eq=False)
class NumberMalformed(OperatorCanFix):
    """An id number holds a character, region or birth date that cannot be. `part` names which."""

    code: ClassVar[str] = "E103"
    part: str


@dataclass(eq=False)
class ApplicationNumberMalformed(OperatorCanFix):
    """What was typed or scanned is no application number: other than 14 digits, hyphens aside."""

    code: ClassVar[str] = "E105"


@dataclass(eq=False)
class UnknownCode(OperatorCanFix):
    """A code does not stand in its table."""

    code: ClassVar[str] = "E104"
    table: str
    value: str


@dataclass(eq=False)
class CharacterNotOnCard(OperatorCanFix):
    """A name holds a character that the card's code (GBK) does not have. `position` counts from 1."""

    code: ClassVar[str] = "E107"
    position: int


@dataclass(eq=False)
class NameTooLongForCard(OperatorCanFix):
    """A name needs more bytes in GBK than name and name extension of this card hold together."""

    code: ClassVar[str] = "E108"
    have: int
    need: int
