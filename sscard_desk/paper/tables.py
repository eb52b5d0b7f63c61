"""Draws a list as a table: its head on every page, rows that are never split, totals at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from reportlab.lib.units import mm

from sscard_desk.forms.definition import TICKED, FieldType
from sscard_desk.forms.layout import Align, Block, Column, Total
from sscard_desk.paper.cells import LABEL, UNBROKEN, label
from sscard_desk.paper.fitting import ONE_LINE, Fitted
from sscard_desk.paper.pen import GROUND, INK3, MIDDLE, Place, Style
from sscard_desk.paper.sheet import Sheet

CELL: Final = Style(9)
CELL_SMALLEST: Final = 6.0
TOTALS: Final = Style(9, bold=True)
EMPTY: Final = Style(10, colour=INK3)
NOTE: Final = Style(8, colour=INK3)
PADDING: Final = 1.5
HEAD_MM: Final = 9.0
TICK_MM: Final = 3.2
_TALLEST: Final = 3.0
"""A row grows to at most this many times its least height before a text is refused."""
_FILLED_BY_HAND: Final = frozenset({FieldType.SIGNATURE, FieldType.PHOTO})
_NOT_BROKEN: Final = frozenset({FieldType.NAME, FieldType.ID_NUMBER, FieldType.MOBILE, FieldType.DATE})


@dataclass(frozen=True)
class LaidRow:
    """One row ready to be drawn: its height in mm and what stands in each column."""

    height: float
    cells: tuple[Fitted | None, ...]


def lay_out(sheet: Sheet, block: Block) -> tuple[LaidRow, ...]:
    """Return the rows of a table's list; what does not fit even in a tall row is said by its column."""
    return tuple(
        _laid(sheet, block, number, row) for number, row in enumerate(sheet.lists.get(block.list, ()), start=1)
    )


def _laid(sheet: Sheet, block: Block, number: int, row: Mapping[str, str]) -> LaidRow:
    height = block.row
    cells: list[Fitted | None] = []
    for column in block.columns:
        words = _words(sheet, column, number, row)
        if not words:
            cells.append(None)
            continue
        room = (column.width - 2 * PADDING) * mm
        one_line = UNBROKEN if column.field and _type(sheet, column) in _NOT_BROKEN else ONE_LINE
        fitted = sheet.fit(words, CELL, room, (block.row - 1) * mm, CELL_SMALLEST, one_line=one_line)
        if fitted is None:
            tallest = (_TALLEST * block.row - 1) * mm
            fitted = sheet.fit(words, Style(7.5), room, tallest, CELL_SMALLEST, one_line=one_line)
        if fitted is None:
            sheet.too_long.append(column.field)
            cells.append(None)
            continue
        height = max(height, fitted.height / mm + 1)
        cells.append(fitted)
    return LaidRow(height, tuple(cells))


def _type(sheet: Sheet, column: Column) -> FieldType:
    return sheet.definition.field(column.field).type


def _words(sheet: Sheet, column: Column, number: int, row: Mapping[str, str]) -> str:
    if not column.field:
        return str(number)
    if _type(sheet, column) in {*_FILLED_BY_HAND, FieldType.TICK}:
        return ""
    return sheet.words(column.field, row=row)


def has_totals(block: Block) -> bool:
    """Return whether a line of totals ends the table."""
    return any(column.total is not Total.NONE for column in block.columns)


