"""A document that was scanned for the file: its pages, how well they can be read, and what is kept of it.

Lengths are in mm on the paper.
"""

from dataclasses import dataclass, field

from sscard_desk.domain.portrait import Preview


@dataclass(frozen=True)
class PageCheck:
    """One thing that decides whether a page can be read.

    Attributes:
        rule: `empty`, `sharp`, `contrast`, `edges`, `size` or `found`; its words are `documents.rule.<rule>`.
        value: what was measured.
        limit: what it is held against.
        met: whether it is as it should be.
    """

    rule: str
    value: float
    limit: float
    met: bool


@dataclass(frozen=True)
class DocumentPage:
    """One side, cut out and straightened.

    Attributes:
        jpeg: the picture as it is kept.
        width: of the paper in mm.
        height: likewise.
        dpi: resolution of the picture.
        skew: by how many degrees it was straightened, clockwise.
        turned: by how many quarters it was turned by hand, clockwise.
        checks: what was measured, in a fixed order.
        preview: a small picture for the window.
    """

    jpeg: bytes = field(repr=False)
    width: float
    height: float
    dpi: int
    skew: float
    turned: int = 0
    checks: tuple[PageCheck, ...] = ()
    preview: Preview | None = field(repr=False, default=None)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Return the rules that it does not meet."""
        return tuple(check.rule for check in self.checks if not check.met)

    @property
    def empty(self) -> bool:
        """Return whether nothing stands on it: the back of a sheet, or paper laid in the wrong way round."""
        return "empty" in self.doubts
