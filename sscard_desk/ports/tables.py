"""Tables that somebody else made: the rows of a spreadsheet or of a text file, as text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class TableRow:
    """One row.

    Attributes:
        number: as the spreadsheet program counts it, from 1.
        cells: the values as text, from column A; a number without decimals has none, a date is `2014-03-07`.
        lost: columns (from 0) whose number lost digits in the file (more than 15, or `1.10101E+17`), or whose formula
            has no value: what stands there is not what was meant.
    """

    number: int
    cells: tuple[str, ...] = field(repr=False)
    lost: frozenset[int] = frozenset()

    def cell(self, column: int) -> str:
        """Return one value, empty where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True)
class RawTable:
    """One sheet of a file.

    Attributes:
        kind: `xlsx`, or the encoding of a text file, for example `gb18030`.
        rows: rows with anything in them.
        from_1904: whether day numbers count from 1904 (spreadsheets of old Macintosh computers).
        sheet: the sheet's title, empty for a text file.
        more: the file's further sheets that hold anything.
    """

    kind: str
    rows: tuple[TableRow, ...]
    from_1904: bool = False
    sheet: str = ""
    more: "tuple[RawTable, ...]" = ()


@dataclass(frozen=True)
class TableLimits:
    """How much of a file is read.

    Attributes:
        rows: most rows.
        bytes: most bytes, packed and unpacked.
    """

    rows: int
    bytes: int


class Tables(Protocol):
    """Whoever reads and writes them."""

    def read(self, path: Path, limits: TableLimits) -> RawTable:
        """Read a file.

        Raises:
            ClassListUnreadable: no spreadsheet or text table, or a damaged one.
            ClassListTooLarge: more than the limits; it was not read into memory.
        """

    def write(self, path: Path, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Write a file of the kind that its name ends with; no cell becomes a formula when it is opened."""


def column_name(column: int) -> str:
    """Return what a spreadsheet program calls a column: A for 0, AA for 26."""
    name, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
