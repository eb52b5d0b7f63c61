"""A server that brings a register in, killed at random moments: a list is taken whole and told so, or not at all."""

from pathlib import Path
from random import Random
from typing import Final

from sscard_desk.central.admin.secrets import AUDIT, derived
from sscard_desk.central.centre import OpenCentre, init_centre, open_centre
from sscard_desk.central.imports import import_point
from sscard_desk.central.snapshots import current_snapshot
from sscard_desk.central.store import audit, feeds, operator_jobs
from sscard_desk.central.store.operator_jobs import DONE, RUNNING
from sscard_desk.wire.feed import persons_scope
from tests.faults.kill_ways import Found, finished, killed
from tests.machines.counter import POINT, REGION, person
from tests.machines.lists import register_row, written

ROWS: Final = 400
IMPORT: Final = "import.persons"


def run(place: Path, rounds: int, chance: Random) -> Found:
    """Bring a list with new rows in so many times; kill the server while it does, and bring it in again."""
    found = Found("list")
    place.mkdir(parents=True)
    folder = place / "centre"
    centre = init_centre(folder, training=True, name="示例中心")
    import_point(centre, POINT, "示例街道服务站", REGION)
    centre.close()
    there = 0
    for turn in range(rounds + 1):
        first = turn * ROWS
        table = written(place / f"{turn}.csv", [register_row(person(first + at)) for at in range(ROWS)])
        words = ["list", str(folder), str(table)]
        if turn == 0:
            found.took_s = finished(found, words)
        else:
            killed(found, words, chance.uniform(0, found.took_s))
            there = _look(folder, found, there)
            if there != (turn + 1) * ROWS:
                finished(found, words)
        there = _look(folder, found, there)
        if there != (turn + 1) * ROWS:
            found.wrong.append("a list is not there after it was brought in again")
    return found


def _look(folder: Path, found: Found, before: int) -> int:
    """Return how many persons are there; the lists that are told as taken are exactly those whose rows are there."""
    centre = open_centre(folder)
    try:
        with centre.database.reading() as connection:
            rows = len(feeds.ids_of(connection, persons_scope(REGION), "person"))
            jobs = operator_jobs.newest(connection, 10_000)
            acts = [act for act in audit.acts(connection, most=100_000) if act.act == IMPORT and act.outcome == "done"]
            broken = audit.verify(connection, derived(centre.keys, AUDIT))[2]
        taken = [job for job in jobs if job.state == DONE]
        if rows not in {before, before + ROWS}:
            found.wrong.append("a part of a list was taken")
        if sum(job.changed for job in taken) != rows:
            found.wrong.append("what is told as taken is not what is there")
        if len(acts) != len(taken) or broken is not None:
            found.wrong.append("the record of acts does not say what was taken")
        if any(job.state not in {DONE, *RUNNING} for job in jobs):
            found.wrong.append("a list that a killed server left is told as something else")
        _hold_snapshot(centre, found, rows)
        return rows
    finally:
        centre.close()


def _hold_snapshot(centre: OpenCentre, found: Found, rows: int) -> None:
    """A desk that begins now gets every person, by the file or by what follows on it."""
    made = current_snapshot(centre, persons_scope(REGION))
    with centre.database.reading() as connection:
        (head,) = feeds.heads(connection, [persons_scope(REGION)])
    if made is None or made.count + (head.head - made.position) < rows:
        found.wrong.append("a desk that begins now would not get everybody")
