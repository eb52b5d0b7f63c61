"""The sides of one material that are scanned and not kept yet: their order, which one is chosen. No Qt."""

from dataclasses import dataclass, replace

from sscard_desk.domain.scanned_document import DocumentPage


@dataclass(frozen=True)
class Pile:
    """Sides in their order.

    Attributes:
        pages: the sides.
        current: index of the chosen one.
        again: index of the side that the next one takes the place of, None where it is added.
    """

    pages: tuple[DocumentPage, ...] = ()
    current: int = 0
    again: int | None = None

    @property
    def chosen(self) -> DocumentPage | None:
        """The chosen side."""
        return self.pages[self.current] if self.current < len(self.pages) else None

    def added(self, new: tuple[DocumentPage, ...]) -> "Pile":
        """Return it with new sides: the first in the place of the one that is scanned again, the others at the end."""
        if not new:
            return self
        if self.again is not None and self.again < len(self.pages):
            at = self.again
            pages = (*self.pages[:at], new[0], *self.pages[at + 1 :], *new[1:])
            return Pile(pages, at)
        return Pile((*self.pages, *new), len(self.pages) + len(new) - 1)

    def choosing(self, index: int) -> "Pile":
        """Return it with another chosen side, the nearest that there is."""
        return replace(self, current=max(0, min(index, len(self.pages) - 1)))

    def dropped(self) -> "Pile":
        """Return it without the chosen side."""
        left = self.pages[: self.current] + self.pages[self.current + 1 :]
        return Pile(left).choosing(self.current)

    def moved(self, by: int) -> "Pile":
        """Return it with the chosen side further left or right."""
        to = self.current + by
        if not 0 <= to < len(self.pages):
            return self
        pages = list(self.pages)
        pages.insert(to, pages.pop(self.current))
        return Pile(tuple(pages), to)

    def with_chosen(self, page: DocumentPage) -> "Pile":
        """Return it with something else in the chosen side's place."""
        return replace(self, pages=(*self.pages[: self.current], page, *self.pages[self.current + 1 :]))
