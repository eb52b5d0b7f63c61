"""The stock of blank cards and batches of cards (E106, E109, E110, E139, E140, E160, E190)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import OperatorCanFix


@dataclass(eq=False)
class BlanksKnown(OperatorCanFix):
    """Blanks of a delivery stand in the stock book already, or twice in the list; `first` is one of their numbers."""

    code: ClassVar[str] = "E106"
    count: int
    first: str


@dataclass(eq=False)
class BlankStateWrong(OperatorCanFix):
    """A card of the stock is not in a state from which this is possible; `state` is a word of `BlankState`."""

    code: ClassVar[str] = "E109"
    number: str
    state: str


@dataclass(eq=False)
class TableRowWrong(OperatorCanFix):
    """A list of cards has a row that cannot be taken; nothing of it was taken. `column` is as in the file."""

    code: ClassVar[str] = "E110"
    row: int
    column: str


@dataclass(eq=False)
class SecondPersonNeeded(OperatorCanFix):
    """A spoiled card is confirmed by somebody else than who declared it spoiled, where the data allow it."""

    code: ClassVar[str] = "E139"


@dataclass(eq=False)
class BlankElsewhere(OperatorCanFix):
    """The centre's book has this card at another desk too."""

    code: ClassVar[str] = "E140"
    number: str
    desks: str


@dataclass(eq=False)
class BatchUnknown(OperatorCanFix):
    """No batch of this number is open here."""

    code: ClassVar[str] = "E160"


@dataclass(eq=False)
class CardLeftIn(OperatorCanFix):
    """The card in the reader is the one that was just written, or one that this batch wrote before."""

    code: ClassVar[str] = "E190"
    number: str
