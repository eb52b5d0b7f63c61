"""`import class FILE`: check a school's class list, and open an application for each good row."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from sscard_desk.bootstrap.desk import OpenDesk
    from sscard_desk.usecases.import_class import ClassCheck, Imported


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `import class`."""
    parser.add_argument("file", type=Path, help="the list: .xlsx, or .csv in UTF-8, UTF-16 or GB 18030")
    parser.add_argument(
        "--sheet", default="", metavar="TITLE", help="which sheet; the first with the columns if left out"
    )
    parser.add_argument("--dry-run", action="store_true", help="check the list and change nothing; needs no sign-in")
    parser.add_argument("--yes", action="store_true", help="import the good rows although others are wrong")
    parser.add_argument("--rejected", type=Path, metavar="FILE", help="write the rejected rows here (.csv or .xlsx)")
    parser.add_argument("--account", help="who signs in")
    parser.add_argument("--password-fd", type=int, help="file descriptor that the password is read from")


def run(words: argparse.Namespace) -> Result:
    """Check, and import unless this is a dry run; what is wrong is told by row and column, never by what stands there.

    Raises:
        ClassListUnreadable, ClassListTooLarge, ClassListHeadMissing, ClassListEmpty: the file.
        ClassListNotConfirmed: rows are wrong and `--yes` was not given; nothing was opened.
        UsageWrong: an import without `--account`.
    """
    from datetime import date

    from sscard_desk.domain.errors.cases import ClassListNotConfirmed
    from sscard_desk.domain.errors.operator import UsageWrong
    from sscard_desk.forms.class_columns import class_list_rules
    from sscard_desk.forms.load import load_form
    from sscard_desk.ports.tables import TableLimits
    from sscard_desk.spreadsheets import SpreadsheetTables
    from sscard_desk.usecases.class_row import RowState
    from sscard_desk.usecases.form_of import REGISTRATION
    from sscard_desk.usecases.import_class import check_class, compare_with_desk, import_class

    if not words.dry_run and not words.account:
        raise UsageWrong(reason="an import needs --account; --dry-run does not")
    rules = class_list_rules()
    table = SpreadsheetTables().read(words.file, TableLimits(rules.rows, rules.bytes))
    imported = None
    with _desk(words) as desk:
        if desk is None:
            definition = load_form(REGISTRATION)
            today = date.today()  # noqa: DTZ011 - the counter's own day
            check = check_class(table, rules, definition, today, sheet=words.sheet)
        else:
            counter = desk.counter()
            definition = counter.store.forms.current(REGISTRATION, counter.today())
            check = check_class(table, rules, definition, counter.today(), sheet=words.sheet)
            check = compare_with_desk(check, counter.store, counter.persons)
        wrong = check.of(RowState.WRONG)
        rejected = _write_rejected(words.rejected, check) if words.rejected and wrong else None
        if desk is not None and not words.dry_run:
            if wrong and not words.yes:
                raise ClassListNotConfirmed(ready=len(check.of(RowState.READY)), wrong=len(wrong))
            imported = import_class(counter.store, counter.session, counter.persons, check, today=counter.today())
    return _result(check, imported, rejected, dry_run=words.dry_run)


@contextmanager
def _desk(words: argparse.Namespace) -> "Iterator[OpenDesk | None]":
    """Sign in where an account is named; a dry run goes without."""
    from sscard_desk.cli.sign_in import signed_in

    if not words.account:
        yield None
        return
    with signed_in(words) as desk:
        yield desk


def _write_rejected(path: Path, check: "ClassCheck") -> str:
    from sscard_desk.cli.spoken import language_here
    from sscard_desk.domain.errors.operator import UsageWrong
    from sscard_desk.spreadsheets import SpreadsheetTables
    from sscard_desk.texts import Catalogue
    from sscard_desk.usecases.import_class import rejected_table

    head, rows = rejected_table(check, Catalogue(language_here()))
    try:
        SpreadsheetTables().write(path, head, rows)
    except OSError as error:
        raise UsageWrong(reason=f"--rejected cannot be written: {error.strerror}") from None
    return str(path)


def _result(check: "ClassCheck", imported: "Imported | None", rejected: str | None, *, dry_run: bool) -> Result:
    from sscard_desk.cli.spoken import language_here
    from sscard_desk.ports.tables import column_name
    from sscard_desk.texts import Catalogue
    from sscard_desk.usecases.class_row import RowState

    texts = Catalogue(language_here())
    problems = [
        {
            "row": row.number,
            "column": problem.column,
            "field": problem.finding.field,
            "blocks": problem.finding.verdict.blocks,
            "message": problem.finding.message(texts),
        }
        for row in check.rows
        for problem in row.problems
    ]
    opened = imported.opened if imported else {}
    passed = imported.passed_over if imported else tuple(row.number for row in check.of(RowState.OPEN))
    return {
        "kind": check.kind,
        "dry_run": dry_run,
        "sheet": check.sheet,
        "other_sheets": list(check.other_sheets),
        "head_row": check.head_row,
        "columns": [{"column": column_name(at), "field": name} for at, name in sorted(check.columns.items())],
        "rows": len(check.rows),
        "ready": len(check.of(RowState.READY)),
        "wrong": len(check.of(RowState.WRONG)),
        "in_work": list(passed),
        "opened": [{"row": row, "application_no": number} for row, number in opened.items()],
        "problems": problems,
        "rejected_file": rejected,
    }


VERBS = (Verb("import class", "check a school's class list and open its applications", run, arguments),)
