"""asyncpg for threads: SQLAlchemy's dialect for it, whose calls run the connection's own event loop while they wait.

The dialect that ships with SQLAlchemy waits inside coroutines only. Routes, command-line verbs and imports of the
centre are plain functions, so each connection has a loop of its own, and whoever uses the connection runs it for the
length of a statement: no other thread has to wake up for it. A connection is one thread's at a time.
"""

import asyncio
import socket
from collections.abc import Coroutine, Iterable, Sequence
from typing import Any, Final, TypeVar, cast

import asyncpg
from sqlalchemy import Connection
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.asyncpg import (
    AsyncAdapt_asyncpg_connection,
    AsyncAdapt_asyncpg_cursor,
    AsyncAdapt_asyncpg_dbapi,
    PGDialect_asyncpg,
)
from sqlalchemy.exc import DBAPIError

DRIVER = "postgresql+waiting"
_CLOSING_TURNS = 3
"""A dropped transport says goodbye to its protocol in the loop's next turns."""

Result = TypeVar("Result")


class _Cursor(AsyncAdapt_asyncpg_cursor):
    __slots__ = ()
    _adapt_connection: "_Connection"

    def execute(self, operation: Any, parameters: Any = None) -> None:
        self._adapt_connection.wait(self._prepare_and_execute(operation, parameters))

    def executemany(self, operation: Any, seq_of_parameters: Any) -> Any:
        return self._adapt_connection.wait(self._executemany(operation, seq_of_parameters))


