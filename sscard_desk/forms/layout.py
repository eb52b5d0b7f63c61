"""Where things stand on paper. All lengths in millimetres, from the left and the top edge of the page."""

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What is drawn at a place."""

    GRID = "grid"
    HEADING = "heading"
    PROSE = "prose"
    PHOTO = "photo"
    RECEIPT = "receipt"
    SIGNATURES = "signatures"
    CHOICE = "choice"


@dataclass(frozen=True)
class Cell:
    """A label and the place of one answer beside it.

    Attributes:
        field: whose answer; an empty id leaves the place blank.
        label: width of the label's ground; 0 draws none.
        value: width of the answer's place.
        boxes: this many boxes for writing by hand while the answer is empty.
        strong: print the answer large, because the paper is about it.
        code: print the code before its words, as on the screen.
        options: show all codes of the table with boxes to tick, so that a pen can correct the choice.
    """

    field: str
    label: float
    value: float
    boxes: int = 0
    code: bool = False
    strong: bool = False
    options: bool = False


@dataclass(frozen=True)
class Row:
    """A line of a grid: its height and its cells from left to right."""

    height: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Party:
    """A place for a signature: the field, and the paragraph that stands above it, if any."""

    field: str
    width: float
    prose: str = ""


@dataclass(frozen=True)
class Block:
    """One thing on a page.

    Attributes:
        kind: what is drawn.
        page: counted from 1.
        x: left edge.
        y: top edge.
        width: width.
        height: height; grids take theirs from their rows.
        rows: the lines of a grid.
        section: whose heading a heading shows.
        prose: paragraphs, each under the other, for prose and receipt.
        tick: field whose answer ticks the box before a paragraph, for choice.
        field: the photo's field.
        parties: the signatures side by side.
    """

    kind: BlockKind
    page: int
    x: float
    y: float
    width: float
    height: float = 0
    rows: tuple[Row, ...] = ()
    section: str = ""
    prose: tuple[str, ...] = ()
    tick: str = ""
    field: str = ""
    parties: tuple[Party, ...] = ()


@dataclass(frozen=True)
class PaperLayout:
    """The pages of a form.

    Attributes:
        width: of the sheet.
        height: of the sheet.
        margin: kept free at the left and right.
        pages: how many.
        blocks: everything on them besides head, foot and codes, which every page has.
    """

    width: float
    height: float
    margin: float
    pages: int
    blocks: tuple[Block, ...]
