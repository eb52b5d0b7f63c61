"""All faults of a sync: `python -m tests.faults.sync.run --state FILE` prints one JSON object; 1 if something is wrong.

What each cell came to is kept in the state as it comes, so that a run that was stopped goes on where it stopped; once
complete, or after the code of sync, store or centre was changed, the next one begins anew. `--only KIND` runs one kind,
`--rounds N` so many of each, `--seed S` other ones. `--seconds N` begins no cell after that time and leaves the rest to
the next run.
"""

import argparse
import hashlib
import json
import math
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from sscard_desk.resources import root
from tests.faults.sync.findings import Found
from tests.faults.sync.plan import DESK_DISK, KINDS, MESSAGE, PAGES, SERVER_DISK, TURNS, disks, messages, worlds
from tests.faults.sync.proxy import Turn

LANES = 2
_COVERED = ("sync/**/*.py", "store/**/*.py", "central/**/*.py", "central/**/*.sql", "wire/*.py")


class LaneBroke(Exception):
    """A lane ended by itself; what it printed says why."""


class _Lane:
    def __init__(self, seed: int) -> None:
        command = [sys.executable, "-W", "ignore", "-m", "tests.faults.sync.lane", "--seed", str(seed)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, cell: str) -> object:
        if self._process.stdin is None or self._process.stdout is None:
            raise LaneBroke(cell)
        self._process.stdin.write(cell + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise LaneBroke(cell)
        return json.loads(line)

    def close(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


def run(
    state: Path | None,
    *,
    only: Sequence[str] = (),
    rounds: int = 0,
    seed: int = 1,
    lanes: int = LANES,
    seconds: float = math.inf,
) -> dict[str, Any]:
    """Run what is still to be done and return what all of it came to.

    Args:
        state: keeps cells between runs; None keeps none.
        only: kinds to run; all of them otherwise.
        rounds: of each kind; 0 for as many as a whole run has.
        seed: which moments and which places.
        lanes: how many at once.
        seconds: no cell begins after so many.
    """
    begun = time.monotonic()
    running = [_Lane(seed) for _ in range(lanes)]
    try:
        wanted = _wanted(running[0], only or list(KINDS), rounds, seed)
        ends = _kept(state, wanted) if state else {}
        resumed = len(ends)
        _work(running, [cell for cell in wanted if cell not in ends], ends, state, begun + seconds)
    finally:
        for lane in running:
            lane.close()
    skipped = sorted(set(only or KINDS) - {cell.split()[0] for cell in wanted})
    left = sum(cell not in ends for cell in wanted)
    took = round(time.monotonic() - begun, 1)
    return _report(ends, wanted) | {"cells_before": resumed, "cells_left": left, "skipped": skipped, "seconds": took}


def _wanted(lane: _Lane, kinds: Sequence[str], rounds: int, seed: int) -> list[str]:
    wanted: list[str] = []
    for kind in kinds:
        if kind == MESSAGE:
            turns = [Turn(*each) for each in lane.ask(TURNS)]  # type: ignore[attr-defined]  # a list, as the lane says it
            wanted += messages(turns, rounds, seed)
        elif kind in {DESK_DISK, SERVER_DISK}:
            pages = lane.ask(f"{PAGES} {kind}")
            wanted += disks(kind, int(pages), rounds, seed)  # type: ignore[call-overload]  # a number, as the lane says it
        else:
            wanted += worlds(kind, rounds or KINDS[kind].rounds, seed)
    return wanted


def _kept(state: Path, wanted: Sequence[str]) -> dict[str, Found]:
    """Return the cells of a run of this very code that was stopped, and begin the file anew where there is none."""
    lines = state.read_text(encoding="utf-8").splitlines() if state.exists() else []
    ends: dict[str, Found] = {}
    if lines and lines[0] == code():
        lines = [lines[0], *(line for line in lines[1:] if line.endswith("}"))]  # the last one may be half of one
        found = [json.loads(line) for line in lines[1:]]
        ends = {each.pop("cell"): Found(**each) for each in found}
        ends = {cell: end for cell, end in ends.items() if cell in wanted}
    if not ends or len(ends) == len(wanted):
        state.write_text(code() + "\n", encoding="utf-8")
        return {}
    state.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ends


def code() -> str:
    """Return a digest of everything that the end of a cell depends on."""
    covered = hashlib.sha256()
    for pattern in _COVERED:
        for path in sorted((root() / "sscard_desk").glob(pattern)):
            covered.update(path.read_bytes())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        covered.update(path.read_bytes())
    return covered.hexdigest()


def _work(
    running: Sequence[_Lane], todo: Sequence[str], ends: dict[str, Found], state: Path | None, until: float
) -> None:
    queue: SimpleQueue[str] = SimpleQueue()
    for cell in todo:
        queue.put(cell)
    keeping = threading.Lock()

    def serve(lane: _Lane) -> None:
        while time.monotonic() < until:
            try:
                cell = queue.get_nowait()
            except Empty:
                return
            said = lane.ask(cell)
            with keeping:
                ends[cell] = Found(**said)  # type: ignore[arg-type]  # a map, as the lane says it
                if state is not None:
                    with state.open("a", encoding="utf-8") as file:
                        file.write(json.dumps({"cell": cell} | vars(ends[cell]), ensure_ascii=False) + "\n")

    threads = [threading.Thread(target=serve, args=(lane,)) for lane in running]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _report(ends: Mapping[str, Found], wanted: Sequence[str]) -> dict[str, object]:
    kinds: dict[str, dict[str, int]] = {}
    wrong: list[str] = []
    for cell in wanted:
        end = ends.get(cell)
        if end is None:
            continue
        sums = kinds.setdefault(
            cell.split()[0], dict.fromkeys(("rounds", "acknowledged", "lost", "twice", "unequal"), 0)
        )
        for name in sums:
            sums[name] += getattr(end, name)
        wrong += [f"{cell}: {what}" for what in end.wrong]
    total = {
        name: sum(sums[name] for sums in kinds.values())
        for name in ("rounds", "acknowledged", "lost", "twice", "unequal")
    }
    return {**total, "kinds": kinds, "wrong": wrong}


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--state", type=Path)
    parser.add_argument("--only", action="append", default=[], choices=list(KINDS))
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lanes", type=int, default=LANES)
    parser.add_argument("--seconds", type=float, default=math.inf)
    words = parser.parse_args()
    found = run(
        words.state, only=words.only, rounds=words.rounds, seed=words.seed, lanes=words.lanes, seconds=words.seconds
    )
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    return 1 if found["wrong"] or found["lost"] or found["twice"] or found["unequal"] else 0


if __name__ == "__main__":
    sys.exit(main())
