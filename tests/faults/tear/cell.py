"""One cell of the tear matrix: at which command, what the card had stored by then, and what broke."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Stored(StrEnum):
    """What the card had made of the command."""

    NOTHING = "nothing"
    HALF = "half"
    ALL = "all"
    """It stored the record and answered; what breaks, breaks in that moment."""
    ANSWER_LOST = "answer_lost"
    """It stored the record, and nobody heard of it."""


class Broke(StrEnum):
    """What broke."""

    CARD = "card_pulled"
    SERVICE = "pcscd_killed"
    WORKER = "worker_killed"
    HOST = "host_killed"


@dataclass(frozen=True)
class Cell:
    """One way to tear.

    Attributes:
        apdu: the command, counted from 1 in an undisturbed writing.
        stored: what the card had made of it.
        broke: what broke.
    """

    apdu: int
    stored: Stored
    broke: Broke

    @property
    def name(self) -> str:
        """How the cell is called in files and reports."""
        return f"{self.apdu}/{self.stored}/{self.broke}"

    @classmethod
    def of(cls, name: str) -> "Cell":
        """Return the cell of a name."""
        apdu, stored, broke = name.split("/")
        return cls(int(apdu), Stored(stored), Broke(broke))


def cells(apdus: int) -> Iterator[Cell]:
    """Return every cell of a writing that takes so many commands."""
    for apdu in range(1, apdus + 1):
        for stored in Stored:
            for broke in Broke:
                yield Cell(apdu, stored, broke)


@dataclass(frozen=True)
class Ended:
    """How a cell ended.

    Attributes:
        cell: its name.
        end: `verified`, `spoiled`, or `wrong`.
        note: what is wrong, or why it was spoiled.
        stock_exact: whether stock book and cards agree, and every blank is accounted for.
        apdus: commands that reached the card in all tries.
        tries: how often the writing was taken up.
        seconds: how long it took.
    """

    cell: str
    end: str
    note: str = ""
    stock_exact: bool = True
    apdus: int = 0
    tries: int = 1
    seconds: float = 0.0
