"""What the centre's own side is given from rooms that it does not import: reading tables, trying forms on paper.

Functions of a module, so that the processes of several workers find them by name.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sscard_desk.central.admin.tools import Tools
    from sscard_desk.central.lists.check import Line

MOST_ROWS: Final = 3_000_000
MOST_BYTES: Final = 1_000_000_000


def read_table(path: Path) -> "Iterator[Line]":
    """Yield the rows of a table.

    Raises:
        ClassListUnreadable, ClassListTooLarge: it is no table, or too large a one.
    """
    from sscard_desk.central.lists.check import Line
    from sscard_desk.ports.tables import TableLimits
    from sscard_desk.spreadsheets.stream import stream_rows

    for row in stream_rows(path, TableLimits(rows=MOST_ROWS, bytes=MOST_BYTES)):
        yield Line(row.number, row.cells, row.lost)


def admin_tools() -> "Tools":
    """Return what the administration's pages need besides the centre."""
    from sscard_desk.central.admin.tools import Tools
    from sscard_desk.paper.proof import unprintable

    return Tools(read_table, unprintable)
