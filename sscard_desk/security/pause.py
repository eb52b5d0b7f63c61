"""Wrong passwords make whoever tries wait, longer each time, on this computer.

The counter stands in a file beside the database, because the database is not open yet. It slows down people at the
keyboard; against a copied slot file only Argon2id stands. Names are keyed hashes here as in the slots.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import time
from typing import Final

import msgspec

from sscard_desk.disk import PRIVATE, trouble, write_whole
from sscard_desk.domain.errors.operator import AccountPaused
from sscard_desk.domain.errors.store import DiskTrouble

FREE_TRIES: Final = 5
FIRST_PAUSE_S: Final = 30
LONGEST_PAUSE_S: Final = 3_600
LONGEST_WAIT_S: Final = 10.0
"""For others that count a try at the same moment; each takes a few milliseconds."""


class Tries(msgspec.Struct):
    """Wrong tries of one account in a row; times are seconds since 1970 on this computer's clock."""

    wrong: int = 0
    last: float = 0.0
    until: float = 0.0


class Pause:
    """The counters of all accounts of one data folder."""

    def __init__(self, path: Path, clock: Callable[[], float] = time) -> None:
        self._path = path
        self._clock = clock

    def begin(self, account: str) -> int:
        """Count a try before it is made, so that ending the program does not save it; return how many are left.

        Args:
            account: keyed hash of the account's name.

        Raises:
            AccountPaused: it is not time yet; the try is not counted.
            DiskFull, DiskTrouble: the try could not be counted, so it must not be made.
        """
        with alone(self._path.with_name(f"{self._path.name}.lock")):
            all_tries = self._read()
            tries = all_tries.get(account, Tries())
            now = self._clock()
            # a clock that was set back must not shorten the pause, nor stretch it for ever
            waiting = min(tries.until - now, tries.until - tries.last)
            if waiting > 0:
                raise AccountPaused(seconds=int(waiting) + 1)
            tries.wrong += 1
            tries.last = now
            tries.until = now + pause_after(tries.wrong)
            all_tries[account] = tries
            self._write(all_tries)
        return max(FREE_TRIES - tries.wrong, 0)

    def clear(self, account: str) -> None:
        """Forget the wrong tries of an account: the password was right.

        Raises:
            DiskFull, DiskTrouble: they are remembered still.
        """
        with alone(self._path.with_name(f"{self._path.name}.lock")):
            all_tries = self._read()
            if all_tries.pop(account, None) is not None:
                self._write(all_tries)

    def _read(self) -> dict[str, Tries]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, Tries])
        except (OSError, msgspec.MsgspecError):
            return {}  # whoever can damage this file can remove it too

    def _write(self, all_tries: dict[str, Tries]) -> None:
        write_whole(self._path, [msgspec.json.encode(all_tries)])


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Keep every other process and thread from changing what a lock file stands for.

    The lock is an exclusive transaction on a file that holds nothing: SQLite locks on Windows and Linux alike, and the
    system frees the lock of a process that was killed.

    Raises:
        DiskTrouble: it cannot be had within `LONGEST_WAIT_S`.
    """
    try:
        connection = sqlite3.connect(lock, timeout=LONGEST_WAIT_S, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise DiskTrouble(reason=error.sqlite_errorname) from error
    with closing(connection):
        try:
            connection.execute("BEGIN EXCLUSIVE")
            lock.chmod(PRIVATE)
        except sqlite3.Error as error:
            raise DiskTrouble(reason=error.sqlite_errorname) from error
        except OSError as error:
            raise trouble(error) from error
        yield


def pause_after(wrong: int) -> int:
    """Return the seconds to wait after so many wrong passwords in a row: none for four, then 30, 60, 120 to 3600."""
    if wrong < FREE_TRIES:
        return 0
    return min(FIRST_PAUSE_S << min(wrong - FREE_TRIES, 16), LONGEST_PAUSE_S)
