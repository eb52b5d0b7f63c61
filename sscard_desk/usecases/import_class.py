"""Class lists for student cards: check every row by the rules of the form, and open an application for each good one.

Each row is opened in a transaction of its own, and who has an application in work is passed over: a list that was cut
off, or is imported a second time, opens nobody twice.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from sscard_desk.domain.application import Application
from sscard_desk.domain.comparison import SAME_DOTS
from sscard_desk.domain.errors.cases import ClassListEmpty, ClassListHeadMissing
from sscard_desk.domain.errors.operator import AlreadyOpen
from sscard_desk.domain.ids import Role
from sscard_desk.forms.class_columns import ClassListRules, Head, find_head
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.findings import Finding, Texts, Verdict
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Persons, Store
from sscard_desk.ports.tables import RawTable, column_name
from sscard_desk.usecases.class_row import ClassRow, RowProblem, RowState, read_row
from sscard_desk.usecases.identify import identify_document
from sscard_desk.usecases.open_application import open_in
from sscard_desk.usecases.recording import need_role

Row = TypeVar("Row")
ORIGIN = "class"
SOURCE = "class_list"


@dataclass(frozen=True)
class ClassCheck:
    """A class list that was looked at; nothing of it is opened yet.

    Attributes:
        kind: `xlsx`, or the encoding of a text file.
        head: titles of all columns, as they stand in the file.
        head_row: the number of the row with the columns' names.
        columns: column (from 0) to the form's field.
        rows: every row below the head.
        sheet: title of the sheet that was read, empty for a text file.
        other_sheets: titles of further sheets that are class lists too and were not read.
    """

    kind: str
    head: tuple[str, ...]
    head_row: int
    columns: Mapping[int, str]
    rows: tuple[ClassRow, ...]
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()

    def of(self, state: RowState) -> tuple[ClassRow, ...]:
        """Return the rows of one state."""
        return tuple(row for row in self.rows if row.state is state)


@dataclass(frozen=True)
class Imported:
    """What an import did.

    Attributes:
        opened: application number by row number.
        passed_over: rows whose person has an application in work.
    """

    opened: Mapping[int, str]
    passed_over: tuple[int, ...]


def check_class(
    table: RawTable,
    rules: ClassListRules,
    definition: FormDefinition,
    today: date,
    *,
    sheet: str = "",
    before_each: Callable[[], None] = lambda: None,
) -> ClassCheck:
    """Look at a class list without a database: columns, values, and who stands there twice.

    Args:
        table: the file; of several sheets the first is read that names the columns.
        rules: what columns are called.
        definition: the registration form, whose rules hold.
        today: the day of the applications.
        sheet: title of the sheet to be read instead.
        before_each: called before each row; what it raises ends the check.

    Raises:
        ClassListHeadMissing: no row names the columns that are needed, or there is no such sheet.
        ClassListEmpty: nobody stands below the head.
    """
    table, others = _sheet(table, rules, sheet)
    head = _head(table, rules)
    below = table.rows[head.index + 1 :]
    if not below:
        raise ClassListEmpty
    rows = [
        read_row(row, head.columns, definition, rules.defaults, today, from_1904=table.from_1904)
        for row in _each(below, before_each)
    ]
    titles = table.rows[head.index]
    found = tuple(_with_duplicates(rows, head))
    return ClassCheck(table.kind, titles.cells, titles.number, head.columns, found, table.sheet, others)


def compare_with_desk(
    check: ClassCheck, store: Store, persons: Persons, *, before_each: Callable[[], None] = lambda: None
) -> ClassCheck:
    """Hold a checked list against the register and the applications in work.

    Args:
        check: the list.
        store: the desk's database.
        persons: the cached register.
        before_each: called before each row; what it raises ends the comparison.
    """
    columns = {name: column_name(at) for at, name in check.columns.items()}
    rows = tuple(_known_here(row, columns, store, persons) for row in _each(check.rows, before_each))
    return replace(check, rows=rows)


def import_class(
    store: Store,
    session: Session,
    persons: Persons,
    check: ClassCheck,
    *,
    today: date,
    cancel: Cancel | None = None,
    watch: Callable[[int, int], None] = lambda _done, _all: None,
) -> Imported:
    """Open an application for every good row.

    Args:
        store: the desk's database.
        session: who is signed in.
        persons: the cached register.
        check: the list, held against this desk.
        today: the day of the applications.
        cancel: looked at between rows; what was opened stays, and the same list can be imported again.
        watch: told how many of how many rows are done.

    Raises:
        RoleMissing: neither a clerk nor a supervisor.
        Cancelled: somebody asked to stop.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    ready, opened = check.of(RowState.READY), dict[int, str]()
    passed = [row.number for row in check.of(RowState.OPEN)]
    for done, row in enumerate(ready):
        watch(done, len(ready))
        if cancel is not None:
            cancel.check()
        try:
            opened[row.number] = _open(store, session, persons, row, today).number
        except AlreadyOpen:
            passed.append(row.number)  # opened at another window since the list was looked at
    watch(len(ready), len(ready))
    return Imported(opened, tuple(sorted(passed)))


