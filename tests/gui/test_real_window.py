"""The program as a person meets it: a real window on a real X screen, real keys, closed by the window manager."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sscard_desk.training.set_up import TrainingFolder, set_up
from tests.machines.screen import Screen, screen

__all__ = ["screen"]
pytestmark = pytest.mark.real


def until(fulfilled: Callable[[], bool], what: str, seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not fulfilled():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def colours(picture: bytes) -> int:
    """Return how many different pixels a sample of the screen has."""
    return len({picture[at : at + 4] for at in range(4096, len(picture) - 4, 404)})


@pytest.mark.timeout(180)
def test_the_training_counter_opens_takes_a_sign_in_by_keys_and_closes(screen: Screen, tmp_path: Path) -> None:
    folder = TrainingFolder(tmp_path / "desk")
    set_up(folder, lambda _word: None, count=200)
    program = subprocess.Popen(
        [sys.executable, "-m", "sscard_desk", "train"],
        env=screen.environment | {"SSCARD_DESK_HOME": str(folder.path), "LC_ALL": "C.UTF-8"},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        window = screen.window("社会保障卡服务台")
        screen.do("windowactivate", "--sync", window)
        until(lambda: colours(screen.picture()) > 20, "the sign-in page is not drawn")
        before = screen.picture()
        screen.do("type", "--window", window, "--delay", "30", "clerk")
        screen.do("key", "--window", window, "Return")
        screen.do("type", "--window", window, "--delay", "30", "training-clerk")
        screen.do("key", "--window", window, "Return")
        until(lambda: screen.picture() != before, "nothing happened after the sign-in")
        until(lambda: _opened(folder.path), "the store was not opened")
        screen.do("key", "alt+F4")
        assert program.wait(30) == 0
        assert program.stderr is not None
        said = program.stderr.read()
        assert "Traceback" not in said, said
    finally:
        if program.poll() is None:
            program.kill()
            program.wait()
        if program.stderr is not None:
            program.stderr.close()


def _opened(folder: Path) -> bool:
    """Return whether somebody has the database open: its journal lies beside it."""
    return any(folder.glob("*-wal"))
