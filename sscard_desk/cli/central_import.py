"""`central import`: studios, their pictures and the register's pictures, as a centre operator brings them in."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sscard_desk.cli.verb import Result, Verb
from sscard_desk.domain.errors.operator import UsageWrong

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
    parser.add_argument("--studio", default="", help="code of the unit whose pictures they are")
    parser.add_argument("--receipts", type=Path, metavar="TABLE", help="receipt, id_number or file, issued, taken")
    parser.add_argument("--receipt-pattern", default="", help="regular expression for a whole receipt number")
    parser.add_argument("--receipt-day-required", action="store_true", help="the day on a receipt must be typed")


def import_(words: argparse.Namespace) -> Result:
    """Bring one kind of thing in; names of files and persons are never repeated."""
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.photos import import_photos, import_receipt_terms, import_studios

    rows = _rows(words.studios or words.receipts)
    if words.studio_photos and not words.studio:
        raise UsageWrong(reason="--studio-photos needs --studio")
    pictures = words.studio_photos or words.register_photos
    if pictures and not pictures.is_dir():
        raise UsageWrong(reason="no such folder of pictures")
    centre = open_centre(words.folder)
    try:
        if words.studios:
            return {"what": "studios", "read": len(rows), "changed": import_studios(centre, rows), "passed_over": 0}
        if pictures:
            studio = words.studio if words.studio_photos else None
            done = import_photos(centre, pictures, studio=studio, receipts=rows)
            what = "studio_photos" if words.studio_photos else "register_photos"
            return {"what": what, "read": done.read, "changed": done.changed, "passed_over": done.passed_over}
        changed = import_receipt_terms(
            centre,
            valid_days=words.receipt_days,
            pattern=words.receipt_pattern,
            day_required=words.receipt_day_required,
        )
        return {"what": "receipt_terms", "read": 1, "changed": changed, "passed_over": 0}
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


VERBS = (Verb("central import", "bring in studios, their pictures, the register's pictures", import_, arguments),)