def rejected_table(check: ClassCheck, texts: Texts) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return head and rows of a file with the rejected rows as they were, and before them their number and the reason.

    Args:
        check: the list.
        texts: the language of the reasons.
    """
    width = max(len(check.head), *(len(row.row.cells) for row in check.rows))
    head = (texts("class_list.row"), texts("class_list.why"), *_padded(check.head, width))
    rows = tuple(
        (str(row.number), _reasons(row, check, texts), *_padded(row.row.cells, width))
        for row in check.of(RowState.WRONG)
    )
    return head, rows


def reason(problem: RowProblem, check: ClassCheck, texts: Texts) -> str:
    """Return what is wrong with a cell, with the column's title before it."""
    titles = {column_name(at): check.head[at] for at in check.columns if at < len(check.head)}
    return f"{titles.get(problem.column, problem.column)}: {problem.finding.message(texts)}"


def _each(rows: Sequence[Row], before_each: Callable[[], None]) -> Iterator[Row]:
    for row in rows:
        before_each()
        yield row


def _reasons(row: ClassRow, check: ClassCheck, texts: Texts) -> str:
    return " ".join(reason(problem, check, texts) for problem in row.problems)


def _padded(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return (*cells, *("" for _ in range(width - len(cells))))


def _sheet(table: RawTable, rules: ClassListRules, wanted: str) -> tuple[RawTable, tuple[str, ...]]:
    """Return the sheet to be read, and the titles of the others that are class lists too."""
    sheets = [each for each in (table, *table.more) if not wanted or each.sheet == wanted]
    lists = [each for each in (table, *table.more) if _is_list(each, rules)]
    chosen = next((each for each in sheets if each in lists), sheets[0] if sheets else RawTable(table.kind, ()))
    return chosen, tuple(each.sheet for each in lists if each is not chosen)


def _is_list(table: RawTable, rules: ClassListRules) -> bool:
    head = find_head([row.cells for row in table.rows], rules)
    return head is not None and not head.missing and len(table.rows) > head.index + 1


def _head(table: RawTable, rules: ClassListRules) -> Head:
    head = find_head([row.cells for row in table.rows], rules)
    needed = tuple(column for column in rules.columns if column.required)
    missing = head.missing if head is not None else needed
    if head is None or missing:
        raise ClassListHeadMissing(columns=tuple(column.names[0] for column in missing))
    return head


def _with_duplicates(rows: Sequence[ClassRow], head: Head) -> list[ClassRow]:
    column = next((column_name(at) for at, name in head.columns.items() if name == "id_number"), "")
    seen: dict[str, int] = {}
    found = []
    for row in rows:
        number = row.answers.get("id_number", "")
        first = seen.setdefault(number, row.number) if number else row.number
        if first != row.number:
            again = Finding("id_number", Verdict.WRONG, "class_list.duplicate", {"row": first})
            found.append(replace(row, problems=(*row.problems, RowProblem(column, again))))
        else:
            found.append(row)
    return found


def _known_here(row: ClassRow, columns: Mapping[str, str], store: Store, persons: Persons) -> ClassRow:
    if row.state is RowState.WRONG:
        return row
    number = row.answers["id_number"]
    person = persons.by_number(number)
    if person is not None and _plain_name(person.name) != _plain_name(row.answers["name"]):
        differs = Finding("name", Verdict.WRONG, "class_list.name_differs")
        return replace(row, problems=(*row.problems, RowProblem(columns.get("name", ""), differs)))
    other = store.open_for(number)
    return replace(row, in_work=other.number if other is not None else "")


def _plain_name(name: str) -> str:
    return "".join(name.translate(SAME_DOTS).split())


def _open(store: Store, session: Session, persons: Persons, row: ClassRow, today: date) -> Application:
    identity = identify_document(row.answers["id_number"], row.answers, persons, store, SOURCE)
    with store.work(session.account) as work:
        return open_in(work, identity, today=today, origin=ORIGIN)
