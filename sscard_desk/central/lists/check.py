"""Holding a list against its columns before anything of it is taken."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sscard_desk.central.lists.cells import CHECKS, CellWrong
from sscard_desk.central.lists.kinds import Column, ListKind

MOST_PROBLEMS: Final = 200
"""So many are named; the rest are counted."""
TELL_EVERY: Final = 1_000


@dataclass(frozen=True)
class Line:
    """A row of a table as it was read.

    Attributes:
        number: as a spreadsheet program counts it, from 1.
        cells: as text, from the first column.
        lost: columns, from 0, whose number lost digits in the file.
    """

    number: int
    cells: tuple[str, ...] = field(repr=False)
    lost: frozenset[int] = frozenset()


ReadTable = Callable[[Path], Iterable[Line]]
"""Reads a table; raises `ClassListUnreadable` or `ClassListTooLarge`."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row; nothing of what stands there.

    Attributes:
        line: its number, 1 for the titles.
        column: the column's name; empty where it is the whole row.
        reason: a word of `admin.toml` under `wrong`.
    """

    line: int
    column: str
    reason: str


@dataclass
class Checked:
    """A list that was looked through.

    Attributes:
        rows: the rows that hold, by the names of the columns; empty cells are left out.
        numbers: their lines.
        problems: the first of what is wrong.
        wrong: how much is wrong in all.
        read: how many rows there were, without the titles.
    """

    rows: list[dict[str, str]] = field(default_factory=list, repr=False)
    numbers: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    wrong: int = 0
    read: int = 0

    def tell(self, line: int, column: str, reason: str) -> None:
        """Add something that is wrong."""
        self.wrong += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(line, column, reason))


def check(kind: ListKind, lines: Iterable[Line], told: Callable[[int], None] = lambda _read: None) -> Checked:
    """Look through a list.

    Args:
        kind: what it has to be.
        lines: its rows; the first has the titles.
        told: is given how many rows were looked at, now and then; what it raises ends the look.
    """
    found, seen = Checked(), set[str]()
    at: dict[int, Column] = {}
    for line in lines:
        if not at:
            at = _titles(kind, line, found)
            if found.wrong:
                break
            continue
        found.read += 1
        if found.read % TELL_EVERY == 0:
            told(found.read)
        row = _row(at, line, found)
        key = row.get(kind.id, "")
        if key and key in seen:
            found.tell(line.number, kind.id, "twice")
        seen.add(key)
        if not found.wrong:
            found.rows.append(row)
            found.numbers.append(line.number)
    if not at and not found.wrong:
        found.tell(1, "", "empty")
    told(found.read)
    return found


def _titles(kind: ListKind, line: Line, found: Checked) -> dict[int, Column]:
    known = {title: column for column in kind.columns for title in (column.name, *column.titles)}
    at: dict[int, Column] = {}
    for number, title in enumerate(cell.strip().lstrip("\ufeff") for cell in line.cells):
        column = known.get(title)
        if column is None:
            if title:
                found.tell(line.number, f"{number + 1}", "column-unknown")
        elif column in at.values():
            found.tell(line.number, column.name, "column-twice")
        else:
            at[number] = column
    for column in kind.columns:
        if column.needed and column not in at.values():
            found.tell(line.number, column.name, "column-missing")
    return at


def _row(at: dict[int, Column], line: Line, found: Checked) -> dict[str, str]:
    row: dict[str, str] = {}
    for number, column in at.items():
        said = line.cells[number].strip() if number < len(line.cells) else ""
        if not said:
            if column.needed:
                found.tell(line.number, column.name, "missing")
            continue
        if number in line.lost:
            found.tell(line.number, column.name, "digits-lost")
            continue
        try:
            row[column.name] = CHECKS[column.check](said)
        except CellWrong as wrong:
            found.tell(line.number, column.name, wrong.reason)
    return row
