"""News of changes for a worker's memory: the counter that SQLite keeps of commits to its file."""

from threading import Lock
from typing import Any

from sscard_desk.central.store.memory import Memory


class SqliteNews:
    """Whether anybody, in this process or another, has committed to the file since the last look."""

    def __init__(self, memory: Memory, connection: Any) -> None:
        """Begin to look.

        Args:
            memory: what is told.
            connection: one of its own that never writes: SQLite counts what other connections commit.
        """
        self._lock = Lock()
        self._connection = connection
        self._seen = -1
        memory.ask_before_each(self._unchanged)
        self._memory = memory

    def close(self) -> None:
        """Stop looking; the memory holds nothing from now on."""
        with self._lock:
            self._memory.ask_before_each(lambda: False)
            self._connection.close()

    def _unchanged(self) -> bool:
        with self._lock:
            now = int(self._connection.execute("PRAGMA data_version").fetchone()[0])
            before, self._seen = self._seen, now
            return before == now
