"""How often a card's PIN may still be wrong, as the card said last."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sscard_desk.domain.errors.pin import PinBlocked, PinLastTry, PinWrong

FEWEST_FOR_FIRST: Final = 2
"""With fewer tries left a first PIN is not set: a card whose PIN is another one would block."""


class Tries:
    """The tries of one card.

    Attributes:
        left: how many; None where the card does not say.
    """

    def __init__(self, left: int | None) -> None:
        self.left = left

    def need(self) -> None:
        """Ask nobody for a PIN that the card does not take.

        Raises:
            PinBlocked: no try is left.
        """
        if self.left == 0:
            raise PinBlocked

    def need_for_first(self) -> None:
        """Ask nobody for a first PIN where setting it is dangerous.

        Raises:
            PinBlocked: no try is left.
            PinLastTry: a card with another PIN could be blocked by it.
        """
        self.need()
        if self.left is None or self.left < FEWEST_FOR_FIRST:
            raise PinLastTry(tries_left=self.left)

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Keep what the card says while a PIN is shown to it."""
        try:
            yield
        except PinWrong as wrong:
            self.left = wrong.tries_left
            raise
        except PinBlocked:
            self.left = 0
            raise
