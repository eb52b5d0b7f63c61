"""How much the centre has not acknowledged, kept beside the encrypted database: the sign-in page may say it (ADR 10).

A number only. It is written when it changed and when the store closes, so a program that was killed leaves one that is
a moment old; after the sign-in only the database is asked.
"""

from contextlib import suppress
from pathlib import Path
from typing import Final

from sscard_desk.disk import write_whole
from sscard_desk.domain.errors.base import StoreTrouble

_FILE: Final = "unsent.count"
_MOST_DIGITS: Final = 12


class LeftOver:
    """The number of one data folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE
        self._kept = self.read()

    def read(self) -> int | None:
        """Return the number that was kept last; None where none was, or none that can be read."""
        try:
            text = self._path.read_text("ascii").strip()
        except (OSError, ValueError):
            return None
        return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None

    def keep(self, unsent: int) -> None:
        """Keep another number; a disk that is full or away leaves the old one, since nothing depends on it."""
        if unsent == self._kept:
            return
        with suppress(StoreTrouble):
            write_whole(self._path, [str(unsent).encode()])
            self._kept = unsent
