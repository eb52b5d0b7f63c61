"""What can go wrong at one command of a virtual card, and how long a real card's line takes for it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from sscard_desk.cards.iso7816 import Instruction

_CHARACTER_ETU: Final = 12
"""Start bit, eight data bits, parity and two of guard time (ISO/IEC 7816-3, 7.2)."""
_HEADER: Final = 5
_FRAME: Final = _HEADER + 3
"""What goes along with n bytes of data under T=0: header, one procedure byte, status word (ISO/IEC 7816-3, 10.3)."""
_STORES: Final = frozenset({Instruction.UPDATE_RECORD, Instruction.UPDATE_BINARY})


class FaultKind(Enum):
    """What happens at a command."""

    PULL_BEFORE = "pull_before"
    """The card is pulled; the command does not reach it."""
    PULL_HALF = "pull_half"
    """The card is pulled while it stores: half of the value stands on it."""
    PULL_AFTER = "pull_after"
    """The card carries the command out and is pulled before it can answer."""
    PULL_ANSWERED = "pull_answered"
    """The card carries the command out, answers, and is pulled in that moment."""
    HANG = "hang"
    """The card carries the command out and never answers, until it is pulled."""


@dataclass(frozen=True)
class Fault:
    """A fault at one command.

    Attributes:
        kind: what happens.
        at: at which command since the card was made, counted from 1.
        instruction: counts only commands with this INS; None counts all.
        strike: called in that moment, for a test that ends a process then.
        stays: what was struck is not the card: it stays in the reader, and nobody hears its answer.
    """

    kind: FaultKind
    at: int
    instruction: int | None = None
    strike: Callable[[], None] | None = None
    stays: bool = False


_WORDS: Final = {
    "nothing": FaultKind.PULL_BEFORE,
    "half": FaultKind.PULL_HALF,
    "lost": FaultKind.PULL_AFTER,
    "all": FaultKind.PULL_ANSWERED,
    "hang": FaultKind.HANG,
}
_FAULT: Final = re.compile(r"(?P<kind>[a-z]+)@(?P<at>[1-9][0-9]{0,3})(?P<record>:record)?")


def parse_fault(text: str) -> Fault:
    """Return the fault of a word such as `half@31` (at the 31st command) or `hang@2:record` (at the second record).

    Raises:
        ValueError: not such a word.
    """
    found = _FAULT.fullmatch(text)
    if found is None or found["kind"] not in _WORDS:
        raise ValueError(text)
    return Fault(_WORDS[found["kind"]], int(found["at"]), Instruction.UPDATE_RECORD if found["record"] else None)


@dataclass(frozen=True)
class LineSpeed:
    """The time that a contact card's line takes (ISO/IEC 7816-3).

    Attributes:
        baud: bits a second; one etu is its inverse.
        command_s: what the card itself takes for any command.
        store_s: what its memory takes for a record besides.
    """

    baud: int
    command_s: float = 0.0
    store_s: float = 0.0

    def seconds(self, command: bytes, answer: bytes) -> float:
        """Return how long a command and its answer take.

        n bytes of data in either direction take (n + 8) x 12 etu. A command with data both ways counts as two, since
        under T=0 its answer is fetched with GET RESPONSE.

        Args:
            command: as it reached the card.
            answer: with its status word.
        """
        data_in = command[_HEADER - 1] if len(command) > _HEADER else 0
        data_out = len(answer) - 2
        characters = _FRAME + data_in + data_out + (_FRAME if data_in and data_out else 0)
        stored = self.store_s if command[1] in _STORES else 0.0
        return characters * _CHARACTER_ETU / self.baud + self.command_s + stored
