"""A training counter whose verbs are run as programs of their own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.cli.said import Said
from tests.cli.shapes import differs, shapes

PERSONS = 300
"""So many stand in its register."""


@dataclass
class Desk:
    """A training counter with its simulated parts and its centre."""

    folder: Path

    def call(self, *words: str, password: str = "") -> tuple[int, Said, str]:
        done = subprocess.run(
            [sys.executable, "-m", "sscard_desk", *words, "--json"],
            input=password + "\n",
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=os.environ | {"SSCARD_DESK_HOME": str(self.folder), "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
            timeout=60,
            check=False,
        )
        lines = done.stdout.strip().splitlines()
        assert len(lines) == 1, done.stderr
        return done.returncode, json.loads(lines[0]), done.stderr

    def as_clerk(self, *words: str) -> tuple[int, Said, str]:
        return self.call(*words, "--account", "clerk", "--password-fd", "0", password="training-clerk")


def check(verb: str, result: tuple[int, Said, str]) -> Said:
    status, said, stderr = result
    assert status == 0, stderr
    assert differs(said, shapes()[verb]) == []
    return said
