"""asyncpg for threads: SQLAlchemy's dialect for it, whose calls wait for an event loop on a thread of its own.

The dialect that ships with SQLAlchemy waits inside coroutines only. Routes, command-line verbs and imports of the
centre are plain functions, so each call hands its coroutine to the loop and waits for the answer; all connections of a
database live on that one loop.
"""

import asyncio
from collections.abc import Coroutine
from threading import Thread
from typing import Any, TypeVar

import asyncpg
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.asyncpg import (
    AsyncAdapt_asyncpg_connection,
    AsyncAdapt_asyncpg_cursor,
    AsyncAdapt_asyncpg_dbapi,
    PGDialect_asyncpg,
)

DRIVER = "postgresql+waiting"

Result = TypeVar("Result")


class Loop:
    """An event loop on a thread."""

    def __init__(self) -> None:
        """Start it."""
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="asyncpg", daemon=True)
        self._thread.start()

    def wait(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run a coroutine there and return its result, or raise what it raises."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def terminate(self, connection: Any) -> None:
        """Drop an asyncpg connection without a goodbye."""
        self._loop.call_soon_threadsafe(connection.terminate)

    def close(self) -> None:
        """End the loop; its connections are closed before."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class _Cursor(AsyncAdapt_asyncpg_cursor):
    __slots__ = ()

    def execute(self, operation: Any, parameters: Any = None) -> None:
        self._adapt_connection.dbapi.loop.wait(self._prepare_and_execute(operation, parameters))

    def executemany(self, operation: Any, seq_of_parameters: Any) -> Any:
        return self._adapt_connection.dbapi.loop.wait(self._executemany(operation, seq_of_parameters))


class _Connection(AsyncAdapt_asyncpg_connection):
    __slots__ = ()
    _cursor_cls = _Cursor

    def ping(self) -> None:
        try:
            self.dbapi.loop.wait(self._async_ping())
        except Exception as error:  # noqa: BLE001 - translated into the errors of the database API
            self._handle_exception(error)

    def commit(self) -> None:
        if self._transaction is not None:
            self._end(self._transaction.commit)

    def rollback(self) -> None:
        if self._transaction is not None:
            self._end(self._transaction.rollback)

    def close(self) -> None:
        self.rollback()
        self.dbapi.loop.wait(self._connection.close())

    def terminate(self) -> None:
        self.dbapi.loop.terminate(self._connection)
        self._transaction = None

    def _end(self, how: Any) -> None:
        try:
            self.dbapi.loop.wait(self._call_and_discard(how))
        except Exception as error:  # noqa: BLE001 - translated into the errors of the database API
            self._handle_exception(error)


class WaitingAsyncpg(AsyncAdapt_asyncpg_dbapi):
    """asyncpg as a module of the database API (PEP 249) whose connections live on one loop."""

    def __init__(self, loop: Loop) -> None:
        """Wrap asyncpg.

        Args:
            loop: where every connection lives.
        """
        super().__init__(asyncpg)
        self.loop = loop

    def connect(self, *words: Any, **named: Any) -> _Connection:
        """Open a connection; words as `asyncpg.connect`.

        Raises:
            OSError: nobody listens there.
        """
        size = named.pop("prepared_statement_cache_size", 100)
        made = _Connection.create(self, asyncpg.connect(*words, **named), prepared_statement_cache_size=size)
        connection: _Connection = self.loop.wait(made)
        return connection


class WaitingDialect(PGDialect_asyncpg):
    """PostgreSQL over `WaitingAsyncpg`."""

    driver = "waiting"
    is_async = False
    supports_statement_cache = True

    def on_connect(self) -> None:
        """Set nothing up: the centre has neither JSON columns nor network addresses."""
        return


registry.register("postgresql.waiting", __name__, WaitingDialect.__name__)
