"""`read-scan FILE ...`: what stands on an id card, from its scan; proposals that a person has to confirm."""

import argparse
from pathlib import Path

from sscard_desk.cli.verb import Result, Verb


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `read-scan`."""
    parser.add_argument(
        "file", type=Path, nargs="+", help="JPEG, PNG, BMP, PNM, TIFF or PDF; both sides in one file or in two"
    )
    parser.add_argument("--portrait", type=Path, metavar="JPEG", help="write the portrait on the card to this file")


def run(words: argparse.Namespace) -> Result:
    """Read one card; needs neither sign-in nor data folder. The settings of a data folder hold if there is one."""
    from sscard_desk.bootstrap.id_scans import make_id_scan_reader
    from sscard_desk.bootstrap.settings import data_folder, load_settings
    from sscard_desk.domain.errors.operator import ScanUnreadable
    from sscard_desk.ports.devices import Cancel

    try:
        files = [path.read_bytes() for path in words.file]
    except OSError:
        raise ScanUnreadable from None
    reader = make_id_scan_reader(load_settings(data_folder()))
    try:
        scan = reader.read(files, Cancel())
    finally:
        reader.close()
    if words.portrait:
        words.portrait.write_bytes(scan.portrait)
    return {
        "kind": scan.kind,
        "sides": list(scan.sides),
        "warnings": [warning.value for warning in scan.warnings],
        "fields": [
            {
                "name": field.name,
                "text": field.text,
                "raw": field.raw,
                "confidence": field.confidence,
                "verdict": field.verdict.value,
            }
            for field in scan.fields
        ],
        "portrait_bytes": len(scan.portrait),
    }


VERBS = (Verb("read-scan", "propose what stands on an id card from its scan", run, arguments),)
