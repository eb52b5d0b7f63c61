"""Kill a program that restores a desk, reads a stick or brings a list in: nothing is lost, nothing twice, it goes on.

`python -m tests.faults.kill_ways --rounds 100 --seed 1 --json` prints one object: where each kill fell, and what was
not as it should be. The exit status is 1 if anything was.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Final

BEGUN: Final = "begun"
ENDED: Final = "ended"
MODULE: Final = "tests.faults.way_process"
LONGEST_S: Final = 120


@dataclass
class Found:
    """What became of the rounds of one way.

    Attributes:
        what: the way.
        took_s: how long it takes when nobody kills it, seconds.
        killed_s: for each kill, how long after its beginning it fell.
        too_late: how many kills fell after the end.
        wrong: what was not as it should be.
    """

    what: str
    took_s: float = 0.0
    killed_s: list[float] = field(default_factory=list)
    too_late: int = 0
    wrong: list[str] = field(default_factory=list)


def killed(found: Found, words: list[str], after_s: float) -> bool:
    """Run the program, kill it so long after it has begun; return whether it was still at work."""
    with _program(words) as running:
        _wait_for(running)
        time.sleep(after_s)
        running.kill()
        rest = running.communicate()[0].split()
    found.killed_s.append(round(after_s, 4))
    found.too_late += ENDED in rest
    return ENDED not in rest


def finished(found: Found, words: list[str]) -> float:
    """Run the program to its end; return how long it worked, seconds."""
    with _program(words) as running:
        _wait_for(running)
        begun = time.monotonic()
        ended = _wait_for(running, ENDED)
        took = time.monotonic() - begun
        running.communicate(timeout=LONGEST_S)
    if not ended:
        found.wrong.append(f"{words[0]} did not come to its end")
    return took


def _program(words: list[str]) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-m", MODULE, *words], stdout=subprocess.PIPE, text=True)


def _wait_for(running: "subprocess.Popen[str]", word: str = BEGUN) -> bool:
    """Wait until the program says a word; return whether it did before it ended."""
    assert running.stdout is not None
    return any(line.strip() == word for line in running.stdout)


def main() -> int:
    """Run from the command line."""
    from tests.faults import kill_list, kill_restore, kill_stick

    ways: dict[str, Callable[[Path, int, Random], Found]] = {
        "restore": kill_restore.run,
        "stick": kill_stick.run,
        "list": kill_list.run,
    }
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--way", choices=sorted(ways), action="append")
    parser.add_argument("--json", action="store_true")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        chosen = words.way or sorted(ways)
        found = [ways[name](Path(folder) / name, words.rounds, Random(words.seed)) for name in chosen]
    wrong = sorted({fault for one in found for fault in one.wrong})
    said = {"rounds": words.rounds, "wrong": wrong, "ways": [asdict(one) for one in found] if words.json else []}
    sys.stdout.write(json.dumps(said) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
