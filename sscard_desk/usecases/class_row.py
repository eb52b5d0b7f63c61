"""One row of a class list as answers of the form: values put right by their type, checked by the form's own rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.numbers.citizen_id import parse_id_number
from sscard_desk.forms.checks import check_field
from sscard_desk.forms.codes import CodeTable
from sscard_desk.forms.conditions import is_visible
from sscard_desk.forms.definition import FieldDefinition, FieldType, FormDefinition
from sscard_desk.forms.findings import Finding, Verdict
from sscard_desk.forms.tidy import tidy
from sscard_desk.ports.tables import TableRow, column_name

_DATES: Final = frozenset({FieldType.DATE, FieldType.DATE_OR_LONG})
_DAY_ONE: Final = date(1899, 12, 30)
"""Day 0 of spreadsheets, shifted by the leap day of 1900 that they believe in."""
_FROM_1904: Final = 1462
_SERIAL_DIGITS: Final = 5


class RowState(StrEnum):
    """What becomes of a row."""

    READY = "ready"
    WRONG = "wrong"
    OPEN = "open"
    """The person has an application in work: nothing is opened a second time."""


@dataclass(frozen=True)
class RowProblem:
    """What is wrong with one cell.

    Attributes:
        column: as a spreadsheet program calls it; empty where the list has no such column.
        finding: the form's finding.
    """

    column: str
    finding: Finding


@dataclass(frozen=True)
class ClassRow:
    """One row of a class list.

    Attributes:
        row: as it stands in the file.
        answers: the form's answers.
        problems: what is wrong; a warning alone does not reject the row.
        in_work: the number of the application that the person has in work.
    """

    row: TableRow
    answers: Mapping[str, str] = field(repr=False)
    problems: tuple[RowProblem, ...] = ()
    in_work: str = ""

    @property
    def number(self) -> int:
        """The row's number in the file, from 1."""
        return self.row.number

    @property
    def state(self) -> RowState:
        """What becomes of it."""
        if any(problem.finding.verdict.blocks for problem in self.problems):
            return RowState.WRONG
        return RowState.OPEN if self.in_work else RowState.READY


def read_row(
    row: TableRow,
    columns: Mapping[int, str],
    definition: FormDefinition,
    defaults: Mapping[str, str],
    today: date,
    *,
    from_1904: bool = False,
) -> ClassRow:
    """Take one row: every cell put right by its field's type, then checked as on the form.

    Args:
        row: as it stands in the file.
        columns: column (from 0) to the form's field.
        definition: the registration form.
        defaults: answers where the list says nothing.
        today: the day of the application.
        from_1904: whether day numbers count from 1904.
    """
    given = {
        name: _value(definition.field(name), row.cell(at), from_1904=from_1904)
        for at, name in columns.items()
        if definition.has(name)
    }
    kept = {name: value for name, value in given.items() if value}
    answers = dict(defaults) | kept | {"applied_on": today.isoformat()}
    answers = _of_number(answers, today) | answers
    problems = [
        RowProblem(column_name(at), finding)
        for at, name in columns.items()
        if definition.has(name) and (finding := _finding(row, at, name, definition, answers))
    ]
    shown = {name: value for name, value in answers.items() if is_visible(definition.field(name), answers)}
    return ClassRow(row, shown, tuple(problems))


def _finding(
    row: TableRow, at: int, name: str, definition: FormDefinition, answers: Mapping[str, str]
) -> Finding | None:
    if at in row.lost:
        return Finding(name, Verdict.WRONG, "class_list.lost")
    return check_field(definition, name, None, answers)


def _of_number(answers: Mapping[str, str], today: date) -> dict[str, str]:
    """Return what the id number says of its holder; nothing where it is none, which has its own finding."""
    try:
        number = parse_id_number(answers.get("id_number", ""), today)
    except DeskError:
        return {}
    birth = number.birth.isoformat() if number.birth else ""
    told = {"document_kind": number.kind.value, "birth": birth, "sex": number.sex}
    return {name: value for name, value in told.items() if value}


def _value(definition: FieldDefinition, cell: str, *, from_1904: bool) -> str:
    if definition.type in _DATES and len(cell) == _SERIAL_DIGITS and cell.isdecimal():
        return (_DAY_ONE + timedelta(days=int(cell) + (_FROM_1904 if from_1904 else 0))).isoformat()
    text = tidy(definition, cell)
    return _code(definition.codes, text) if definition.type is FieldType.CODE and text else text


def _code(codes: CodeTable, text: str) -> str:
    """Return the code that a word means (男, 汉族, Han), or the text itself: the check says what is wrong with it."""
    words = {text.casefold(), text.removesuffix("族").casefold()}
    for row in codes.rows:
        if text == row.code or {row.words.zh.casefold(), row.words.en.casefold()} & words:
            return row.code
        if row.code.isdecimal() and text.isdecimal() and int(text) == int(row.code):
            return row.code  # a spreadsheet drops leading zeros
    return text
