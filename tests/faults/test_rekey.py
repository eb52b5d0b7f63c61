"""A desk killed at any moment of a change of its key opens for everybody who is left, with all of its journal."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from sscard_desk.bootstrap import key_slots
from sscard_desk.domain.errors.operator import AccountUnknown
from sscard_desk.security.slots import Slots
from sscard_desk.store.opening import open_desk
from tests.faults.rekey_desk import CHEAP, ENTRIES, LEFT, LOGINS, make

pytestmark = [
    pytest.mark.real,
    pytest.mark.timeout(300),
    pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX"),
]
FIRST, RANDOM_KILLS, SEED = 1, 6, 20261126


def run(folder: Path, step: int) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "tests.faults.rekey_desk", str(folder), str(step)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def check(folder: Path) -> int:
    """Open the desk as each account that is left; return how many changes of key stand in the journal."""
    rekeyed = 0
    for login in LEFT:
        slots = Slots(folder, training=True, cost=CHEAP)
        opened = slots.unlock(login, login)
        store = open_desk(folder, opened.keys[0], opened.keys[1:])
        try:
            assert key_slots.follow(store, slots)
            found = store.verify()
            rekeyed = [line.kind for line in store.history(store.desk)].count("desk.rekeyed")
            assert (found.sound, found.entries) == (True, ENTRIES + 1)
            assert store.persons.count() == 5
            assert slots.unlock(login, login).keys == (store.key,)
        finally:
            store.close()
    with pytest.raises(AccountUnknown):
        Slots(folder, training=True, cost=CHEAP).unlock(LOGINS[2], LOGINS[2])
    return rekeyed


def test_a_kill_before_each_write_of_a_change_of_key_loses_nothing(tmp_path: Path) -> None:
    make(tmp_path / "whole")
    shutil.copytree(tmp_path / "whole", tmp_path / "through")
    with run(tmp_path / "through", 0) as through:
        steps = int(through.communicate(timeout=60)[0].split()[-1])
    assert steps > 8
    assert check(tmp_path / "through") == 1
    for step in range(FIRST, steps + 1):
        folder = tmp_path / f"step-{step}"
        shutil.copytree(tmp_path / "whole", folder)
        with run(folder, step) as killed:
            killed.communicate(timeout=60)
        assert killed.returncode == -signal.SIGKILL
        assert check(folder) == 1


def test_a_kill_at_any_moment_while_every_page_is_written_again_loses_nothing(tmp_path: Path) -> None:
    make(tmp_path / "whole", filler=20)
    random, hit = Random(SEED), 0
    for kill in range(RANDOM_KILLS):
        folder = tmp_path / f"kill-{kill}"
        shutil.copytree(tmp_path / "whole", folder)
        with run(folder, 0) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "begun\n"
            time.sleep(random.uniform(0.02, 0.5))
            process.kill()
        hit += process.returncode == -signal.SIGKILL
        assert check(folder) == 1
    assert hit
