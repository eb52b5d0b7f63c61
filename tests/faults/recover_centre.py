"""A centre on PostgreSQL is put back to random moments; whatever its desks hold has to be there again, once.

`python -m tests.faults.recover_centre --rounds 20 --seed 7` prints one JSON object: rounds, entries, how many of them
the copies lacked, how many of these are judged otherwise the second time (`turned`: two desks had changed one
application, and come in another order), and what was lost, twice or unequal at the end.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections import Counter as Tally
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import func, select

from sscard_desk.central.recovered import note_recovery
from sscard_desk.central.store import tables
from sscard_desk.domain.errors.operator import StepNotAllowed
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.store import journal
from sscard_desk.store import tables as desk_tables
from tests.machines.archived_postgres import ArchivedPostgres
from tests.machines.counter import Counter, bank_confirmed
from tests.machines.stick_desk import StickDesk, enrolled_desk, noise

DESKS = ("D-0001", "D-0002", "D-0003")
STEPS = 40
PASSES = 4


class Round:
    """One centre, three desks, and a moment in between to which it is put back."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.folder = folder
        self.keys: list[str] = []
        self.people = iter(range(900))
        self.found: Tally[str] = Tally()

    def run(self) -> Tally[str]:
        place = self.folder / "postgres"
        place.mkdir()
        for part in (self.folder, place):
            part.chmod(0o755)
        postgres = ArchivedPostgres(place)
        try:
            with ExitStack() as parts:
                counter = parts.enter_context(Counter(self.folder / "centre", address=postgres.address))
                desks = [
                    parts.enter_context(enrolled_desk(counter, self.folder / name, name, number))
                    for number, name in enumerate(DESKS, 1)
                ]
                self._go_through(counter, postgres, desks)
        finally:
            postgres.stop()
        return self.found

    def _go_through(self, counter: Counter, postgres: ArchivedPostgres, desks: list[StickDesk]) -> None:
        copied, noted = sorted(self.random.sample(range(STEPS - 1), 2))
        moment = ""
        for step in range(STEPS):
            if step == copied:
                postgres.back_up()
            if step == noted:
                moment = postgres.now()
            self._act(self.random.choice(desks))
        for desk in desks:
            desk.sync()
        before = self._there(counter)
        counter.stop()
        postgres.lose()
        postgres.put_back(moment)
        counter.start()
        self.found["lacking"] += before - self._there(counter)
        note_recovery(counter.open)
        self._act(desks[0], sync=False)
        for _ in range(PASSES):
            reports = [desk.sync(counter.url) for desk in self.random.sample(desks, len(desks))]
        self.found["unequal"] += sum(not report.proved for report in reports)
        for desk in desks:
            self._compare(counter, desk)

    def _act(self, desk: StickDesk, *, sync: bool = True) -> None:
        match self.random.randrange(5 if sync else 4):
            case 0 | 1:
                self.keys.append(desk.open_one(next(self.people)))
            case 2:
                self._go_on(desk, lambda key: desk.record(bank_confirmed(), key))
            case 3:
                self._go_on(desk, lambda key: desk.attach_photo(key, noise(self.random.randrange(1 << 30), 9_000)))
            case _:
                desk.sync()

    def _go_on(self, desk: StickDesk, act: Callable[[str], object]) -> None:
        known = [key for key in self.keys if desk.store.history(ApplicationId(key))]
        if known:
            try:
                act(self.random.choice(known))
            except StepNotAllowed:
                return

    def _there(self, counter: Counter) -> int:
        with counter.open.database.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(tables.entry)).scalar_one())

    def _compare(self, counter: Counter, desk: StickDesk) -> None:
        with desk.tables() as connection:
            own = [entry.hash for entry in journal.entries(connection)]
            had = set(connection.execute(select(desk_tables.receipt_before.c.seq)).scalars())
        aside = {seq for seq, _, _ in desk.store.set_aside()}
        self.found["turned"] += len(aside & had)
        self.found["unexplained"] += desk.store.unsent() - len(aside)
        with counter.open.database.reading() as connection:
            entry = tables.entry.c
            query = select(entry.seq, entry.hash).where(entry.desk == desk.store.desk)
            there = connection.execute(query).all()
        held = {row.hash for row in there}
        self.found["entries"] += len(own)
        self.found["lost"] += sum(each not in held for each in own)
        self.found["twice"] += len(there) - len({row.seq for row in there})
        self.found["blobs_missing"] += len(desk.store.pending_blobs(1_000)) + len(desk.store.wanted_blobs(1_000))


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(words)
    total: Tally[str] = Tally()
    for number in range(asked.rounds):
        folder = Path(tempfile.mkdtemp(prefix="sscard-recover-"))
        try:
            total += Round(folder, asked.seed * 1_000 + number).run()
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    names = ("entries", "lacking", "turned", "lost", "twice", "unequal", "unexplained", "blobs_missing")
    said = {"rounds": asked.rounds, "seed": asked.seed} | {name: total[name] for name in names}
    sys.stdout.write(json.dumps(said) + "\n")
    return int(any(said[name] for name in names[3:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
