"""`kill -9` in the middle of commits, again and again on the same folder: what was said to be kept is there."""

import subprocess
import sys
import time
from pathlib import Path
from random import Random

from sscard_desk.domain.ids import ApplicationId, BlobId
from sscard_desk.domain.steps import Step
from sscard_desk.store.opening import open_desk
from tests.store import _desk as a

ROUNDS = 4


def _killed_after(folder: Path, seconds: float, seed: int) -> list[str]:
    """Let a process commit, kill it, and return what it had said."""
    command = [sys.executable, "-m", "tests.store._committing", str(folder), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)
        process.kill()
        said = process.stdout.read()
    return said[: said.rfind("\n") + 1].splitlines()


def test_whatever_was_said_to_be_kept_is_there_after_kill_9(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    a.make_desk(folder).close()
    random = Random(20261122)
    said: list[str] = []
    for seed in range(ROUNDS):
        said += _killed_after(folder, random.uniform(0.02, 0.35), seed)
        store = open_desk(folder, a.KEY)
        try:
            found = store.verify()
            assert found.sound, found
            assert found.entries % 2 == 0, "half a transaction was kept"
            for line in said:
                what, subject, *rest = line.split()
                if what == "draft":
                    draft = store.draft(ApplicationId(subject))
                    assert draft is not None
                    assert draft.values["name"].startswith("某")
                else:
                    assert store.application(ApplicationId(subject)).step is Step.BANK_CONFIRMED
                    assert store.blob(BlobId(rest[0]))
            # and work goes on with the same folder
            a.begin(store)
            a.begin(store)
        finally:
            store.close()
    assert len([line for line in said if line.startswith("act")]) > ROUNDS
