"""One lane of the trials: a process that is given cells by name, one a line, and says what each came to."""

import argparse
import json
import logging
import sys
import traceback
from contextlib import ExitStack
from dataclasses import asdict

from tests.faults.sync import killed
from tests.faults.sync.cut import CutLine
from tests.faults.sync.database import Database
from tests.faults.sync.findings import Found
from tests.faults.sync.plan import DATABASE, DESK, EMBEDDED, HALF, MESSAGE, ONE_OF_TWO, SERVER, TURNS


class Lane:
    """What cells need and share: a PostgreSQL server, a line to cut; each made when it is asked for."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._parts = ExitStack()
        self._database: Database | None = None
        self._line: CutLine | None = None

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

    def run(self, cell: str) -> Found:
        """Run one cell; what breaks the trial itself is wrong too."""
        kind, database, *words = cell.split()
        try:
            if kind == MESSAGE:
                return self.line().cut(int(words[0]), half=words[1] == HALF, stays=words[2] == "1")
            rounds, seed = int(words[0]), int(words[1])
            if kind == DATABASE:
                return killed.database_stopped(self.database(), rounds, seed)
            address = "" if database == EMBEDDED else self.database().empty()
            trial = {
                DESK: killed.desks_killed,
                SERVER: killed.server_killed,
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
            cell = line.strip()
            said = (
                [(turn.answer, turn.size) for turn in lane.line().undisturbed()]
                if cell == TURNS
                else asdict(lane.run(cell))
            )
            print(json.dumps(said, ensure_ascii=False), flush=True)  # noqa: T201 - what the run waits for
    finally:
        lane.close()


if __name__ == "__main__":
    main()
