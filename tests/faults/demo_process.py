"""One run of the demo as a process of its own, whose words say where it is."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Final

from sscard_desk.training.demo_steps import ANSWERS

LONGEST_S: Final = 110.0
GONE_S: Final = 20.0
MOST_SAID: Final = 6000


class DemoProcess:
    """Runs the demo; a thread hears its words.

    Attributes:
        step: what it is doing: the word of the set-up heard last, or the step begun last.
        typed: fields typed in this run, with the time of each.
        left_behind: process ids that were still there long after the demo had ended.
    """

    def __init__(self, folder: Path, out: Path, persons: int) -> None:
        self.step = "begin"
        self.typed: dict[str, float] = {}
        self.left_behind: list[int] = []
        self._ended_at = 0.0
        self._lines: list[str] = []
        self._heard = threading.Condition()
        self._words = {"begin"}
        self._begun = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sscard_desk", "demo", "--out", str(out), "--persons", str(persons), "--json"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"SSCARD_DESK_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._said = ""
        self._readers = [threading.Thread(target=work, daemon=True) for work in (self._listen, self._collect)]
        for reader in self._readers:
            reader.start()

    @property
    def status(self) -> int | None:
        """Its exit status."""
        return self._process.poll()

    @property
    def last_words(self) -> str:
        """What it said besides its words, from the end."""
        return "".join(line for line in self._lines if not line.startswith("demo: "))[-MOST_SAID:]

    def wait_for(self, words: frozenset[str], delay_s: float) -> bool:
        """Wait for the first of some words and some time more; return whether the demo ended before."""
        end = self._begun + LONGEST_S
        with self._heard:
            while not self._words & words and self.status is None and time.monotonic() < end:
                self._heard.wait(0.1)
        try:
            self._process.wait(delay_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> float:
        """Kill it with SIGKILL and return how long it ran, in seconds; its parts have to end by themselves."""
        step = self.step
        self._process.kill()
        self._ended_at = time.monotonic()
        self.step = step
        self._end()
        return self._ended_at - self._begun

    def wait(self) -> None:
        """Wait for its end; doing so twice is no trouble."""
        if self._ended_at:
            return
        try:
            self._process.wait(LONGEST_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._ended_at = time.monotonic()
        self._end()

    def report(self) -> dict[str, Any]:
        """Return what it printed."""
        found: dict[str, Any] = json.loads(self._said.strip().splitlines()[-1])
        return found

    def typed_ages(self) -> list[tuple[str, str, float]]:
        """Return each field typed in this run, its text, and how long before the end it was typed, in seconds."""
        return [(name, ANSWERS[name], self._ended_at - when) for name, when in self.typed.items()]

    def _end(self) -> None:
        self._process.wait()
        for reader in self._readers:
            reader.join(GONE_S)
        end = time.monotonic() + GONE_S
        while (left := _members(self._process.pid)) and time.monotonic() < end:
            time.sleep(0.05)
        self.left_behind = left
        for process_id in left:
            os.kill(process_id, signal.SIGKILL)
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()

    def _listen(self) -> None:
        if self._process.stderr is None:
            raise AssertionError
        for line in self._process.stderr:
            self._lines.append(line)
            if not line.startswith("demo: "):
                continue
            word = line.removeprefix("demo: ").strip()
            with self._heard:
                self._words.add(word)
                kind, _, name = word.rpartition(" ")
                if kind == "typed":
                    self.typed[name] = time.monotonic()
                elif kind == "at":
                    self.step = name
                elif word in {"accounts", "centre", "desk", "devices"}:
                    self.step = word
                self._heard.notify_all()

    def _collect(self) -> None:
        if self._process.stdout is None:
            raise AssertionError
        self._said = self._process.stdout.read()


def _members(session: int) -> list[int]:
    """Return the living processes of a session."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            fields = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(entry.name))
    return found
