"""`central import`: studios, their pictures and the register's pictures, as a centre operator brings them in."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sscard_desk.cli.verb import Result, Verb
from sscard_desk.domain.errors.operator import UsageWrong

MOST_SAID: Final = 20
KINDS: Final = ("persons", "banks", "outlets", "studios", "staff", "notices", "time_limits", "blanks")
MOST_ROWS: Final = 200_000
MOST_BYTES: Final = 50_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central import`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--studios", type=Path, metavar="TABLE", help="the whole list of collection units (.csv or .xlsx)"
    )
    what.add_argument("--studio-photos", type=Path, metavar="DIR", help="pictures of one unit, named as on its stick")
    what.add_argument("--register-photos", type=Path, metavar="DIR", help="pictures of the population register")
    what.add_argument("--receipt-days", type=int, metavar="N", help="days that a photo receipt holds")
    what.add_argument("--kind", choices=KINDS, help="a list of FILE, looked through whole before a row is taken")
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="with --kind: .csv or .xlsx with titles")
    parser.add_argument("--region", default="", help="with --kind persons: six digits of GB/T 2260")
    parser.add_argument("--point", default="", help="with --kind staff and blanks: service point code")
    parser.add_argument("--check", action="store_true", help="with a list: look through it and take nothing")
    parser.add_argument("--studio", default="", help="code of the unit whose pictures they are")
    parser.add_argument("--receipts", type=Path, metavar="TABLE", help="receipt, id_number or file, issued, taken")
    parser.add_argument("--receipt-pattern", default="", help="regular expression for a whole receipt number")
    parser.add_argument("--receipt-day-required", action="store_true", help="the day on a receipt must be typed")


def import_(words: argparse.Namespace) -> Result:
    """Bring one kind of thing in; names of files and persons are never repeated."""
    from sscard_desk.central.admin.acting import CONSOLE, acting
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.photos import import_photos, import_receipt_terms

    if words.kind:
        return _list(words, words.kind, words.file)
    if words.studios:
        return _list(words, "studios", words.studios)
    rows = _rows(words.receipts)
    if words.studio_photos and not words.studio:
        raise UsageWrong(reason="--studio-photos needs --studio")
    pictures = words.studio_photos or words.register_photos
    if pictures and not pictures.is_dir():
        raise UsageWrong(reason="no such folder of pictures")
    centre = open_centre(words.folder)
    try:
        if pictures:
            studio = words.studio if words.studio_photos else None
            with acting(centre, CONSOLE, "import.photos", studio or "register") as noting:
                done = import_photos(noting, pictures, studio=studio, receipts=rows)
            what = "studio_photos" if words.studio_photos else "register_photos"
            return {"what": what, "read": done.read, "changed": done.changed, "passed_over": done.passed_over}
        with acting(centre, CONSOLE, "import.receipt_terms", "") as noting:
            changed = import_receipt_terms(
                noting,
                valid_days=words.receipt_days,
                pattern=words.receipt_pattern,
                day_required=words.receipt_day_required,
            )
        return {"what": "receipt_terms", "read": 1, "changed": changed, "passed_over": 0}
    finally:
        centre.close()


def _list(words: argparse.Namespace, named: str, file: Path | None) -> Result:
    """Look a list through and take it whole, or say what is wrong with it by line, column and reason.

    Raises:
        UsageWrong: no file, or nothing said about what it is for.
        ListRowsWrong: rows do not hold; nothing was taken.
    """
    from sscard_desk.central.admin.acting import CONSOLE, acting
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.lists.check import check
    from sscard_desk.central.lists.kinds import kinds
    from sscard_desk.central.lists.take import need_place, take
    from sscard_desk.cli.central_tools import read_table
    from sscard_desk.cli.spoken import language_here
    from sscard_desk.domain.errors.administration import ListRowsWrong
    from sscard_desk.texts import Catalogue

    kind = kinds()[named]
    place = {"region": words.region, "point": words.point, "": ""}[kind.needs]
    if file is None or not file.is_file():
        raise UsageWrong(reason="a list needs a FILE")
    if kind.needs and not place:
        raise UsageWrong(reason=f"--kind {kind.name} needs --{kind.needs}")
    centre = open_centre(words.folder)
    try:
        checked = check(kind, read_table(file))
        if not checked.wrong:
            need_place(centre, kind, place, checked)
        if checked.wrong:
            texts = Catalogue(language_here())
            said = [f"{each.line} {each.column} {texts(f'admin.wrong.{each.reason}')}" for each in checked.problems]
            raise ListRowsWrong(wrong=checked.wrong, problems=tuple(said[:MOST_SAID]))
        changed = 0
        if not words.check:
            with acting(centre, CONSOLE, f"import.{kind.name}", place) as noting:
                changed = take(noting, kind, place, checked.rows)
        return {"what": kind.name, "read": checked.read, "changed": changed, "passed_over": 0}
    finally:
        centre.close()


def _rows(table: Path | None) -> list[Mapping[str, str]]:
    """Return the rows of a table by the titles in its first row.

    Raises:
        ClassListUnreadable, ClassListTooLarge: it is no table, or too large a one.
    """
    if table is None:
        return []
    from sscard_desk.ports.tables import TableLimits
    from sscard_desk.spreadsheets import SpreadsheetTables

    read = SpreadsheetTables().read(table, TableLimits(bytes=MOST_BYTES, rows=MOST_ROWS))
    lines = [[cell.strip() for cell in row.cells] for row in read.rows]
    if not lines:
        return []
    head, *body = lines
    return [dict(zip(head, line, strict=False)) for line in body if any(line)]


VERBS = (Verb("central import", "bring in lists and pictures", import_, arguments),)
