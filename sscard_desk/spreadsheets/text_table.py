"""Tables as text: comma, semicolon or tab between the values; UTF-8, UTF-16, or GB 18030 as Chinese programs write."""

import csv
import io
import re
from collections.abc import Sequence
from typing import Final

from sscard_desk.domain.errors.cases import ClassListTooLarge, ClassListUnreadable
from sscard_desk.ports.tables import RawTable, TableLimits, TableRow

_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS: Final = (",", "\t", ";")
_FORMULA_HEADS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins so is run as a formula when a spreadsheet program opens the file (CSV injection)."""
SCIENTIFIC: Final = re.compile(r"[+-]?\d+(?:\.\d+)?[Ee][+-]?\d{1,3}", re.ASCII)
"""How a spreadsheet program writes a number that it shortened: the last digits are gone."""
LONGEST_CELL: Final = 4000


def read(data: bytes, limits: TableLimits) -> RawTable:
    """Read a text table.

    Raises:
        ClassListUnreadable: it is no text, or its quotation marks do not close.
        ClassListTooLarge: more rows than the limits.
    """
    text, encoding = _decoded(data)
    if "\x00" in text:
        raise ClassListUnreadable(reason="not_a_table")
    rows: list[TableRow] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if any(len(cell) > LONGEST_CELL for cell in cells):
                raise ClassListUnreadable(reason="not_a_table")
            if any(cell.strip() for cell in cells):
                rows.append(_row(number, cells))
            if len(rows) > limits.rows:
                raise ClassListTooLarge(what="rows", most=limits.rows)
    except csv.Error:
        raise ClassListUnreadable(reason="not_a_table") from None
    return RawTable(encoding, tuple(rows))


def write(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a table as CSV in UTF-8 with its mark, as spreadsheet programs expect it; no cell is run as a formula."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, quoting=csv.QUOTE_ALL)
    writer.writerow([harmless(cell) for cell in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Return a text that a spreadsheet program shows and does not run: an apostrophe goes before a formula's head."""
    return f"'{cell}" if cell.startswith(_FORMULA_HEADS) else cell


def _decoded(data: bytes) -> tuple[str, str]:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise ClassListUnreadable(reason="encoding")


def _separator(text: str) -> str:
    head = "\n".join(text.splitlines()[:20])
    return max(_SEPARATORS, key=head.count)


def _row(number: int, cells: list[str]) -> TableRow:
    kept = tuple(_cell(cell) for cell in cells)
    return TableRow(number, kept, frozenset(at for at, cell in enumerate(kept) if SCIENTIFIC.fullmatch(cell)))


def _cell(cell: str) -> str:
    """Return a value; `="0123"` and `'0123`, by which people keep leading zeros, are what they mean."""
    text = cell.strip()
    if text.startswith('="') and text.endswith('"'):
        return text[2:-1].strip()
    return text[1:].strip() if text.startswith("'") else text
