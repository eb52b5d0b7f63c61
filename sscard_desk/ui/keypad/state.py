"""What the keypad shows. No digit of a PIN is ever part of it, only how many were typed."""

from dataclasses import dataclass
from typing import Final

from sscard_desk.ui.words import Words

IN_ORDER: Final = (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)


@dataclass(frozen=True)
class KeypadState:
    """The keypad.

    Attributes:
        question: what is typed.
        note: what to know about it.
        trouble: why it is asked for once more.
        count: how many digits were typed.
        need: how many it takes.
        keys: the digit on each key, row by row; the last key stands alone below.
        shuffled: whether they stand in another order than usual.
    """

    question: Words = ""
    note: Words = ""
    trouble: Words = ""
    count: int = 0
    need: int = 6
    keys: tuple[int, ...] = IN_ORDER
    shuffled: bool = False

    @property
    def whole(self) -> bool:
        """Whether as many digits as it takes were typed."""
        return self.count == self.need
