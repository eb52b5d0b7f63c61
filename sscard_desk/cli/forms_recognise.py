"""`forms recognise FILE`: which forms a scan shows, how they lie, their boxes and cut-outs."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from sscard_desk.domain.form_scan import FormPage

LARGEST_FILE = 200 * 1024 * 1024


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `forms recognise`."""
    parser.add_argument("file", type=Path, help="PNG, JPEG, BMP, PNM, TIFF or PDF; both sides, in any order")
    parser.add_argument("--serial", default="", help="the form number below the bar code, where both codes are torn")
    parser.add_argument("--edition", default="", help="the edition it was printed in, where the QR code is torn")
    parser.add_argument("--out", type=Path, help="write the straightened pages and the cut-outs into this folder")


def run(words: argparse.Namespace) -> Result:
    """Recognise every side; fails with the first side's error where no form is found on any."""
    from sscard_desk.bootstrap.scans import make_form_reader
    from sscard_desk.domain.errors.operator import ScanUnreadable
    from sscard_desk.domain.numbers.form_serial import parse_form_serial
    from sscard_desk.ports.form_reader import Expected

    expected = None
    if words.serial:
        parse_form_serial(words.serial)
        expected = Expected(words.serial, words.edition)
    try:
        if words.file.stat().st_size > LARGEST_FILE:
            raise ScanUnreadable
        content = words.file.read_bytes()
    except OSError:
        raise ScanUnreadable from None
    reading = make_form_reader().read(content, expected)
    if not reading.pages and reading.unread:
        raise reading.unread[0].error
    if words.out:
        _write(words.out, reading.pages)
    return {
        "pages": [_page(page) for page in reading.pages],
        "unread": [{"sheet": each.sheet, "code": each.error.code} for each in reading.unread],
    }


def _page(page: "FormPage") -> Result:
    return {
        "sheet": page.sheet,
        "form": page.form,
        "serial": page.serial,
        "edition": page.edition,
        "digest": page.digest,
        "page": page.page,
        "pages": page.pages,
        "read_by": page.read_by,
        "rotation": page.rotation,
        "skew": page.skew,
        "dpi": page.dpi,
        "residual_mm": page.residual,
        "ticks": [
            {
                "field": tick.field,
                "code": tick.code,
                "state": tick.state.value,
                "confidence": tick.confidence,
            }
            for tick in page.ticks
        ],
        "cut_outs": [
            {"name": cut.name, "width": cut.width, "height": cut.height, "bytes": len(cut.jpeg)}
            for cut in page.cut_outs
        ],
    }


def _write(folder: Path, pages: "tuple[FormPage, ...]") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for page in pages:
        (folder / f"sheet{page.sheet}.jpg").write_bytes(page.straight)
        for cut in page.cut_outs:
            (folder / f"sheet{page.sheet}-{cut.name}.jpg").write_bytes(cut.jpeg)


VERBS = (Verb("forms recognise", "recognise scanned forms, their boxes and cut-outs", run, arguments),)
