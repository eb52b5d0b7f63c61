"""Where things stand on paper. All lengths in millimetres, from the left and the top edge of the page."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class BlockKind(StrEnum):
    """What is drawn at a place."""

    GRID = "grid"
    HEADING = "heading"
    PROSE = "prose"
    PHOTO = "photo"
    RECEIPT = "receipt"
    SIGNATURES = "signatures"
    CHOICE = "choice"
    TABLE = "table"
    LETTER = "letter"
    SEAL = "seal"


class Align(StrEnum):
    """Where the words of a column stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Total(StrEnum):
    """What stands under a column at the end of a table."""

    NONE = ""
    COUNT = "count"
    SUM = "sum"


class Numbered(StrEnum):
    """Which number a paper carries at its upper right: an application's, or a list's own of the same build."""

    APPLICATION = "application"
    LIST = "list"


LETTER_FACTS: Final = frozenset({"application_no", "service_point", "printed_by", "issued"})
"""What a letter may name in braces besides the form's fields: facts of the paper itself."""


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
class Column:
    """A column of a table.

    Attributes:
        field: whose answer of each row; an empty id makes it the running number.
        width: width.
        align: where the words stand.
        total: what stands under it at the end.
    """

    field: str
    width: float
    align: Align = Align.LEFT
    total: Total = Total.NONE


@dataclass(frozen=True)
class Block:
    """One thing on a page.

    Attributes:
        kind: what is drawn.
        page: counted from 1.
        x: left edge.
        y: top edge.
        width: width.
        height: height; grids take theirs from their rows; a table's reaches to where it must end on its last page.
        rows: the lines of a grid.
        section: whose heading a heading shows.
        prose: paragraphs, each under the other, for prose, letter and receipt.
        tick: field whose answer ticks the box before a paragraph, for choice.
        field: the photo's field.
        parties: the signatures side by side.
        columns: of a table, from left to right.
        list: name of the list whose rows a table shows.
        row: least height of a table's row.
        again: y of a table on the pages that follow.
        indent: whether the paragraphs of a letter begin two characters in, as Chinese ones do.
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
    columns: tuple[Column, ...] = ()
    list: str = ""
    row: float = 8
    again: float = 0
    indent: bool = True


@dataclass(frozen=True)
class PaperLayout:
    """The pages of a form.

    Attributes:
        width: of the sheet.
        height: of the sheet.
        margin: kept free at the left and right.
        pages: how many; a table adds pages as its rows need them.
        blocks: everything on them besides head, foot and codes, which every page has.
        numbered: which number stands at the upper right.
        annex_from: pages from this one on are left out where nothing on them is asked; 0 where all are always drawn.
    """

    width: float
    height: float
    margin: float
    pages: int
    blocks: tuple[Block, ...]
    numbered: Numbered = Numbered.APPLICATION
    annex_from: int = 0

    def lists(self) -> "tuple[Block, ...]":
        """Return the tables of all pages."""
        return tuple(block for block in self.blocks if block.kind is BlockKind.TABLE)

    @property
    def least_pages(self) -> int:
        """How many pages every copy has; an annex and a long table add to them."""
        return self.annex_from - 1 if self.annex_from else self.pages
