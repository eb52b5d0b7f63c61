"""This computer's clock and the days without the centre (E178, E1001, E1008-E1009)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import OperatorCanFix


@dataclass(eq=False)
class ClockWrong(OperatorCanFix):
    """This computer's clock is off by more than a day: no date goes on a paper or a card."""

    code: ClassVar[str] = "E178"
    days: int


@dataclass(eq=False)
class OfflineEnded(OperatorCanFix):
    """The days that this desk may work without the centre are over: nothing new is begun."""

    code: ClassVar[str] = "E1001"
    days: int


@dataclass(eq=False)
class DayBeforeCentre(OperatorCanFix):
    """A business date before the day on which the centre last answered this desk: that day is certainly past.

    Attributes:
        day: of that answer, ISO 8601.
    """

    code: ClassVar[str] = "E1008"
    day: str


@dataclass(eq=False)
class DayFarAhead(OperatorCanFix):
    """A business date more than a year after the day on which the centre last answered: a slip of the keys.

    Attributes:
        day: of that answer, ISO 8601.
    """

    code: ClassVar[str] = "E1009"
    day: str
