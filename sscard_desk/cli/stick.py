"""`export-unsent` and `import-stick`: the exchange with the centre by a stick, where there is no line."""

import argparse
import sys
from pathlib import Path

from sscard_desk.cli.sign_in import signed_in
from sscard_desk.cli.sync import alone
from sscard_desk.cli.verb import Result, Verb

MEGABYTE = 1_000_000


def export_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `export-unsent`."""
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder on the stick")
    add_part_size(parser)


def add_part_size(parser: argparse.ArgumentParser) -> None:
    """Add `--part-mb`."""
    parser.add_argument(
        "--part-mb", type=int, default=3_900, metavar="N", help="largest file in MB; 3900 fits every stick"
    )


def part_bytes(words: argparse.Namespace) -> int:
    """Return the largest size of a file.

    Raises:
        UsageWrong: too small for anything.
    """
    from sscard_desk.domain.errors.operator import UsageWrong

    if not 1 <= words.part_mb <= 3_900:  # noqa: PLR2004 - what FAT32 takes
        raise UsageWrong(reason="--part-mb is 1 to 3900")
    return int(words.part_mb) * MEGABYTE


def export(words: argparse.Namespace) -> Result:
    """Write what is unsent for the centre; nothing is marked as sent."""
    from sscard_desk.sync.stick.export import Steps, export_unsent

    size = part_bytes(words)
    with signed_in(words) as desk:
        done = export_unsent(desk.store, desk.identity(), words.to, Steps(tell=show), size)
    return {
        "series": done.series,
        "files": [{"name": file.path.name, "bytes": file.size, "sha256": file.digest.hex()} for file in done.files],
        "entries": done.entries,
        "blobs": done.blobs,
        "unreadable": list(done.unreadable),
        "public_key": done.public_key.hex(),
    }


def import_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `import-stick`."""
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="files of the centre, or the stick's folder"
    )


def import_(words: argparse.Namespace) -> Result:
    """Bring in what the centre answered; a file that came before changes nothing."""
    from sscard_desk.bootstrap.settings import data_folder
    from sscard_desk.sync.stick.bring_in import bring_in
    from sscard_desk.sync.stick.export import Steps
    from sscard_desk.wire.stick.found import found

    with signed_in(words) as desk, alone(data_folder()):
        identity = desk.identity()
        paths = found(words.files, "to-desk", identity.receipt_key, identity.desk)
        done = [(path, bring_in(desk.store, identity, path, Steps(tell=show))) for path in paths]
        last = done[-1][1]
        return {
            "files": [
                {
                    "name": path.name,
                    "series": one.series,
                    "part": one.part,
                    "again": one.again,
                    "more": one.more,
                    "acknowledged": one.acknowledged,
                    "set_aside": one.set_aside,
                    "items": one.items,
                    "blobs": one.blobs,
                    "behind": list(one.behind),
                }
                for path, one in done
            ],
            "unsent": last.unsent,
            "blobs_unsent": last.blobs_unsent,
            "proved": last.proved,
            "differing": list(last.differing),
            "up_to_date": last.up_to_date,
        }


def show(done: int, work: int) -> None:
    """Show on a terminal how far it is."""
    if sys.stderr.isatty() and work:
        print(f"\r{100 * done // work} %", end="\n" if done >= work else "", file=sys.stderr, flush=True)


VERBS = (
    Verb("export-unsent", "write what is unsent onto a stick, for the centre", export, export_arguments, store=True),
    Verb("import-stick", "bring in the centre's answer from a stick", import_, import_arguments, store=True),
)
