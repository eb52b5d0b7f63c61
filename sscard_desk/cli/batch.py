"""`batch open`, `run`, `show`, `import` and `export`: the cards of a class or a unit, and return files."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sscard_desk.cli.sign_in import signed_in
from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from sscard_desk.domain.batch import Batch
    from sscard_desk.ports.store import Store
    from sscard_desk.usecases.run_batch import BatchProgress


def open_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `batch open`."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--group", metavar="NAME", help="a class or unit as `batch show` lists them")
    which.add_argument("--applications", nargs="+", metavar="NUMBER", help="application numbers, in this order")
    parser.add_argument("--name", default="", help="what the batch is called; never a person's name")


def open_(words: argparse.Namespace) -> Result:
    """Open a batch of a class, a unit or a list of applications."""
    from sscard_desk.usecases.batch_lineup import groups, open_batch

    with signed_in(words) as desk:
        counter = desk.counter()
        if words.group:
            people = groups(counter.store).get(words.group, ())
        else:
            people = tuple(counter.store.find_application(number) for number in words.applications)
        batch = open_batch(counter.store, counter.session, words.name or words.group or "", people)
        return _shown(counter.store, batch)


def run_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `batch run`."""
    parser.add_argument("batch", help="the batch's number, or how it begins")
    parser.add_argument("--wait", type=float, default=60.0, metavar="SECONDS", help="pause when no card came so long")


def run(words: argparse.Namespace) -> Result:
    """Write card after card until the batch is done or paused; what is to be done goes to stderr, a line each."""
    from sscard_desk.ports.devices import Cancel
    from sscard_desk.usecases.batch_lineup import find_batch
    from sscard_desk.usecases.card_desk import CardDesk
    from sscard_desk.usecases.run_batch import run_batch

    with signed_in(words) as desk:
        counter = desk.counter()
        cards = CardDesk(
            counter.store,
            counter.session,
            counter.devices.card_reader,
            counter.keys,
            counter.profile,
            counter.today(),
        )
        batch = find_batch(counter.store, words.batch)
        ended = run_batch(cards, batch.id, Cancel(), _Spoken(), wait_s=words.wait)
        return _shown(counter.store, ended)


def show_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `batch show`."""
    parser.add_argument("batch", nargs="?", default="", help="one batch; without it all of them, and who could be one")


def show(words: argparse.Namespace) -> Result:
    """Show a batch, or all of them with the classes and units that could be one."""
    from sscard_desk.usecases.batch_lineup import find_batch, groups

    with signed_in(words) as desk:
        store = desk.counter().store
        if words.batch:
            return {"batches": [_shown(store, find_batch(store, words.batch))], "groups": []}
        people = groups(store)
        return {
            "batches": [_shown(store, each) for each in store.batches()],
            "groups": [{"name": name, "people": len(found)} for name, found in people.items()],
        }


def import_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `batch import`."""
    parser.add_argument("file", type=Path, help="the return file: .xlsx, or .csv in UTF-8, UTF-16 or GB 18030")
    parser.add_argument("--dry-run", action="store_true", help="look at it and change nothing")


def import_(words: argparse.Namespace) -> Result:
    """Take a return file of cards that were made elsewhere; rows are told by number, never by what stands there."""
    from sscard_desk.cli.spoken import language_here
    from sscard_desk.spreadsheets import SpreadsheetTables
    from sscard_desk.texts import Catalogue
    from sscard_desk.usecases.return_file import ReturnState, import_return

    texts = Catalogue(language_here())
    with signed_in(words) as desk:
        counter = desk.counter()
        report = import_return(counter.store, counter.session, SpreadsheetTables(), words.file, dry_run=words.dry_run)
    return {
        "dry_run": words.dry_run,
        "batch": report.batch.number if report.batch else "",
        "rows": len(report.rows),
        **{state.value: len(report.of(state)) for state in ReturnState},
        "problems": [
            {
                "row": row.number,
                "state": row.state.value,
                "application_no": row.application.number if row.application else "",
                "message": texts(f"batch.row.{row.why}") if row.state is ReturnState.WRONG else row.why,
            }
            for row in report.rows
            if row.state in {ReturnState.WRONG, ReturnState.FAILED}
        ],
    }


def export_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `batch export`."""
    parser.add_argument("batch", help="the batch's number, or how it begins")
    parser.add_argument("file", type=Path, help="where it goes (.csv or .xlsx); only its owner may read it")


def export(words: argparse.Namespace) -> Result:
    """Write a batch's return file."""
    from sscard_desk.domain.errors.operator import UsageWrong
    from sscard_desk.spreadsheets import SpreadsheetTables
    from sscard_desk.usecases.batch_lineup import find_batch
    from sscard_desk.usecases.return_file import export_return

    with signed_in(words) as desk:
        counter = desk.counter()
        batch = find_batch(counter.store, words.batch)
        try:
            rows = export_return(counter.store, counter.session, SpreadsheetTables(), batch, words.file)
        except OSError as error:
            raise UsageWrong(reason=f"the return file cannot be written: {error.strerror}") from None
        return {"batch": batch.number, "rows": rows, "file": str(words.file)}


class _Spoken:
    """Says each stage once on stderr, with application numbers and no names."""

    def __init__(self) -> None:
        self._last = ""

    def __call__(self, progress: "BatchProgress") -> None:
        number = progress.application.number if progress.application else ""
        code = progress.error.code if progress.error else progress.spoiled
        said = " ".join(part for part in (progress.stage.value, number, code) if part)
        if said != self._last:
            self._last = said
            print(said, file=sys.stderr, flush=True)


def _shown(store: "Store", batch: "Batch") -> Result:
    from sscard_desk.usecases.batch_lineup import line_up

    lineup = line_up(store, batch)
    return {
        "batch": batch.number,
        "name": batch.name,
        "state": batch.state.value,
        "why": batch.why,
        "people": len(batch.applications),
        "done": [each.number for each in lineup.done],
        "ready": [each.number for each in lineup.ready],
        "begun": [each.number for each in lineup.begun],
        "not_ready": [{"application_no": each.number, "reason": why} for each, why in lineup.skipped],
        "tries": batch.tries,
        "written": batch.written,
        "failures": [{"outcome": each.outcome, "reason": each.reason} for each in batch.failures],
        "in_row": batch.in_row,
        "stop_after": batch.stop_after,
    }


VERBS = (
    Verb("batch open", "open a batch of cards", open_, open_arguments, store=True),
    Verb("batch run", "write the cards of a batch one after another", run, run_arguments, store=True),
    Verb("batch show", "show batches of cards", show, show_arguments, store=True),
    Verb("batch import", "take a return file of cards made elsewhere", import_, import_arguments, store=True),
    Verb("batch export", "write a batch's return file", export, export_arguments, store=True),
)
