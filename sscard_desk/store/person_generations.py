"""The files of the population cache: which one is in use, and which may go."""

import contextlib
import secrets
import time
from pathlib import Path
from typing import Final

from sscard_desk.disk import trouble, write_whole
from sscard_desk.store.facts import DataFolder

_DAY_S: Final = 86_400


def new_name() -> str:
    """Return a file name for a new generation."""
    return f"persons-{secrets.token_hex(4)}.db"


def in_use(folder: DataFolder) -> str | None:
    """Return the name of the file in use; None before the first load, and where it is not there any more."""
    try:
        name = folder.persons_pointer.read_text(encoding="ascii").strip()
        return name if name and (folder.path / name).exists() else None
    except FileNotFoundError:
        return None
    except OSError as error:
        raise trouble(error) from error


def use(folder: DataFolder, name: str) -> None:
    """Point to another file, in one step."""
    write_whole(folder.persons_pointer, [name.encode("ascii")])


def give_up(folder: DataFolder) -> None:
    """Point to no file: what is in use is damaged, and the centre has all of it."""
    with contextlib.suppress(OSError):
        folder.persons_pointer.unlink()


def tidy(folder: DataFolder, unused: set[str]) -> None:
    """Remove generations that are out of use: these, and any that was left behind more than a day ago."""
    current = in_use(folder)
    for path in folder.path.glob("persons-*.db"):
        if path.name == current:
            continue
        with contextlib.suppress(OSError):
            if path.name in unused or time.time() - path.stat().st_mtime > _DAY_S:
                remove(path)


def remove(path: Path) -> None:
    """Remove a generation that is no longer used; where another process still reads it, it stays for now."""
    for end in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + end).unlink()
