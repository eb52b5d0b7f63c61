"""A page that is half written in the file and whole in the write-ahead log is not damaged; any other is."""

from pathlib import Path

import pytest

from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.store.verify import verify
from tests.machines.counter import opened, subject

KEY, PAGE, HEAD, FRAME = bytes(range(32)), 4_096, 32, 24
ENTRIES = 40


def in_log(database: Path) -> set[int]:
    """Return the pages that the write-ahead log has (SQLite, file format, 4.1)."""
    log = database.with_name(database.name + "-wal").read_bytes()
    return {int.from_bytes(log[at : at + 4], "big") for at in range(HEAD, len(log), FRAME + PAGE)}


def tear(database: Path, page: int) -> None:
    """Leave a page as a kill in the middle of its writing would."""
    with database.open("r+b") as file:
        file.seek((page - 1) * PAGE + 2_000)
        file.write(bytes(2_096))


@pytest.mark.parametrize("logged", [True, False])
def test_only_a_page_that_nobody_has_whole_is_damaged(tmp_path: Path, logged: bool) -> None:
    folder = tmp_path / "desk"
    create_folder(folder, desk_id="D-0001", service_point="4201", desk_no=1, training=True, database_key=KEY)
    for running in (0, ENTRIES):
        store = open_desk(folder, KEY)
        for n in range(running, running + ENTRIES):
            with store.work("a" * 32) as work:
                work.record(opened(n), subject=subject())
        if not running:
            store.close()  # carries everything over
    try:
        database = next(path for path in folder.glob("*.db") if path.with_name(path.name + "-wal").exists())
        pages = set(range(2, database.stat().st_size // PAGE + 1))
        there = sorted(pages & in_log(database) if logged else pages - in_log(database))
        assert there
        tear(database, there[0])
        found = verify(store._engine, store.desk, store._folder)
        assert found.sound == logged
        assert bool(found.pages_damaged) != logged
        assert found.entries == 2 * ENTRIES or not logged
    finally:
        store.close()
