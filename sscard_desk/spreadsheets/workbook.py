"""Spreadsheets (.xlsx, Office Open XML): values only, merged cells filled, and what a hostile file tries is refused."""

import io
import math
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from sscard_desk.domain.errors.cases import ClassListTooLarge, ClassListUnreadable
from sscard_desk.ports.tables import RawTable, TableLimits, TableRow
from sscard_desk.spreadsheets.text_table import LONGEST_CELL, SCIENTIFIC

MOST_PARTS: Final = 500
MOST_COLUMNS: Final = 100
MOST_MERGED: Final = 2000
EXACT_DIGITS: Final = 15
"""A spreadsheet keeps so many digits of a number; the last three of an id number become zeros."""
_DOCTYPE: Final = (b"<!DOCTYPE", b"<!ENTITY")
_BROKEN: Final = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, TypeError, IndexError,
    AttributeError, OSError, OverflowError, AssertionError, NotImplementedError,
)  # fmt: skip
"""What openpyxl raises on damaged files: it has no error of its own for most of them."""


def read(data: bytes, limits: TableLimits) -> RawTable:
    """Read the sheets that are not hidden: the first one with anything on it, and with it the further ones.

    Raises:
        ClassListUnreadable: damaged, or not what a spreadsheet program writes.
        ClassListTooLarge: more rows, or unpacked bytes, than the limits.
    """
    _need_harmless(data, limits)
    try:
        with warnings.catch_warnings(action="ignore", category=UserWarning):  # what it leaves out is not ours
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        shown = [each for each in book.worksheets if each.sheet_state == "visible"]
        if not shown:
            raise ClassListUnreadable(reason="no_sheet")
        from_1904 = book.epoch == CALENDAR_MAC_1904
        tables = [RawTable("xlsx", tuple(_rows(sheet, limits)), from_1904, sheet.title) for sheet in shown]
        filled = [table for table in tables if table.rows] or tables[:1]
        return replace(filled[0], more=tuple(filled[1:]))
    except _BROKEN:
        raise ClassListUnreadable(reason="damaged") from None


def write(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a table as a spreadsheet in which every cell is text, so that none is run as a formula."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one sheet
    for at, row in enumerate((head, *rows), start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(at, column)
            cell.value = text
            cell.data_type = "s"
            cell.number_format = "@"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _need_harmless(data: bytes, limits: TableLimits) -> None:
    """Look at the packed parts before anything is unpacked whole: too many, too large, or with declared entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS:
                raise ClassListTooLarge(what="parts", most=MOST_PARTS)
            if sum(part.file_size for part in parts) > limits.bytes:
                raise ClassListTooLarge(what="bytes", most=limits.bytes)
            if not any(part.filename == "[Content_Types].xml" for part in parts):
                raise ClassListUnreadable(reason="not_a_table")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _need_plain_xml(packed, part)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError):
        raise ClassListUnreadable(reason="damaged") from None


def _need_plain_xml(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with packed.open(part) as source:
        text = source.read(part.file_size + 1)  # a part that is longer than it says ends here
    if len(text) != part.file_size or any(word in text for word in _DOCTYPE):
        raise ClassListUnreadable(reason="damaged")


def _rows(sheet: Any, limits: TableLimits) -> Iterator[TableRow]:
    filled = _merged(sheet)
    cells: dict[int, dict[int, Any]] = {}
    for (row, column), cell in sheet._cells.items():  # noqa: SLF001 - what is there; the area may be a million empty rows
        value = filled.get((row, column), cell.value)
        if value is not None and value != "" and column <= MOST_COLUMNS:
            cells.setdefault(row, {})[column] = value
    for (row, column), value in filled.items():
        if row in cells and column <= MOST_COLUMNS:
            cells[row].setdefault(column, value)
    if len(cells) > limits.rows:
        raise ClassListTooLarge(what="rows", most=limits.rows)
    for number in sorted(cells):
        made = _row(number, cells[number])
        if any(made.cells):
            yield made


def _merged(sheet: Any) -> dict[tuple[int, int], Any]:
    """Return what stands in the cells of merged areas: the value of their first cell. Very large areas are left out."""
    found: dict[tuple[int, int], Any] = {}
    for area in sheet.merged_cells.ranges:
        if area.size["rows"] * area.size["columns"] > MOST_MERGED:
            continue
        value = sheet.cell(area.min_row, area.min_col).value
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                found[row, column] = value
    return found


def _row(number: int, cells: dict[int, Any]) -> TableRow:
    texts, lost = [], set()
    for column in range(1, max(cells) + 1):
        text, whole = _text(cells.get(column))
        texts.append(text)
        if not whole:
            lost.add(column - 1)
    return TableRow(number, tuple(texts), frozenset(lost))


def _text(value: Any) -> tuple[str, bool]:
    """Return a value as text, and whether it is all of it."""
    match value:
        case bool():
            return ("1" if value else "0"), True
        case int() | float():
            return _number(value)
        case datetime():
            return value.date().isoformat(), True
        case date() | time():
            return value.isoformat(), True
        case _:
            text = str("" if value is None else value)[: LONGEST_CELL + 1].strip().removeprefix("'").strip()
            return text, not SCIENTIFIC.fullmatch(text) and not text.startswith("#")


def _number(value: float) -> tuple[str, bool]:
    if not math.isfinite(value) or not float(value).is_integer():
        return repr(value), False
    text = str(int(value))
    return text, len(text.lstrip("-")) <= EXACT_DIGITS
