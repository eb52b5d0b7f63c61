"""A real X screen without a monitor, with a window manager, and hands for it: Xvfb, openbox, xdotool."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

NEEDED = ("Xvfb", "openbox", "xdotool", "xwd")


@dataclass
class Screen:
    """One screen of 1366 x 768 at 100 %."""

    display: str

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def do(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, timeout=20, check=True
        )
        return done.stdout.strip()

    def window(self, title: str, seconds: float = 40.0) -> str:
        """Wait for a window by its title and return its id."""
        end = time.monotonic() + seconds
        while True:
            done = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--name", title],
                env=self.environment,
                capture_output=True,
                text=True,
                timeout=20,
                check=False,
            )
            if done.stdout.strip():
                return done.stdout.split()[0]
            assert time.monotonic() < end, f"no window named {title}"
            time.sleep(0.1)

    def picture(self) -> bytes:
        """Return the whole screen as xwd takes it."""
        done = subprocess.run(
            ["xwd", "-root", "-silent"], env=self.environment, capture_output=True, timeout=20, check=True
        )
        return done.stdout


@pytest.fixture(scope="session")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    with a_screen(Path(tmp_path_factory.mktemp("screen")) / "log") as made:
        yield made


@contextmanager
def a_screen(log: Path) -> Iterator[Screen]:
    """Give a screen; what its server says goes into a file."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    assert not missing, f"not installed: {missing}; `make test` brings them"
    read, write = os.pipe()
    with log.open("wb") as said:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
            pass_fds=(write,),
            stdout=said,
            stderr=said,
        )
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        assert number, log.read_text(encoding="utf-8", errors="replace")
        here = Screen(f":{number}")
        manager = subprocess.Popen(["openbox"], env=here.environment, stdout=said, stderr=said)
        try:
            yield here
        finally:
            for process in (manager, server):
                process.terminate()
                process.wait(10)
