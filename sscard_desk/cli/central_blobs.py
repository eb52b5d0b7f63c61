"""`central blobs`: where pictures and scans of all desks lie, and moving them."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Final

from sscard_desk.cli.verb import Failed, Result, Verb

_FOLDER: Final = "folder of pictures and scans; every server notes where it sees it"


def blobs_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central blobs`."""
    parser.add_argument("act", choices=["show", "move", "check"], help="what to do")
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    parser.add_argument("--to", choices=["folder", "database"], help="where they go: `move` needs it")
    parser.add_argument("--blob-folder", type=Path, metavar="DIR", help=_FOLDER)


def blobs(words: argparse.Namespace) -> Result | Failed:
    """Show where pictures and scans lie, move them, or read every file of the folder.

    Raises:
        UsageWrong: `move` without `--to`, or a folder on the way to the database.
    """
    from sscard_desk.central import blob_moving
    from sscard_desk.central.admin.acting import CONSOLE, noted
    from sscard_desk.central.centre import open_centre
    from sscard_desk.domain.errors.blob_folder import BlobDamaged
    from sscard_desk.domain.errors.operator import UsageWrong

    if (words.act == "move") != bool(words.to):
        raise UsageWrong(reason="move needs --to, and nothing else does")
    if words.blob_folder and words.to != "folder":
        raise UsageWrong(reason="--blob-folder goes with --to folder")
    centre = open_centre(words.folder)
    try:
        damaged, moved, removed = tuple[str, ...](), 0, 0
        if words.act == "move":
            noted(centre, CONSOLE, "blobs.move", words.to)
            done = blob_moving.move(centre, words.to, words.blob_folder)
            damaged, moved = done.damaged, done.moved
        elif words.act == "check":
            found = blob_moving.check(centre)
            damaged, removed = found.damaged, found.removed
        result: Result = {
            **asdict(blob_moving.counted(centre)),
            "moved": moved,
            "removed": removed,
            "damaged": list(damaged),
        }
    finally:
        centre.close()
    return Failed(result, BlobDamaged()) if damaged else result


VERBS = (Verb("central blobs", "show, move or check where pictures and scans lie", blobs, blobs_arguments),)
