"""A county's register goes to a desk on a stick: seconds and memory of either side as one JSON object.

`python -m tests.benchmarks.bench_stick_register [--persons 1000000]`. The centre that writes the stick and the desk
that reads it are processes of their own, so each says what its own work added; no limit is asserted.
"""

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from sscard_desk.central.centre import open_centre
from sscard_desk.central.imports import enter_persons
from sscard_desk.central.stick.answer import export_stick
from sscard_desk.store.opening import open_desk
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.stick.bring_in import bring_in
from tests.machines.counter import REGION, Counter, person
from tests.machines.stick_desk import KEY, enrolled_desk, take

DESK: Final = "D-0001"
_AT_ONCE: Final = 10_000


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=1_000_000)
    count = parser.parse_args(words).persons
    said: dict[str, object] = {"persons": count}
    with tempfile.TemporaryDirectory() as place:
        for step in (_set_up, _written, _read):
            said |= _in_a_process(step, Path(place), count)
    sys.stdout.write(json.dumps(said) + "\n")
    return 0


def _set_up(folder: Path, count: int) -> dict[str, object]:
    """The centre has the register, and the desk has said where it stands."""
    (folder / "stick").mkdir()
    with Counter(folder / "centre") as counter, enrolled_desk(counter, folder / "desk", DESK, 1) as desk:
        for first in range(0, count, _AT_ONCE):
            enter_persons(counter.open, REGION, [person(n) for n in range(first, min(first + _AT_ONCE, count))])
        take(counter.open, desk.export(folder / "stick"))
    return {}


def _written(folder: Path, _count: int) -> dict[str, object]:
    centre = open_centre(folder / "centre")
    before, begun = _peak_mb(), time.perf_counter()
    done = export_stick(centre, DESK, folder / "stick")
    seconds = time.perf_counter() - begun
    centre.close()
    size = sum(file.size for file in done.files)
    return {
        "stick_mb": round(size / 1e6, 1),
        "write_s": round(seconds, 1),
        "write_added_mb": round(_peak_mb() - before, 1),
    }


def _read(folder: Path, _count: int) -> dict[str, object]:
    store = open_desk(folder / "desk", KEY)
    identity = DeskIdentity.load(store, store.desk, training=store.training)
    before, begun = _peak_mb(), time.perf_counter()
    done = [bring_in(store, identity, path) for path in sorted((folder / "stick").glob("to-desk-*.stick"))]
    seconds, added = time.perf_counter() - begun, _peak_mb() - before
    here = store.persons.count()
    store.close()
    return {
        "read_s": round(seconds, 1),
        "read_added_mb": round(added, 1),
        "here": here,
        "up_to_date": done[-1].up_to_date,
    }


def _in_a_process(step: Callable[[Path, int], dict[str, object]], folder: Path, count: int) -> dict[str, object]:
    own, other = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_say, args=(step, folder, count, other))
    process.start()
    other.close()
    said: dict[str, object] = own.recv()
    process.join()
    return said


def _say(step: Callable[[Path, int], dict[str, object]], folder: Path, count: int, to: Connection) -> None:
    to.send(step(folder, count))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
