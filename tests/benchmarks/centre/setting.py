"""A centre on PostgreSQL as a process of its own, and desks that are enrolled at it."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.central.centre import init_centre, open_centre
from sscard_desk.central.imports import import_point
from sscard_desk.central.issuing import issue
from sscard_desk.central.store.desks import DeskState
from sscard_desk.central.store.rows import insert_rows
from sscard_desk.central.store.tables import desk as desks
from sscard_desk.sync.certificate import certificate_request, new_key
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.wire.entry import GENESIS
from tests.machines.counter import POINT, REGION
from tests.machines.postgres import PostgresServer, postgres_server

_RUN_A_WHILE: Final = (
    "ALTER SYSTEM SET min_wal_size = '1GB'",
    "SELECT pg_reload_conf()",
    "CREATE TABLE before (said text)",
    "ALTER TABLE before ALTER said SET STORAGE EXTERNAL",
    "INSERT INTO before SELECT repeat(md5(n::text), 32768) FROM generate_series(1, 700) n",
    "DROP TABLE before",
    "CHECKPOINT",
)
"""Seven hundred megabytes of log; they stay as files to be written again."""


@dataclass
class Setting:
    """A centre that serves; `address` is its database's, for what is filled in beside it."""

    folder: Path
    address: str
    server: PostgresServer
    url: str = ""
    process: psutil.Process | None = None

    def enrol(self, names: Sequence[str], point: str = POINT) -> list[DeskIdentity]:
        """Enter desks straight into the tables, each with a key of its own and a certificate of the authority."""
        centre = open_centre(self.folder, self.address)
        keys = {name: Ed25519PrivateKey.generate() for name in names}
        rows = [
            {
                "id": name,
                "point": point,
                "public_key": key.public_key().public_bytes_raw(),
                "state": DeskState.ENROLLED.value,
                "enrolled_ms": 0,
                "head_seq": 0,
                "head_hash": GENESIS,
            }
            for name, key in keys.items()
        ]
        shown = {name: new_key() for name in names}
        with centre.database.writing() as connection:
            insert_rows(connection, desks, rows)
            given = {name: issue(centre, connection, name, certificate_request(key)) for name, key in shown.items()}
        receipt_key, authority = centre.keys.receipt_key, centre.keys.believed
        centre.close()
        return [
            DeskIdentity(
                name, True, key.private_bytes_raw(), authority, self.url, receipt_key, shown[name], given[name]
            )
            for name, key in keys.items()
        ]

    def points(self, names: Sequence[str]) -> None:
        """Enter service points."""
        centre = open_centre(self.folder, self.address)
        for name in names:
            import_point(centre, name, "bench", REGION)
        centre.close()

    def processes(self) -> list[psutil.Process]:
        """Return the serving process and its workers."""
        assert self.process is not None
        return [self.process, *self.process.children(recursive=True)]

    def cpu_seconds(self) -> float:
        """Return what they used of processors so far, seconds."""
        times = [process.cpu_times() for process in self.processes()]
        return sum(each.user + each.system for each in times)

    def memory_mb(self) -> float:
        """Return what they hold of memory, megabytes; what is shared is parted among those that share it."""
        return sum(process.memory_full_info().pss for process in self.processes()) / 1e6


@contextmanager
def made_centre() -> Iterator[Setting]:
    """Make a centre on a PostgreSQL of its own that writes through to the disk; everything goes with it.

    The server has run for a while: it writes its log into files that it has written before. A new one makes each file
    first, which costs a fifth of a push in its first minute and never again.
    """
    with postgres_server() as server, tempfile.TemporaryDirectory() as name:
        server.say(*_RUN_A_WHILE, "ALTER SYSTEM SET fsync = on", "SELECT pg_reload_conf()")
        yield new_centre(server, Path(name) / "centre")


def new_centre(server: PostgresServer, folder: Path) -> Setting:
    """Make an empty centre in a database of its own."""
    address = server.database()
    centre = init_centre(folder, training=True, name="bench", address=address)
    import_point(centre, POINT, "bench", REGION)
    centre.close()
    return Setting(folder, address, server)


@contextmanager
def serving(setting: Setting, workers: int = 1) -> Iterator[Setting]:
    """Serve it until the block ends."""
    command = [sys.executable, "-m", "sscard_desk", "central", "serve", "--folder", str(setting.folder)]
    if workers > 1:
        command += ["--workers", str(workers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            setting.url = json.loads(process.stdout.readline())["url"]
            setting.process = psutil.Process(process.pid)
            yield setting
        finally:
            process.terminate()
            process.wait()
