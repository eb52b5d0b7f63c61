"""Draws a list as a table: its head on every page, rows that are never split, totals at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from reportlab.lib.units import mm

from sscard_desk.forms.definition import CODED, TICKED, FieldType
from sscard_desk.forms.layout import Align, Block, Column, Total
from sscard_desk.paper.cells import LABEL, UNBROKEN, label
from sscard_desk.paper.fitting import ONE_LINE, Fitted
from sscard_desk.paper.pen import GROUND, INK3, MIDDLE, Place, Style
from sscard_desk.paper.sheet import Sheet

CELL: Final = Style(9)
CELL_SMALLEST: Final = 6.0
TALL: Final = Style(7.5)
"""The type of a text for which its row grows."""
TOTALS: Final = Style(9, bold=True)
EMPTY: Final = Style(10, colour=INK3)
NOTE: Final = Style(8, colour=INK3)
PADDING: Final = 1.5
HEAD_MM: Final = 9.0
TICK_MM: Final = 3.2
_TALLEST: Final = 3.0
"""A row grows to at most this many times its least height before a text is refused."""
_WITHOUT_WORDS: Final = frozenset({FieldType.SIGNATURE, FieldType.PHOTO, FieldType.TICK})
_NOT_PLAIN: Final = _WITHOUT_WORDS | CODED | {FieldType.DATE_OR_LONG}
_NOT_BROKEN: Final = frozenset({FieldType.NAME, FieldType.ID_NUMBER, FieldType.MOBILE, FieldType.DATE})


@dataclass(frozen=True)
class LaidRow:
    """One row ready to be drawn: its height in mm and what stands in each column."""

    height: float
    cells: tuple[Fitted | None, ...]


@dataclass(frozen=True)
class _Lane:
    """What all cells of a column share, worked out once for a table.

    Attributes:
        field: whose answer, empty for the running number.
        type: of the field; None for the running number.
        plain: whether the answer is shown as it stands.
        x: of the words in mm, as `align` says.
        align: where they stand.
        room: their width in points.
        one_line: part of the size down to which they are made smaller before they are broken.
        place: left edge and width in mm.
    """

    field: str
    type: FieldType | None
    plain: bool
    x: float
    align: str
    room: float
    one_line: float
    place: tuple[float, float]


def _lanes(sheet: Sheet, block: Block) -> tuple[_Lane, ...]:
    made, x = [], block.x
    for column in block.columns:
        field = sheet.definition.field(column.field) if column.field else None
        align = column.align if field else Align.CENTER
        inner = Place(x, 0, column.width, 0).inset(PADDING)
        at = {Align.LEFT: inner.x, Align.CENTER: inner.centre, Align.RIGHT: inner.x + inner.width}[align]
        made.append(
            _Lane(
                field=column.field,
                type=field.type if field else None,
                plain=field is not None and field.type not in _NOT_PLAIN and not field.words_field,
                x=at,
                align=align.value,
                room=inner.width * mm,
                one_line=UNBROKEN if field and field.type in _NOT_BROKEN else ONE_LINE,
                place=(x, column.width),
            )
        )
        x += column.width
    return tuple(made)


def lay_out(sheet: Sheet, block: Block) -> tuple[LaidRow, ...]:
    """Return the rows of a table's list; what does not fit even in a tall row is said by its column."""
    lanes = _lanes(sheet, block)
    rows = sheet.lists.get(block.list, ())
    return tuple(_laid(sheet, block, lanes, number, row) for number, row in enumerate(rows, start=1))


def _laid(sheet: Sheet, block: Block, lanes: tuple[_Lane, ...], number: int, row: Mapping[str, str]) -> LaidRow:
    height, face = block.row, CELL.face
    cells: list[Fitted | None] = []
    for lane in lanes:
        words = row.get(lane.field, "").strip() if lane.plain else _words(sheet, lane, number, row)
        if not words:
            cells.append(None)
        elif face.width(words, CELL.size) <= lane.room and "\n" not in words:
            cells.append(Fitted((words,), CELL.size))
        else:
            fitted = _fitted(sheet, block, lane, words)
            if fitted is None:
                sheet.too_long.append(lane.field)
            else:
                height = max(height, fitted.height / mm + 1)
            cells.append(fitted)
    return LaidRow(height, tuple(cells))


def _fitted(sheet: Sheet, block: Block, lane: _Lane, words: str) -> Fitted | None:
    """Return a longer text in smaller type or in lines, in a row as it is or in a taller one."""
    usual, tallest = (block.row - 1) * mm, (_TALLEST * block.row - 1) * mm
    return sheet.fit(words, CELL, lane.room, usual, CELL_SMALLEST, one_line=lane.one_line) or sheet.fit(
        words, TALL, lane.room, tallest, CELL_SMALLEST, one_line=lane.one_line
    )


def _words(sheet: Sheet, lane: _Lane, number: int, row: Mapping[str, str]) -> str:
    if not lane.field:
        return str(number)
    if lane.type in _WITHOUT_WORDS:
        return ""
    return sheet.words(lane.field, row=row)


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
    lanes = _lanes(sheet, block)
    for number, row in enumerate(rows):
        if number:
            pen.line(block.x, y, block.x + block.width, y)
        _row(sheet, lanes, row, listed[first + number], y)
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


def _row(sheet: Sheet, lanes: tuple[_Lane, ...], row: LaidRow, answers: Mapping[str, str], y: float) -> None:
    pen = sheet.pen
    base = y + row.height / 2 + CELL.size * MIDDLE
    for lane, fitted in zip(lanes, row.cells, strict=True):
        if fitted is None:
            if lane.type is FieldType.TICK:
                x, width = lane.place
                _tick(sheet, Place(x, y, width, row.height), ticked=answers.get(lane.field, "") == TICKED)
        elif fitted.size == CELL.size and len(fitted.lines) == 1:
            pen.text(lane.x, base, fitted.lines[0], CELL, lane.align)
        else:
            x, width = lane.place
            pen.lines(Place(x, y, width, row.height).inset(PADDING), fitted, CELL, lane.align)


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
