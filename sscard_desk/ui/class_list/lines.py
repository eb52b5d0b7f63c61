"""The rows of a class list as they are shown; each is made when it is looked at, so that thousands cost nothing."""

from collections.abc import Mapping, Sequence
from typing import overload

from sscard_desk.domain.numbers.shown import masked
from sscard_desk.ports.tables import column_name
from sscard_desk.ui.class_list.state import RowLine, Show
from sscard_desk.ui.serving.finding_words import say_finding
from sscard_desk.ui.states import Mark
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases.class_row import ClassRow, RowProblem, RowState
from sscard_desk.usecases.import_class import ClassCheck

_NAME, _NUMBER = "name", "id_number"


class Lines(Sequence[RowLine]):
    """The rows of a list that are shown now.

    Args:
        check: the list.
        opened: application number by row number, of those that this import opened.
        show: which of the rows.
    """

    def __init__(self, check: ClassCheck, opened: Mapping[int, str], show: Show) -> None:
        self._check, self._opened = check, opened
        self._rows = [row for row in check.rows if _listed(row, opened, show)]
        self._titles = {column_name(at): check.head[at] for at in check.columns if at < len(check.head)}
        self._columns = {name: at for at, name in check.columns.items()}

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> RowLine: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[RowLine]: ...
    def __getitem__(self, at: int | slice) -> RowLine | Sequence[RowLine]:
        if isinstance(at, slice):
            return [self._line(row) for row in self._rows[at]]
        return self._line(self._rows[at])

    def next_wrong(self, after: int) -> int | None:
        """Return the next row with something wrong after this one, beginning again at the top; None without any."""
        order = [*range(after + 1, len(self._rows)), *range(min(after + 1, len(self._rows)))]
        return next((at for at in order if self._rows[at].state is RowState.WRONG), None)

    def _line(self, row: ClassRow) -> RowLine:
        problems = tuple(self._problem(problem) for problem in row.problems)
        mark, words = self._word(row, problems)
        return RowLine(
            number=row.number,
            name=row.answers.get(_NAME, "") or self._cell(row, _NAME),
            id_number=masked(row.answers.get(_NUMBER, "") or self._cell(row, _NUMBER)),
            mark=mark,
            words=words,
            all_words=problems,
        )

    def _word(self, row: ClassRow, problems: tuple[Words, ...]) -> tuple[Mark, Words]:
        opened = self._opened.get(row.number)
        if opened is not None:
            return Mark.OK, say("class_page.row.opened", number=opened)
        match row.state:
            case RowState.WRONG:
                return Mark.ERR, problems[0]
            case RowState.OPEN:
                return Mark.OFF, say("class_page.row.in_work", number=row.in_work)
            case RowState.READY:
                return (Mark.WARN, problems[0]) if problems else (Mark.TODO, say("class_page.row.ready"))

    def _problem(self, problem: RowProblem) -> Words:
        title = self._titles.get(problem.column, "")
        return say("class_page.problem", column=problem.column, title=title, what=say_finding(problem.finding))

    def _cell(self, row: ClassRow, field: str) -> str:
        at = self._columns.get(field)
        return "" if at is None else row.row.cell(at)


def _listed(row: ClassRow, opened: Mapping[int, str], show: Show) -> bool:
    match show:
        case Show.ALL:
            return True
        case Show.WRONG:
            return row.state is RowState.WRONG
        case Show.IN_WORK:
            return row.state is RowState.OPEN or row.number in opened
