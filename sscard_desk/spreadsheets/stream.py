"""Long tables row by row: a text table is never in memory as a whole, a spreadsheet is read as ever."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sscard_desk.domain.errors.cases import ClassListTooLarge, ClassListUnreadable
from sscard_desk.ports.tables import TableLimits, TableRow
from sscard_desk.spreadsheets import SpreadsheetTables
from sscard_desk.spreadsheets.text_table import LONGEST_CELL, SCIENTIFIC

_PACKED: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_PIECE: Final = 1 << 20
SPREADSHEET: Final = TableLimits(rows=200_000, bytes=50_000_000)


def stream_rows(path: Path, limits: TableLimits) -> Iterator[TableRow]:
    """Yield the rows of a table.

    Args:
        path: .csv in UTF-8, UTF-16 or GB 18030, or .xlsx; what it is, its first bytes say.
        limits: of a text table; a spreadsheet has those of `SPREADSHEET`, since all of it is read at once.

    Raises:
        ClassListUnreadable: no table, or a damaged one.
        ClassListTooLarge: more than the limits.
    """
    with path.open("rb") as source:
        head = source.read(4)
    if head.startswith(_PACKED):
        yield from SpreadsheetTables().read(path, SPREADSHEET).rows
        return
    if path.stat().st_size > limits.bytes:
        raise ClassListTooLarge(what="bytes", most=limits.bytes)
    encoding = _encoding(path, head)
    count = 0
    try:
        with path.open(encoding=encoding, newline="") as text:
            separator = max(",\t;", key=text.readline().count)
            text.seek(0)
            for number, cells in enumerate(csv.reader(text, delimiter=separator, strict=True), start=1):
                if any(len(cell) > LONGEST_CELL or "\x00" in cell for cell in cells):
                    raise ClassListUnreadable(reason="not_a_table")
                if not any(cell.strip() for cell in cells):
                    continue
                count += 1
                if count > limits.rows:
                    raise ClassListTooLarge(what="rows", most=limits.rows)
                lost = frozenset(at for at, cell in enumerate(cells) if SCIENTIFIC.fullmatch(cell))
                yield TableRow(number, tuple(cells), lost)
    except (csv.Error, UnicodeDecodeError):
        raise ClassListUnreadable(reason="not_a_table") from None


def _encoding(path: Path, head: bytes) -> str:
    """Return the encoding in which all of a file can be read."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    with path.open("rb") as source:
        if b"\x00" in source.read(_PIECE):
            raise ClassListUnreadable(reason="not_a_table")
    for encoding in ("utf-8", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as source:
                while piece := source.read(_PIECE):
                    decoder.decode(piece)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise ClassListUnreadable(reason="encoding")
