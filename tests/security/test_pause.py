"""Wrong passwords are counted, however many programs try at once."""

import subprocess
import sys
from pathlib import Path

import msgspec

from sscard_desk.security.pause import FREE_TRIES, Pause, Tries

TRY = """
import sys
from contextlib import suppress
from pathlib import Path
from sscard_desk.domain.errors.operator import AccountPaused
from sscard_desk.security.pause import Pause
pause = Pause(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for account in sys.argv[2:]:
    with suppress(AccountPaused):
        pause.begin(account)
        print("tried", flush=True)
"""


def at_once(path: Path, *accounts: list[str]) -> int:
    """Let one process for each list try at the same time; return how many tries were allowed."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", TRY, str(path), *names], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for names in accounts
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return sum(words.count("tried") for words in said)


def test_parallel_programs_get_no_more_tries_than_one(tmp_path: Path) -> None:
    assert at_once(tmp_path / "tries", *[["a"] * 5] * 4) == FREE_TRIES


def test_no_try_of_another_account_is_lost(tmp_path: Path) -> None:
    names = [[f"{process}-{n}" for n in range(15)] for process in range(4)]
    assert at_once(tmp_path / "tries", *names) == 60
    kept = msgspec.json.decode((tmp_path / "tries").read_bytes(), type=dict[str, Tries])
    assert {name: tries.wrong for name, tries in kept.items()} == {name: 1 for each in names for name in each}


def test_the_lock_is_free_again_after_a_try_and_after_a_refusal(tmp_path: Path) -> None:
    pause = Pause(tmp_path / "tries")
    assert at_once(tmp_path / "tries", ["a"] * 9) == FREE_TRIES
    assert pause.begin("b") == FREE_TRIES - 1
    pause.clear("a")
    assert pause.begin("a") == FREE_TRIES - 1
