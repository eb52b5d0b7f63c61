"""A backlog over a line that the kernel narrows and drops: `python -m tests.faults.kernel_line` prints one JSON object.

The program starts itself again in a network namespace of its own, where `tc tbf` limits loopback for both directions
together, and `ip link set down` takes the line away every so often. TCP, TLS, server and the desk's agent with its own
waiting times are the real ones, and so is the time. Needs root, unshare, ip and tc; `missing` says what is not here.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sscard_desk.domain import events
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.state import SyncState
from sscard_desk.sync.worker import SyncAgent
from tests.faults.sync.acts import CLERK
from tests.faults.sync.findings import Found, compare, read_centre
from tests.faults.sync.look import look_at
from tests.faults.sync.point import NewPoints
from tests.machines.counter import bank_confirmed, opened, subject

EACH: Final = 2
PHOTO_BYTES: Final = 20_000
POLL_S: Final = 0.05
_INSIDE: Final = "--inside"
_BURST: Final = 3_200
"""Two packets; a wider bucket would let a first gust through unhindered."""


def missing() -> str:
    """Return what this machine lacks, empty if nothing."""
    tools = [name for name in ("unshare", "ip", "tc") if shutil.which(name) is None]
    if tools:
        return ", ".join(tools)
    tried = "ip link set lo up && tc qdisc add dev lo root tbf rate 1mbit burst 3200 latency 400ms"
    done = subprocess.run(["unshare", "-n", "sh", "-c", tried], capture_output=True, check=False)
    return "" if done.returncode == 0 else "a network namespace with tbf"


def outside(words: list[str]) -> dict[str, object]:
    """Run in a namespace of its own and return what came of it."""
    command = ["unshare", "-n", sys.executable, "-m", "tests.faults.kernel_line", _INSIDE, *words]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def inside(*, kbit: int, entries: int, photos: int, drop_every: float, drop_for: float) -> dict[str, object]:
    """Send a backlog over loopback as narrow as asked for, and hold both ends against each other.

    Args:
        kbit: of the line, per second, both directions together.
        entries: of the journal.
        photos: of 20 KB each.
        drop_every: seconds between two drops; 0 for none.
        drop_for: seconds that the line is away.
    """
    _run("ip", "link", "set", "lo", "up", "mtu", "1500")
    with NewPoints() as points:
        point = points.next()
        desk = point.desk(1)
        _backlog(desk, entries, photos)
        _run(
            "tc",
            "qdisc",
            "add",
            "dev",
            "lo",
            "root",
            "tbf",
            "rate",
            f"{kbit}kbit",
            "burst",
            f"{_BURST}",
            "latency",
            "3s",
        )
        before, begun = _carried(), time.monotonic()
        with _drops(drop_every, drop_for) as dropped:
            journal_s, photos_before, tries = _deliver(desk)
        seconds, carried = time.monotonic() - begun, _carried() - before
        _run("tc", "qdisc", "del", "dev", "lo", "root")
        found, look = Found(rounds=1), look_at(desk)
        compare(look, read_centre(points.centre, point.name, sorted(look.sent_blobs)), found, settled=True)
        desk.close()
    return {
        "kbit_per_s": kbit,
        "acknowledged": sum(kept.acknowledged for kept in look.journal),
        "photos": len(look.sent_blobs),
        "lost": found.lost,
        "twice": found.twice,
        "unequal": found.unequal,
        "wrong": found.wrong,
        "drops": len(dropped),
        "failed_passes": tries,
        "journal_seconds": round(journal_s, 1),
        "photos_before_the_journals_end": photos_before,
        "seconds": round(seconds, 1),
        "line_busy_seconds": round(carried * 8 / (kbit * 1000), 1),
    }


def _backlog(desk: DeskStore, entries: int, photos: int) -> None:
    for number in range(entries // EACH):
        application = subject()
        with desk.work(CLERK) as work:
            work.record(opened(number), subject=application)
            work.record(bank_confirmed(f"{number:05d}"), subject=application)
            if number < photos:
                photo = work.put_blob(os.urandom(PHOTO_BYTES))
                event = events.PhotoAttached(photo=photo, source="camera", size=PHOTO_BYTES)
                work.record(event, subject=application)


def _deliver(desk: DeskStore) -> tuple[float, int, int]:
    """Let the agent work until both sides are proved the same.

    Returns:
        Seconds until the journal was there, photos that were there by then, failed passes.
    """
    ended, failed, begun = threading.Event(), 0, time.monotonic()

    def hear(state: SyncState) -> None:
        nonlocal failed
        failed = max(failed, state.tries)
        if state.up_to_date:
            ended.set()

    photos = len(desk.pending_blobs(1_000_000))
    with HttpCentre(DeskIdentity.load(desk, desk.desk, training=True)) as line:
        agent = SyncAgent(desk, line, listener=hear)
        agent.start()
        while desk.unsent():
            time.sleep(POLL_S)
        journal_s, gone = time.monotonic() - begun, photos - len(desk.pending_blobs(1_000_000))
        ended.wait()
        agent.stop()
    return journal_s, gone, failed


@contextmanager
def _drops(every: float, away: float) -> Iterator[list[float]]:
    """Take the line away again and again; the list has when."""
    dropped: list[float] = []
    over = threading.Event()

    def drop() -> None:
        while not over.wait(every):
            dropped.append(time.monotonic())
            _run("ip", "link", "set", "lo", "down")
            over.wait(away)
            _run("ip", "link", "set", "lo", "up")

    thread = threading.Thread(target=drop)
    if every:
        thread.start()
    try:
        yield dropped
    finally:
        over.set()
        if every:
            thread.join()


def _carried() -> int:
    """Return how many bytes loopback carried, headers and what was sent again included."""
    line = next(line for line in Path("/proc/net/dev").read_text(encoding="ascii").splitlines() if "lo:" in line)
    return int(line.split(":")[1].split()[8])


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def main() -> int:
    """Run from the command line; 1 if something was lost, twice or unequal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(_INSIDE, action="store_true", help="is there already; for the program itself")
    parser.add_argument("--kbit", type=int, default=32)
    parser.add_argument("--entries", type=int, default=3_000)
    parser.add_argument("--photos", type=int, default=10)
    parser.add_argument("--drop-every", type=float, default=20.0)
    parser.add_argument("--drop-for", type=float, default=3.0)
    words = vars(parser.parse_args())
    found = inside(**words) if words.pop("inside") else outside(sys.argv[1:])
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    return 1 if found["wrong"] or found["lost"] or found["twice"] or found["unequal"] else 0


if __name__ == "__main__":
    sys.exit(main())
