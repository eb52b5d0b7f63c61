"""The centre's database on PostgreSQL: many write at once, on several workers and machines.

Who writes takes the rows that others may change under a lock (`for_update`), in order of their keys, and a scope's
counter last. What two make at the same time is told apart by unique keys alone; the later one is done again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, TimeoutError  # noqa: A004 - SQLAlchemy's own
from sqlalchemy.pool import QueuePool

from sscard_desk.central.migrations import migrate, ours
from sscard_desk.central.store.asyncpg_line import DRIVER, WaitingAsyncpg
from sscard_desk.central.store.blob_sweep import sweep
from sscard_desk.central.store.bodies import OPTION
from sscard_desk.central.store.memory import Memory
from sscard_desk.central.store.news import NewsLine
from sscard_desk.central.store.pool import pool_in_use
from sscard_desk.central.store.rows import Met
from sscard_desk.central.store.transactions import News, Result
from sscard_desk.domain.errors.centre_database import DatabaseAddressWrong, DatabaseAway
from sscard_desk.domain.errors.store import DatabaseNewer

SCHEMES: Final = ("postgresql", "postgres")
ATTEMPTS: Final = 8
WAIT_SECONDS: Final = 10.0
"""How long a request waits for one of the connections."""
_AGAIN: Final = frozenset({"40001", "40P01"})
"""PostgreSQL's serialization_failure and deadlock_detected (appendix A of its manual)."""
_CLOSED: Final = ("08", "53", "57")
"""Classes of conditions in which nobody is served: connection, resources, operator intervention."""
_MIGRATING: Final = 0x55CA
"""Key of the advisory lock under which one worker at a time brings the tables up to date."""


class PostgresDatabase:
    """A database on a PostgreSQL server."""

    def __init__(self, address: str, connections: int = 8, folder: Path | None = None) -> None:
        """Connect and bring the tables up to date.

        Args:
            address: `postgresql://user@host:port/database`, or a socket folder as `?host=`. The password comes from
                `PGPASSWORD`, `PGPASSFILE` or `~/.pgpass` (PostgreSQL manual, 32.15 and 32.16).
            connections: the most that this process opens.
            folder: the centre's, in which it notes where its blobs are; None for a database without a centre.

        Raises:
            DatabaseAddressWrong: no such address, or one with a password in it.
            DatabaseAway: nobody answers there.
            DatabaseNewer: a newer program made it.
        """
        self._engine = create_engine(
            address_of(address).set(drivername=DRIVER),
            module=WaitingAsyncpg(),
            poolclass=QueuePool,
            pool_size=connections,
            max_overflow=0,
            pool_timeout=WAIT_SECONDS,
            pool_pre_ping=False,
            # what a failed statement was given may be somebody's name: it goes into no exception and no log
            hide_parameters=True,
            execution_options={OPTION: folder},
            isolation_level="READ COMMITTED",
        )
        try:
            with self.writing() as connection:
                _migrate(connection)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Begin a transaction that sees one moment and writes nothing."""
        with _reached(), self._engine.connect() as connection:
            still = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with still.begin():
                yield still

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Begin a transaction that commits durably when the block ends without an exception."""
        with _reached(), self._engine.connect() as connection, connection.begin():
            yield connection

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Do work in a writing transaction, again where it met somebody else's."""
        for _ in range(ATTEMPTS):
            try:
                with self.writing() as connection:
                    return work(connection)
            except (IntegrityError, Met):
                continue
            except DBAPIError as failed:
                if _state(failed) not in _AGAIN:
                    raise
        raise DatabaseAway

    def news_for(self, memory: Memory) -> News:
        """Begin to tell a memory what anybody commits; over a connection of its own beside the others."""
        return NewsLine(memory, dict(self._engine.dialect.create_connect_args(self._engine.url)[1]))

    def in_use(self) -> int:
        """Return how many connections somebody holds now."""
        return pool_in_use(self._engine)

    def forget_freed(self) -> None:
        """Remove files that are to go; old row versions go with the server's own vacuum, its log with the archive."""
        sweep(self)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _migrate(connection: Connection) -> None:
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock($1)", (_MIGRATING,))
    found = migrate(connection)
    if found > ours():
        raise DatabaseNewer(found=found, ours=ours())


def address_of(text: str) -> URL:
    """Return the address of a database.

    Raises:
        DatabaseAddressWrong: it is none, or has a password in it.
    """
    try:
        address = make_url(text)
    except ArgumentError as wrong:
        raise DatabaseAddressWrong from wrong
    if address.drivername not in SCHEMES or address.password is not None or "password" in address.query:
        raise DatabaseAddressWrong
    return address


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except (OSError, TimeoutError) as unreachable:
        # the second: every connection was busy for as long as a request may wait
        raise DatabaseAway from unreachable
    except DBAPIError as failed:
        if failed.connection_invalidated or _state(failed)[:2] in _CLOSED:
            raise DatabaseAway from failed
        raise


def _state(failed: DBAPIError) -> str:
    return str(getattr(failed.orig, "sqlstate", None) or "")
