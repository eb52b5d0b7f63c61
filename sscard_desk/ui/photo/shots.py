"""The shots that were taken: at most six, one of them chosen. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from sscard_desk.domain.portrait import Portrait
from sscard_desk.ui.photo.state import Shot, Source
from sscard_desk.ui.states import Mark

MOST: Final = 6


@dataclass(frozen=True)
class Shots:
    """What was taken for one application.

    Attributes:
        taken: in the order of their numbers.
        number: of the chosen one, 0 without any.
    """

    taken: tuple[Shot, ...] = ()
    number: int = 0

    @property
    def chosen(self) -> Shot | None:
        """The chosen one."""
        return next((shot for shot in self.taken if shot.number == self.number), None)

    @property
    def full(self) -> bool:
        """Whether there is no room for another."""
        return len(self.taken) >= MOST

    def with_made(self, portrait: Portrait, source: Source, original: bytes | None) -> "Shots":
        """Add one under the lowest free number; it is chosen where it is better than the chosen one."""
        free = next(n for n in range(1, MOST + 1) if n not in {shot.number for shot in self.taken})
        shot, before = Shot(free, portrait, source, original), self.chosen
        better = before is None or (before.mark is not Mark.OK and shot.mark is Mark.OK)
        taken = tuple(sorted((*self.taken, shot), key=lambda each: each.number))
        return Shots(taken, free if better else self.number)

    def choosing(self, number: int) -> "Shots":
        """Choose another one, if it is there."""
        return replace(self, number=number) if any(shot.number == number for shot in self.taken) else self

    def dropping(self) -> "Shots":
        """Throw the chosen one away; the best that is left is chosen."""
        left = tuple(shot for shot in self.taken if shot.number != self.number)
        best = next((shot.number for shot in left if shot.mark is Mark.OK), left[0].number if left else 0)
        return Shots(left, best)

    def judged(self, judge: Callable[[Portrait], Portrait]) -> "Shots":
        """Judge all of them anew, after the clerk's answer."""
        return replace(self, taken=tuple(replace(shot, portrait=judge(shot.portrait)) for shot in self.taken))
