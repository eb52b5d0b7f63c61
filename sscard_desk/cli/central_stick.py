"""`central import-stick` and `central export-stick`: the centre's side of an exchange by a stick."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sscard_desk.cli.stick import add_part_size, part_bytes
from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from sscard_desk.central.centre import OpenCentre
    from sscard_desk.central.stick.receive import Received


def import_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central import-stick`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="files of desks, or the stick's folder")
    parser.add_argument("--answer-to", type=Path, metavar="DIR", help="write the answers there at once")
    add_part_size(parser)


def import_(words: argparse.Namespace) -> Result:
    """Take what desks brought, as if it had come over the line."""
    from sscard_desk.central.centre import open_centre
    from sscard_desk.wire.stick.found import found

    size = part_bytes(words)
    centre = open_centre(words.folder)
    try:
        done = [(path, _import_one(centre, path)) for path in found(words.files, "to-centre", centre.keys.receipt_key)]
        desks = list(dict.fromkeys(one.desk for _, one in done if not one.more)) if words.answer_to else []
        return {
            "files": [
                {
                    "name": path.name,
                    "desk": one.desk,
                    "series": one.series,
                    "part": one.part,
                    "again": one.again,
                    "more": one.more,
                    "stored": one.stored,
                    "refused": one.refused,
                    "waiting": one.waiting,
                    "blobs": one.blobs,
                }
                for path, one in done
            ],
            "answers": [_answer(centre, desk, words.answer_to, size) for desk in desks],
        }
    finally:
        centre.close()


def _import_one(centre: "OpenCentre", path: Path) -> "Received":
    from sscard_desk.central.admin.acting import CONSOLE, recording
    from sscard_desk.central.stick.receive import import_stick

    with recording(centre, CONSOLE, "stick.import") as record:
        return import_stick(centre, path, record=record)


def export_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central export-stick`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    parser.add_argument("--desk", required=True, help="a desk that has brought a file")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder on the stick")
    add_part_size(parser)


def export(words: argparse.Namespace) -> Result:
    """Write the answer for a desk, from where its newest file said that it stands."""
    from sscard_desk.central.centre import open_centre

    size = part_bytes(words)
    centre = open_centre(words.folder)
    try:
        return _answer(centre, words.desk, words.to, size)
    finally:
        centre.close()


def _answer(centre: "OpenCentre", desk: str, folder: Path, size: int) -> Result:
    from sscard_desk.central.admin.acting import CONSOLE, recording
    from sscard_desk.central.stick.answer import export_stick

    with recording(centre, CONSOLE, "stick.export", desk) as record:
        done = export_stick(centre, desk, folder, part_bytes=size, record=record)
    return {
        "desk": done.desk,
        "series": done.series,
        "files": [{"name": file.path.name, "bytes": file.size, "sha256": file.digest.hex()} for file in done.files],
        "answers": done.answers,
        "items": done.items,
        "snapshots": done.snapshots,
        "blobs": done.blobs,
    }


VERBS = (
    Verb("central import-stick", "take what desks bring on a stick", import_, import_arguments),
    Verb("central export-stick", "write the answer for a desk onto a stick", export, export_arguments),
)
