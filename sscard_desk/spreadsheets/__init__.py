"""Reads and writes tables that others bring or take along: .xlsx through openpyxl, .csv in UTF-8, UTF-16 and GB 18030.

openpyxl costs a tenth of a second to import, so it is imported at the first spreadsheet.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from sscard_desk.domain.errors.cases import ClassListTooLarge, ClassListUnreadable
from sscard_desk.ports.tables import RawTable, TableLimits
from sscard_desk.spreadsheets import text_table

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"


class SpreadsheetTables:
    """Fits `ports.tables.Tables`.

    Args:
        gently: what the library is loaded in, so that a window beside it goes on.
    """

    def __init__(self, gently: Callable[[], AbstractContextManager[None]] = nullcontext) -> None:
        self._gently = gently

    def read(self, path: Path, limits: TableLimits) -> RawTable:
        """Read the sheets of a file; what it is, its first bytes say, not its name.

        Raises:
            ClassListUnreadable: no spreadsheet or text table, or a damaged one.
            ClassListTooLarge: more than the limits.
        """
        try:
            if path.stat().st_size > limits.bytes:
                raise ClassListTooLarge(what="bytes", most=limits.bytes)
            data = path.read_bytes()
        except OSError:
            raise ClassListUnreadable(reason="no_file") from None
        if data.startswith(_OLE):
            raise ClassListUnreadable(reason="old_or_locked")
        if data.startswith(_ZIP):
            with self._gently():
                from sscard_desk.spreadsheets import workbook  # noqa: PLC0415 - openpyxl is paid for at the first one
            return workbook.read(data, limits)
        return text_table.read(data, limits)

    def write(self, path: Path, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Write a table as .xlsx where the name ends so, otherwise as .csv in UTF-8; only its owner may read it.

        Raises:
            OSError: the file cannot be made.
        """
        path.touch(mode=0o600)
        if path.suffix.lower() == ".xlsx":
            with self._gently():
                from sscard_desk.spreadsheets import workbook  # noqa: PLC0415 - as above
            path.write_bytes(workbook.write(head, rows))
        else:
            path.write_bytes(text_table.write(head, rows))


__all__ = ["SpreadsheetTables"]
