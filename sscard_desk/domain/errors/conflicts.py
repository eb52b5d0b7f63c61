"""Applications that belong elsewhere, and entries that the centre did not take (E490-499)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import CentreTrouble


@dataclass(eq=False)
class ApplicationElsewhere(CentreTrouble):
    """The application went to another service point, which goes on with it."""

    code: ClassVar[str] = "E490"
    number: str
    point: str


@dataclass(eq=False)
class MendNotPossible(CentreTrouble):
    """What the centre did not take cannot be put right in this way now; `mend` is a `Mend` word."""

    code: ClassVar[str] = "E491"
    mend: str


@dataclass(eq=False)
class TransferNotAsked(CentreTrouble):
    """Nobody asks for this application any more, or the question was answered at another desk."""

    code: ClassVar[str] = "E492"
    number: str


@dataclass(eq=False)
class KeptCardUnknown(CentreTrouble):
    """No application that does not have this card keeps its number."""

    code: ClassVar[str] = "E493"


@dataclass(eq=False)
class KeptCardBegun(CentreTrouble):
    """A desk says more of this card than that it meant to write it, or what it said was erased."""

    code: ClassVar[str] = "E494"


@dataclass(eq=False)
class KeptCardKeyGiven(CentreTrouble):
    """The key for writing this card was given: the card may have been begun."""

    code: ClassVar[str] = "E495"
