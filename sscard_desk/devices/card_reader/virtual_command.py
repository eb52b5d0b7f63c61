"""What a virtual card and a virtual PSAM take apart alike: the data and Le of a command, and a refusal."""

from typing import Final, Protocol

from sscard_desk.cards.status_words import StatusWord

HEADER: Final = 5


class VirtualChip(Protocol):
    """What a hand puts into a virtual reader."""

    @property
    def atr(self) -> bytes:
        """The answer to reset."""

    def reset(self) -> None:
        """Forget what does not survive power-off."""

    def process(self, apdu: bytes, *, torn: bool = False) -> bytes:
        """Carry out one command and return its answer with status word."""


class Refused(Exception):
    """A command is answered with another status word than success."""

    def __init__(self, status_word: int) -> None:
        super().__init__()
        self.status_word = status_word


def data_of(apdu: bytes) -> bytes:
    """Return the data of a command of case 3 or 4.

    Raises:
        Refused: Lc is another number.
    """
    if len(apdu) < HEADER or len(apdu) not in (HEADER + apdu[4], HEADER + apdu[4] + 1):
        raise Refused(StatusWord.WRONG_LENGTH)
    return apdu[HEADER : HEADER + apdu[4]]


def le_of(apdu: bytes) -> int:
    """Return Le of a command of case 2.

    Raises:
        Refused: the command has data.
    """
    if len(apdu) != HEADER:
        raise Refused(StatusWord.WRONG_LENGTH)
    return apdu[4]
