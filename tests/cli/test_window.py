"""The window as a verb: what it says where it cannot be shown."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCREENS = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}


def window(home: Path, *words: str, **screen: str) -> subprocess.CompletedProcess[str]:
    screenless = {name: value for name, value in os.environ.items() if name not in SCREENS}
    return subprocess.run(
        [sys.executable, "-m", "sscard_desk", *words, "--json"],
        env=screenless | {"SSCARD_DESK_HOME": str(home), "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"} | screen,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="a screen is always there")
@pytest.mark.parametrize("words", [("window",), ()])
def test_without_a_screen_it_ends_with_its_code_and_leaves_no_trace(words: tuple[str, ...], tmp_path: Path) -> None:
    done = window(tmp_path / "desk", *words)
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (1, "E159")
    assert done.stderr.strip().splitlines()[-1].startswith("E159 ")
    assert not (tmp_path / "desk").exists()


def test_a_folder_that_is_not_there_is_not_set_up(tmp_path: Path) -> None:
    done = window(tmp_path / "desk", "window", QT_QPA_PLATFORM="offscreen")
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (1, "E508")
