"""One lane of the trials: a process that is given cells by name, one a line, and says what each came to."""

import argparse
import json
import logging
import sys
import traceback
from contextlib import ExitStack
from dataclasses import asdict

from tests.faults.sync import full_disk, killed
from tests.faults.sync.cut import CutLine
from tests.faults.sync.database import Database
from tests.faults.sync.findings import Found
from tests.faults.sync.full_disk import FullDisk
from tests.faults.sync.plan import (
    DATABASE,
    DESK,
    DESK_DISK,
    EMBEDDED,
    HALF,
    MESSAGE,
    NO_DISK,
    ONE_OF_TWO,
    PAGES,
    SERVER,
    SERVER_DISK,
    TURNS,
    WORKER,
)


class Lane:
    """What cells need and share: a PostgreSQL server, a line to cut; each made when it is asked for."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._parts = ExitStack()
        self._database: Database | None = None
        self._line: CutLine | None = None
        self._disks: dict[str, FullDisk] = {}

    def close(self) -> None:
        """End what was started."""
        self._parts.close()

    def database(self) -> Database:
        """Return the lane's own PostgreSQL server."""
        if self._database is None:
            self._database = self._parts.enter_context(Database())
        return self._database

    def line(self) -> CutLine:
        """Return the line to cut."""
        if self._line is None:
            self._line = self._parts.enter_context(CutLine(self._seed))
        return self._line

    def disk(self, kind: str) -> FullDisk:
        """Return the small disk of a kind."""
        if kind not in self._disks:
            where = full_disk.DESK if kind == DESK_DISK else full_disk.SERVER
            self._disks[kind] = self._parts.enter_context(FullDisk(where, self._seed))
        return self._disks[kind]

    def answer(self, word: str) -> object:
        """Answer one line: a cell, or a question about what there is to break."""
        if word == TURNS:
            return [(turn.answer, turn.size) for turn in self.line().undisturbed()]
        if word.startswith(PAGES):
            return self.disk(word.split()[1]).pages() if full_disk.may_mount() else NO_DISK
        return asdict(self.run(word))

    def run(self, cell: str) -> Found:
        """Run one cell; what breaks the trial itself is wrong too."""
        kind, database, *words = cell.split()
        try:
            if kind == MESSAGE:
                return self.line().cut(int(words[0]), half=words[1] == HALF, stays=words[2] == "1")
            if kind in {DESK_DISK, SERVER_DISK}:
                return self.disk(kind).trial(int(words[0]))
            rounds, seed = int(words[0]), int(words[1])
            if kind == DATABASE:
                return killed.database_stopped(self.database(), rounds, seed)
            address = "" if database == EMBEDDED else self.database().empty()
            trial = {
                DESK: killed.desks_killed,
                SERVER: killed.server_killed,
                WORKER: killed.worker_killed,
                ONE_OF_TWO: killed.one_of_two_killed,
            }[kind]
            return trial(address, rounds, seed)
        except Exception:  # noqa: BLE001 - whatever it is, it is told and the next cell runs
            return Found(wrong=[traceback.format_exc()])


def main() -> None:
    """Serve cells until the input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    logging.disable(logging.CRITICAL)
    lane = Lane(words.seed)
    try:
        for line in sys.stdin:
            said = lane.answer(line.strip())
            print(json.dumps(said, ensure_ascii=False), flush=True)  # noqa: T201 - what the run waits for
    finally:
        lane.close()


if __name__ == "__main__":
    main()
