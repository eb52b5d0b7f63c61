"""A gate before an engine's connections: shut while the file gets another key, so nobody reads or writes meanwhile."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Pool, event
from sqlalchemy.exc import DisconnectionError

from sscard_desk.domain.errors.store import FolderInUse

_GATES: "Final[WeakKeyDictionary[Engine, Gate]]" = WeakKeyDictionary()

_MOMENT_S: Final = 0.005
_FORMER_KEPT: Final = 8


class Gate:
    """Counts the connections that are in use; the key of the file lies here.

    Args:
        path: the database file.
        key: its key, 32 bytes.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path, self.key = path, key
        self._turn = threading.Condition()
        self._shut, self._used, self._times = False, 0, 0
        self._former: list[Pool] = []

    def stand_before(self, engine: Engine) -> None:
        """Stand before every connection of an engine."""
        event.listen(engine, "checkout", self._taken)
        event.listen(engine, "checkin", self._given_back)
        _GATES[engine] = self

    def wait_open(self) -> None:
        """Wait until the gate is open."""
        with self._turn:
            self._turn.wait_for(lambda: not self._shut)

    @contextmanager
    def shut(self, wait_s: float) -> Iterator[None]:
        """Wait until nobody uses a connection, and let nobody take one until the block ends.

        Raises:
            FolderInUse: somebody used one for longer than that; nothing was done.
        """
        with self._turn:
            self._shut = True
            free = False
            try:
                free = self._turn.wait_for(lambda: self._used == 0, timeout=wait_s)
            finally:
                if not free:
                    self._open_again()
        if not free:
            raise FolderInUse
        try:
            yield
        finally:
            with self._turn:
                self._times += 1
                self._open_again()

    def leave_pool(self, engine: Engine) -> None:
        """Close every connection of an engine, late ones of former pools too.

        SQLAlchemy tells that a connection is given back a moment before it lies in its pool again. One whose pool is
        emptied in that moment lies in it open, and whoever needs the file alone would wait for it until the garbage
        is collected.
        """
        self._former.append(engine.pool)
        engine.dispose()
        time.sleep(_MOMENT_S)
        for pool in self._former:
            pool.dispose()
        del self._former[:-_FORMER_KEPT]

    def _open_again(self) -> None:
        self._shut = False
        self._turn.notify_all()

    def _taken(self, _connection: Any, record: Any, _proxy: Any) -> None:
        with self._turn:
            times = self._times
            self._turn.wait_for(lambda: not self._shut)
            if self._times != times:
                raise DisconnectionError("the file has another key now")
            self._used += 1
            record.info["counted"] = True

    def _given_back(self, _connection: Any, record: Any) -> None:
        if record.info.pop("counted", False):
            with self._turn:
                self._used -= 1
                self._turn.notify_all()


def gate_of(engine: Engine) -> Gate:
    """Return the gate before an engine of `store.engine.open_engine`."""
    return _GATES[engine]
