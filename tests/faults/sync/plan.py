"""Which cells a run has: a cell is one small world, broken some times, and kept as one line."""

from dataclasses import dataclass
from random import Random
from typing import Final

from tests.faults.sync.proxy import Turn

EMBEDDED: Final = "embedded"
POSTGRESQL: Final = "postgresql"
DESK, SERVER, WORKER, DATABASE, ONE_OF_TWO = "desk", "server", "worker", "database", "one-of-two"
MESSAGE, DESK_DISK, SERVER_DISK = "message", "disk-desk", "disk-server"
NOTHING, HALF = "nothing", "half"
"""How much of a message passes before the line breaks."""
TURNS: Final = "turns"
"""Asks a lane for the messages of a sync that nothing happens to."""
PAGES: Final = "pages"
"""Asks a lane how many pages of the disk such a sync needs, at one end."""
NO_DISK: Final = -1
"""A lane's answer where no small disk can be had."""


@dataclass(frozen=True)
class Kind:
    """One kind of fault.

    Attributes:
        rounds: how often in a whole run; 0 for as many as there are places.
        cell: rounds of one world.
        databases: what the worlds stand on, in turn.
    """

    rounds: int
    cell: int
    databases: tuple[str, ...]


KINDS: Final = {
    DESK: Kind(1_000, 25, (EMBEDDED, POSTGRESQL)),
    SERVER: Kind(1_000, 20, (EMBEDDED, POSTGRESQL)),
    WORKER: Kind(100, 20, (POSTGRESQL,)),
    DATABASE: Kind(100, 10, (POSTGRESQL,)),
    ONE_OF_TWO: Kind(100, 10, (POSTGRESQL,)),
    MESSAGE: Kind(0, 1, (EMBEDDED,)),
    DESK_DISK: Kind(0, 1, (EMBEDDED,)),
    SERVER_DISK: Kind(0, 1, (EMBEDDED,)),
}


def worlds(kind: str, rounds: int, seed: int) -> list[str]:
    """Return the cells of a kind that counts rounds, as words that a lane understands.

    Args:
        kind: a name of `KINDS`.
        rounds: how many in all.
        seed: of the run.
    """
    what = KINDS[kind]
    size = min(what.cell, -(-rounds // len(what.databases)))
    cells: list[str] = []
    chance = Random(f"{seed} {kind}")
    while rounds > 0:
        database = what.databases[len(cells) % len(what.databases)]
        cells.append(f"{kind} {database} {min(size, rounds)} {chance.randrange(1 << 30)}")
        rounds -= size
    return cells


def messages(turns: list[Turn], rounds: int, seed: int) -> list[str]:
    """Return a cell for each message of a sync, nothing or half of it through, mended at once or after a restart.

    Args:
        turns: of a sync that nothing happened to.
        rounds: how many of them; 0 for all.
        seed: which ones.
    """
    every = [
        f"{MESSAGE} {EMBEDDED} {number} {part} {int(stays)}"
        for number in range(1, len(turns) + 1)
        for part in (NOTHING, HALF)
        for stays in (False, True)
    ]
    return Random(f"{seed} {MESSAGE}").sample(every, min(rounds, len(every))) if rounds else every


def disks(kind: str, pages: int, rounds: int, seed: int) -> list[str]:
    """Return a cell for each number of pages that may be left on the disk.

    Args:
        kind: whose disk.
        pages: that a sync needs.
        rounds: how many of them; 0 for all.
        seed: which ones.
    """
    every = [f"{kind} {EMBEDDED} {left}" for left in range(-(-pages // 10) * 10)]
    return Random(f"{seed} {kind}").sample(every, min(rounds, len(every))) if rounds else every
