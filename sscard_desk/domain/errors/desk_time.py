"""This computer's clock and the days without the centre (E178, E1001)."""

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
