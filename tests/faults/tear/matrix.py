"""The whole matrix: every command x how much was stored x what broke, each ending verified or spoiled.

`python -m tests.faults.tear.matrix` prints one JSON object and exits with 1 if a cell is wrong. Ends are kept in
`--state` as they come, so that a run that was stopped goes on where it stopped; once complete, or after the code of the
card was changed, the next one begins anew. `--sample N --seed S` takes N cells.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from random import Random
from typing import Any

from sscard_desk.resources import root
from tests.faults.tear.cell import Ended, cells

LANES = 4
UNDISTURBED = "0"


class _Lane:
    """A lane's process."""

    def __init__(self, *, central: bool) -> None:
        command = [sys.executable, "-m", "tests.faults.tear.lane", *(["--central"] if central else [])]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def tear(self, name: str) -> Ended:
        """Run one cell.

        Raises:
            RuntimeError: the lane itself broke; what it printed says why.
        """
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError(name)
        self._process.stdin.write(name + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(name)
        return Ended(**json.loads(line))

    def close(self) -> None:
        """End it."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


def run(lanes: int, state: Path | None, sample: int, seed: int, *, central: bool = False) -> dict[str, Any]:
    """Tear cards and return what became of them.

    Args:
        lanes: how many at once.
        state: keeps the ends between runs; None keeps none.
        sample: how many cells, 0 for all.
        seed: which ones.
        central: whether a real centre holds the card keys; its limits allow a sample.
    """
    begun = time.monotonic()
    workers = [_Lane(central=central) for _ in range(lanes)]
    try:
        undisturbed = workers[0].tear(UNDISTURBED)
        if undisturbed.end != "verified":
            raise RuntimeError(undisturbed.note)
        wanted = [each.name for each in cells(undisturbed.apdus)]
        if sample:
            wanted = Random(seed).sample(wanted, sample)
        ends = _kept(state, wanted) if state else {}
        _work(workers, [name for name in wanted if name not in ends], ends, state)
    finally:
        for worker in workers:
            worker.close()
    return _report(undisturbed.apdus, [ends[name] for name in wanted if name in ends], time.monotonic() - begun)


def _kept(state: Path, wanted: Sequence[str]) -> dict[str, Ended]:
    """Return the ends of a run of this very code that was stopped, and begin the file anew where there is none."""
    lines = state.read_text(encoding="utf-8").splitlines() if state.exists() else []
    ends: dict[str, Ended] = {}
    if lines and lines[0] == _code():
        found = [Ended(**json.loads(line)) for line in lines[1:] if line.endswith("}")]
        ends = {end.cell: end for end in found if end.cell in wanted}
    if not ends or len(ends) == len(wanted):
        state.write_text(_code() + "\n", encoding="utf-8")
        return {}
    return ends


def _code() -> str:
    """Return a digest of everything that a card's end depends on."""
    covered = hashlib.sha256()
    for pattern in ("cards/*.py", "devices/card_reader/*.py", "usecases/*card*.py", "store/*.py"):
        for path in sorted((root() / "sscard_desk").glob(pattern)):
            covered.update(path.read_bytes())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        covered.update(path.read_bytes())
    return covered.hexdigest()


def _work(workers: Sequence[_Lane], todo: Sequence[str], ends: dict[str, Ended], state: Path | None) -> None:
    queue: SimpleQueue[str] = SimpleQueue()
    for name in todo:
        queue.put(name)
    keeping = threading.Lock()

    def serve(worker: _Lane) -> None:
        while True:
            try:
                name = queue.get_nowait()
            except Empty:
                return
            end = worker.tear(name)
            with keeping:
                ends[name] = end
                if state is not None:
                    with state.open("a", encoding="utf-8") as file:
                        file.write(json.dumps(vars(end)) + "\n")

    threads = [threading.Thread(target=serve, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _report(apdus: int, ends: Sequence[Ended], seconds: float) -> dict[str, object]:
    return {
        "apdus": apdus,
        "cells": len(ends),
        "verified": sum(end.end == "verified" for end in ends),
        "spoiled": sum(end.end == "spoiled" for end in ends),
        "wrong": [vars(end) for end in ends if end.end == "wrong"],
        "stock_exact": all(end.stock_exact for end in ends),
        "tries": sum(end.tries for end in ends),
        "longest_cell_s": max((end.seconds for end in ends), default=0.0),
        "seconds": round(seconds, 1),
    }


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lanes", type=int, default=LANES)
    parser.add_argument("--state", type=Path)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--central", action="store_true", help="a real centre holds the card keys")
    words = parser.parse_args()
    found = run(words.lanes, words.state, words.sample, words.seed, central=words.central)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    return 1 if found["wrong"] or not found["stock_exact"] else 0


if __name__ == "__main__":
    sys.exit(main())