def table(sheet: Sheet, block: Block, rows: Sequence[LaidRow], first: int, y: float, *, last: bool) -> None:
    """Draw a part of a table with its head.

    Args:
        sheet: the paper.
        block: the table.
        rows: all rows of this page.
        first: how many rows stand on the pages before.
        y: upper edge in mm.
        last: whether the table ends here.
    """
    pen, top = sheet.pen, y
    y = _head(sheet, block, y)
    listed = sheet.lists.get(block.list, ())
    bottom = y + sum(row.height for row in rows)
    for number, row in enumerate(rows):
        if number:
            pen.line(block.x, y, block.x + block.width, y)
        _row(sheet, block, row, listed[first + number], y)
        y += row.height
    _columns(sheet, block, top, bottom)
    if last and not listed:
        base = bottom + block.row / 2 + EMPTY.size * MIDDLE
        pen.text(block.x + block.width / 2, base, sheet.texts("papers.no_rows"), EMPTY, "center")
        bottom += block.row
    if last and has_totals(block):
        pen.line(block.x, bottom, block.x + block.width, bottom)
        _totals(sheet, block, bottom)
        bottom += block.row
    pen.frame(Place(block.x, top, block.width, bottom - top))
    if last and listed and bottom + block.row <= block.y + block.height:
        pen.text(block.x + block.width / 2, bottom + 5, sheet.texts("papers.nothing_below"), NOTE, "center")


def _head(sheet: Sheet, block: Block, y: float) -> float:
    sheet.pen.fill(Place(block.x, y, block.width, HEAD_MM), GROUND)
    x = block.x
    for column in block.columns:
        place = Place(x, y, column.width, HEAD_MM)
        if column.field:
            label(sheet, sheet.definition.field(column.field), place, "center", padding=PADDING / 2)
        else:
            words = sheet.texts("papers.number")
            sheet.pen.text(place.centre, place.middle + LABEL.size * MIDDLE, words, LABEL, "center")
        x += column.width
    sheet.pen.line(block.x, y + HEAD_MM, block.x + block.width, y + HEAD_MM, weight=0.7)
    return y + HEAD_MM


def _columns(sheet: Sheet, block: Block, top: float, bottom: float) -> None:
    x = block.x
    for column in block.columns[:-1]:
        x += column.width
        sheet.pen.line(x, top, x, bottom)


def _row(sheet: Sheet, block: Block, row: LaidRow, answers: Mapping[str, str], y: float) -> None:
    x = block.x
    for column, fitted in zip(block.columns, row.cells, strict=True):
        place = Place(x, y, column.width, row.height)
        if fitted is not None:
            align = Align.CENTER if not column.field else column.align
            sheet.pen.lines(place.inset(PADDING), fitted, CELL, align.value)
        elif column.field and _type(sheet, column) is FieldType.TICK:
            _tick(sheet, place, ticked=answers.get(column.field, "") == TICKED)
        x += column.width


def _tick(sheet: Sheet, place: Place, *, ticked: bool) -> None:
    x, y = place.centre - TICK_MM / 2, place.middle - TICK_MM / 2
    sheet.pen.tick_box(x, y, TICK_MM)
    if ticked:
        sheet.pen.tick(x, y, TICK_MM)


def _totals(sheet: Sheet, block: Block, y: float) -> None:
    base = y + block.row / 2 + TOTALS.size * MIDDLE
    sheet.pen.text(block.x + PADDING, base, sheet.texts("papers.total"), TOTALS)
    x = block.x
    for column in block.columns:
        if column.total is not Total.NONE:
            place = Place(x, y, column.width, block.row).inset(PADDING)
            at = {Align.LEFT: place.x, Align.CENTER: place.centre, Align.RIGHT: place.x + place.width}[column.align]
            sheet.pen.text(at, base, total_of(sheet.lists.get(block.list, ()), column), TOTALS, column.align.value)
        x += column.width


def total_of(rows: Sequence[Mapping[str, str]], column: Column) -> str:
    """Return what stands under a column: how many rows have an answer there (a tick: how many are ticked), or the sum.

    A sum leaves out what is no number.
    """
    answers = [row.get(column.field, "").strip() for row in rows]
    if column.total is Total.COUNT:
        return str(sum(map(bool, answers)) if column.field else len(rows))
    return f"{sum(map(_number, answers), Decimal(0)):f}"


def _number(answer: str) -> Decimal:
    try:
        return Decimal(answer or 0)
    except InvalidOperation:
        return Decimal(0)
