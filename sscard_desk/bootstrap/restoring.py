"""How far a restore is, noted in the data folder that it makes: one that was broken off goes on from there."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from sscard_desk.disk import make_folder, write_whole
from sscard_desk.store.facts import DataFolder

FILE: Final = "restoring.json"
_BESIDE: Final = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Restoring:
    """A restore that has begun and not ended.

    Attributes:
        backup: the name of the backup that it is made of.
        sent: whether the centre has answered for all of it; the old journal beside the new one holds the answers.
        joined: whether the new desk is enrolled and its database there.
    """

    backup: str
    sent: bool = False
    joined: bool = False


def under_way(home: Path) -> Restoring | None:
    """Return how far the restore into a data folder is; None where none has begun, or it has ended."""
    try:
        said = json.loads((home / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Restoring(str(said["backup"]), bool(said["sent"]), bool(said["joined"]))


def note(home: Path, how_far: Restoring) -> Restoring:
    """Keep how far a restore is.

    Raises:
        DiskFull, DiskTrouble: it could not be kept.
    """
    make_folder(home)
    write_whole(home / FILE, [json.dumps(asdict(how_far)).encode()])
    return how_far


def over(home: Path) -> None:
    """Note that the restore into a data folder has ended: somebody may sign in."""
    (home / FILE).unlink(missing_ok=True)


def clear(home: Path) -> None:
    """Remove the database of a try that was broken off before its desk was one: nobody could sign in there."""
    folder = DataFolder(home)
    folder.facts.unlink(missing_ok=True)
    for ending in _BESIDE:
        folder.database.with_name(folder.database.name + ending).unlink(missing_ok=True)
