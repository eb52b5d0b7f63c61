"""Where a form's page has its printed lines, its fields and what is cut out of a scan: all from the layout in mm."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sscard_desk.domain.form_scan import Area
from sscard_desk.forms.layout import Block, BlockKind, PaperLayout

HEAD_LINE_MM: Final = 38.3
"""The line under the head stands on every page, from margin to margin."""
RECEIPT: Final = "photo_receipt"
"""What the cut-out of a place for a photo studio's receipt is called."""
CUT_OUTS: Final = frozenset({BlockKind.SIGNATURES, BlockKind.RECEIPT})


@dataclass(frozen=True)
class PrintedLine:
    """A strong printed line; `upright` ones run from top to bottom.

    Attributes:
        upright: vertical rather than level.
        at: x of an upright line, y of a level one, in mm.
        start: where it begins on the other axis, in mm.
        end: where it ends.
    """

    upright: bool
    at: float
    start: float
    end: float


def printed_lines(layout: PaperLayout, page: int) -> tuple[PrintedLine, ...]:
    """Return the strong lines of a page: frames and the line under the head; nothing dashed, nothing pale.

    A list grows over as many sheets as it needs, so of a paper with one only the head stays where it is.
    """
    found = [PrintedLine(upright=False, at=HEAD_LINE_MM, start=layout.margin, end=layout.width - layout.margin)]
    for block in () if layout.lists() else layout.blocks:
        if block.page == page and block.kind in {BlockKind.GRID, BlockKind.PHOTO, BlockKind.SIGNATURES}:
            found += _frame(block)
    return tuple(dict.fromkeys(found))


def field_areas(layout: PaperLayout, page: int) -> tuple[Area, ...]:
    """Return each field's place with its label, for showing it beside the field."""
    found: list[Area] = []
    for block in layout.blocks:
        if block.page != page:
            continue
        found += _cells(block)
        if block.kind is BlockKind.CHOICE and block.tick:
            found.append(Area(block.tick, page, block.x, block.y, block.width, block.height))
    return tuple(found)


def cut_out_areas(layout: PaperLayout, page: int) -> tuple[Area, ...]:
    """Return the signatures and places for a receipt on a page."""
    found: list[Area] = []
    for block in layout.blocks:
        if block.page != page or block.kind not in CUT_OUTS:
            continue
        if block.kind is BlockKind.RECEIPT:
            found.append(Area(RECEIPT, page, block.x, block.y, block.width, block.height))
            continue
        x = block.x
        for party in block.parties:
            found.append(Area(party.field, page, x, block.y, party.width, block.height))
            x += party.width
    return tuple(found)


def _frame(block: Block) -> Iterator[PrintedLine]:
    right, bottom = block.x + block.width, block.y + block.height
    for y in (block.y, bottom):
        yield PrintedLine(upright=False, at=y, start=block.x, end=right)
    for x in (block.x, right):
        yield PrintedLine(upright=True, at=x, start=block.y, end=bottom)


def _cells(block: Block) -> Iterator[Area]:
    y = block.y
    for row in block.rows:
        x = block.x
        for cell in row.cells:
            width = cell.label + cell.value
            if cell.field:
                yield Area(cell.field, block.page, x, y, width, row.height)
            x += width
        y += row.height
