"""Which pages a paper has: those of its layout, and more where the rows of a table do not fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sscard_desk.domain.errors.operator import TextDoesNotFit
from sscard_desk.forms.layout import Block, BlockKind, PaperLayout
from sscard_desk.paper.edges import FOOT_MM
from sscard_desk.paper.sheet import Sheet
from sscard_desk.paper.tables import HEAD_MM, LaidRow, has_totals, lay_out


class Stretch(StrEnum):
    """Which part of a layout page a sheet of paper shows, where a table stretches it over several."""

    WHOLE = "whole"
    FIRST = "first"
    MIDDLE = "middle"
    LAST = "last"

    @property
    def begins(self) -> bool:
        """Whether it shows what stands above the table."""
        return self in {Stretch.WHOLE, Stretch.FIRST}

    @property
    def ends(self) -> bool:
        """Whether it shows what stands below the table."""
        return self in {Stretch.WHOLE, Stretch.LAST}


@dataclass(frozen=True)
class PlannedPage:
    """One sheet of paper.

    Attributes:
        page: of the layout, from 1.
        stretch: which part of it.
        rows: those of its table, if it has one.
        first: how many rows stand on the pages before.
    """

    page: int
    stretch: Stretch = Stretch.WHOLE
    rows: tuple[LaidRow, ...] = ()
    first: int = 0


def blocks_of(layout: PaperLayout, page: int, stretch: Stretch) -> tuple[Block, ...]:
    """Return what a sheet shows: a table's neighbours above stand on its first page, those below on its last."""
    on_page = [block for block in layout.blocks if block.page == page]
    table = table_of(layout, page)
    if table is None:
        return tuple(on_page)
    return tuple(
        block for block in on_page if block is table or (stretch.begins if block.y < table.y else stretch.ends)
    )


def table_of(layout: PaperLayout, page: int) -> Block | None:
    """Return the table of a layout page; there is at most one."""
    return next((each for each in layout.blocks if each.page == page and each.kind is BlockKind.TABLE), None)


def plan(sheet: Sheet) -> tuple[PlannedPage, ...]:
    """Return the sheets of a paper in their order.

    Raises:
        TextDoesNotFit: a row is taller than a page.
    """
    layout, made = sheet.definition.paper, []
    for page in range(1, layout.pages + 1):
        if layout.annex_from and page >= layout.annex_from and not _asked(sheet, page):
            continue
        table = table_of(layout, page)
        if table is None:
            made.append(PlannedPage(page))
        else:
            made += _stretched(layout, table, lay_out(sheet, table))
    return tuple(made)


def _asked(sheet: Sheet, page: int) -> bool:
    """Return whether anything on a page of the layout is asked."""
    cells = (c for block in sheet.definition.paper.blocks if block.page == page for r in block.rows for c in r.cells)
    return any(cell.field and sheet.asked(sheet.definition.field(cell.field)) for cell in cells)


def _stretched(layout: PaperLayout, table: Block, rows: Sequence[LaidRow]) -> list[PlannedPage]:
    end = table.y + table.height - HEAD_MM - (table.row if has_totals(table) else 0)
    full = layout.height - FOOT_MM - HEAD_MM
    made: list[PlannedPage] = []
    at = 0
    while True:
        top = table.again if made else table.y
        if _fitting(rows[at:], end - top) == len(rows) - at:
            stretch = Stretch.LAST if made else Stretch.WHOLE
            return [*made, PlannedPage(table.page, stretch, tuple(rows[at:]), at)]
        taken = min(_fitting(rows[at:], full - top), len(rows) - at - 1)  # a row is left for the page with the end
        if taken < 1:
            raise TextDoesNotFit(fields=tuple(column.field for column in table.columns if column.field))
        stretch = Stretch.MIDDLE if made else Stretch.FIRST
        made.append(PlannedPage(table.page, stretch, tuple(rows[at : at + taken]), at))
        at += taken


def _fitting(rows: Sequence[LaidRow], room: float) -> int:
    used = 0.0
    for number, row in enumerate(rows):
        used += row.height
        if used > room:
            return number
    return len(rows)