class _Connection(AsyncAdapt_asyncpg_connection):
    __slots__ = ("loop", "terse")
    _cursor_cls = _Cursor
    loop: asyncio.AbstractEventLoop
    terse: bool
    """Whether this connection may say that the server logs its failed statements without the values they met."""

    def wait(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run a coroutine of this connection and return its result, or raise what it raises."""
        return self.loop.run_until_complete(work)

    def copy_rows(self, table: str, columns: Sequence[str], records: Iterable[tuple[Any, ...]]) -> None:
        """Write rows by COPY inside the transaction: values are neither wrapped into arrays nor parsed as words."""
        self.wait(self._copy_rows(table, columns, records))

    async def _copy_rows(self, table: str, columns: Sequence[str], records: Iterable[tuple[Any, ...]]) -> None:
        async with self._execute_mutex:
            if self._transaction is None:
                await self._start_transaction()
            try:
                line: Any = self._connection
                await line.copy_records_to_table(table, columns=columns, records=records)
            except Exception as error:  # noqa: BLE001 - translated into the errors of the database API
                self._handle_exception(error)

    def ping(self) -> None:
        try:
            self.wait(self._async_ping())
        except Exception as error:  # noqa: BLE001 - translated into the errors of the database API
            self._handle_exception(error)

    def commit(self) -> None:
        if self._transaction is not None:
            self._end(self._transaction.commit)

    def rollback(self) -> None:
        if self._transaction is not None:
            self._end(self._transaction.rollback)

    def close(self) -> None:
        try:
            self.rollback()
            self.wait(self._connection.close())
        finally:
            self._drop()

    def terminate(self) -> None:
        self._drop()

    def _drop(self) -> None:
        """Drop the connection without a goodbye, and its loop with it."""
        self._transaction = None
        if not self.loop.is_closed():
            self._connection.terminate()
            for _ in range(_CLOSING_TURNS):
                self.wait(asyncio.sleep(0))
            self.loop.close()

    def _end(self, how: Any) -> None:
        try:
            self.wait(self._call_and_discard(how))
        except Exception as error:  # noqa: BLE001 - translated into the errors of the database API
            self._handle_exception(error)


class WaitingAsyncpg(AsyncAdapt_asyncpg_dbapi):
    """asyncpg as a module of the database API (PEP 249) whose connections run by themselves."""

    def __init__(self) -> None:
        """Wrap asyncpg."""
        super().__init__(asyncpg)

    def connect(self, *words: Any, **named: Any) -> _Connection:
        """Open a connection; words as `asyncpg.connect`.

        Raises:
            OSError: nobody listens there.
        """
        size = named.pop("prepared_statement_cache_size", 100)
        loop = asyncio.new_event_loop()
        try:
            made = _Connection.create(self, asyncpg.connect(*words, **named), prepared_statement_cache_size=size)
            connection: _Connection = loop.run_until_complete(made)
        except BaseException:
            loop.close()
            raise
        connection.loop = loop
        _widen(connection.driver_connection)
        connection.terse = loop.run_until_complete(_ask_for_terse_log(connection.driver_connection))
        return connection


def _widen(line: asyncpg.Connection) -> None:
    """Let a batch go to the server in one write; otherwise every 200 kB of it take a turn of the loop.

    The driver shows its transport in no public way; one that has none keeps what the system gives.
    """
    transport: asyncio.BaseTransport | None = getattr(line, "_transport", None)
    plain = transport.get_extra_info("socket") if transport is not None else None
    if plain is not None:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SENT_AT_ONCE)


_SENT_AT_ONCE: Final = 2_000_000
"""Bytes; the system may allow less."""


async def _ask_for_terse_log(line: asyncpg.Connection) -> bool:
    """Ask the server to log errors of this connection without DETAIL and CONTEXT, which name keys and rows.

    A server lets a role other than its superuser do so where `GRANT SET ON PARAMETER` says it (from PostgreSQL 15 on);
    whether it does is asked first, so that no refusal stands in its log.
    """
    if line.get_server_version() < _MAY_BE_GRANTED:
        return False
    return bool(await line.fetchval(_TERSE))


_MAY_BE_GRANTED: Final = (15,)
_TERSE: Final = """SELECT set_config('log_error_verbosity', 'terse', false) = 'terse'
 WHERE has_parameter_privilege('log_error_verbosity', 'SET')"""
_IS_TERSE: Final = """SELECT current_setting('log_error_verbosity') = 'terse'
 AND current_setting('log_destination') !~* 'csvlog|jsonlog'"""


class WaitingDialect(PGDialect_asyncpg):
    """PostgreSQL over `WaitingAsyncpg`."""

    driver = "waiting"
    is_async = False
    supports_statement_cache = True

    def on_connect(self) -> None:
        """Set nothing up: the centre has neither JSON columns nor network addresses."""
        return


def is_terse(connection: Connection) -> bool:
    """Return whether the server's log gets no values of a failed statement of a connection of this dialect.

    The server's lists in CSV and JSON have the values however terse its log is (PostgreSQL writes DETAIL into them
    always), and whoever runs it may begin such a list at any moment; what lies between may lead to another session of
    the server. So a connection that asked for a terse log asks each time whether it has one.
    """
    if not cast("_Connection", connection.connection.dbapi_connection).terse:
        return False
    return bool(connection.exec_driver_sql(_IS_TERSE).scalar_one())


def copy_rows(connection: Connection, table: str, columns: Sequence[str], records: Iterable[tuple[Any, ...]]) -> None:
    """Write rows by COPY in the transaction of a connection of this dialect.

    Raises:
        sqlalchemy.exc.DBAPIError: as `Connection.execute`; none of the rows is written.
    """
    line = cast("_Connection", connection.connection.dbapi_connection)
    try:
        line.copy_rows(table, columns, records)
    except line.dbapi.Error as failed:
        gone = line.driver_connection.is_closed()
        if gone:
            connection.invalidate(failed)
        raise DBAPIError.instance(
            f"COPY {table}",
            None,
            failed,
            line.dbapi.Error,
            hide_parameters=True,
            connection_invalidated=gone,
            dialect=connection.dialect,
        ) from failed


registry.register("postgresql.waiting", __name__, WaitingDialect.__name__)
