"""Window, sync agent and verbs of the command line write side by side; a disk that ends stops none of it for good."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sscard_desk.domain.numbers.application_number import parse_application_number
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import open_desk
from tests.store import _desk as a


def test_two_stores_on_one_folder_write_one_gapless_chain(desk: DeskStore, tmp_path: Path) -> None:
    beside = open_desk(tmp_path / "desk", a.KEY)
    try:
        with ThreadPoolExecutor(8) as pool:
            subjects = list(pool.map(a.begin, [desk, beside] * 20))
        found = desk.verify()
        assert (found.sound, found.entries) == (True, 40)
        numbers = [parse_application_number(beside.application(subject).number).running for subject in subjects]
        assert sorted(numbers) == list(range(1, 41))
    finally:
        beside.close()


@pytest.mark.skipif(sys.platform == "win32", reason="the limit on file size is a POSIX one")
def test_a_disk_that_ends_stops_the_act_and_nothing_that_was_kept(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    a.make_desk(folder).close()
    limit = (folder / "desk.db").stat().st_size + 60_000
    done = subprocess.run(
        [sys.executable, "-m", "tests.store._filling", str(folder), str(limit)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    code, kept, readable = done.stdout.split()
    assert code in ("E501", "E509")
    assert (int(kept) > 0, readable) == (True, "True")
    store = open_desk(folder, a.KEY)
    found = store.verify()
    assert (found.sound, found.entries, found.stray_files) == (True, int(kept), 0)
    a.begin(store)
    store.close()
