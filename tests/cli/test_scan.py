"""`scan` and `simulate scanner`, run as programs of their own without data folder and sign-in."""

import hashlib
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.training.stations import Station, station
from tests.cli.said import Said

from .shapes import differs, error_shape, shapes


@pytest.fixture(scope="module")
def scanner() -> Iterator[str]:
    words = ("simulate", "scanner", "--seconds", "0.1", "--feeder", "register_1", "register_2")
    with station(*words) as running:
        yield reached(running)


def reached(running: Station) -> str:
    said = running.reached()
    assert differs(said, shapes()["simulate scanner"]) == []
    return said["escl"]


def call(*words: str) -> tuple[int, Said]:
    done = subprocess.run(
        [sys.executable, "-m", "sscard_desk", "scan", *words, "--json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"SSCARD_DESK_HOME": "/nowhere", "PYTHONUTF8": "1"},
        timeout=60,
        check=False,
    )
    return done.returncode, json.loads(done.stdout)


def test_both_sides_of_a_card_and_then_a_pile(scanner: str, tmp_path: Path) -> None:
    out = tmp_path / "card.pdf"
    status, said = call(
        "--device", scanner, "--kind", "id_card", "--source", "glass", "--sides", "2", "--out", str(out)
    )
    assert status == 0
    assert differs(said, shapes()["scan"]) == []
    assert hashlib.sha256(out.read_bytes()).hexdigest() == said["sha256"]
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert [page["width_mm"] for page in said["pages"]] == [85.6, 85.6]
    status, said = call("--device", scanner, "--source", "both_sides", "--out", str(tmp_path / "pile.pdf"))
    assert (status, len(said["pages"])) == (0, 2)
    status, said = call("--device", scanner, "--source", "feeder", "--out", str(tmp_path / "none.pdf"))
    assert (status, said["error"]["code"]) == (1, "E364")
    assert differs(said, error_shape()) == []
    assert not (tmp_path / "none.pdf").exists()


def test_a_scanner_that_is_not_there_is_named(tmp_path: Path) -> None:
    status, said = call("--device", "http://127.0.0.1:9/eSCL", "--out", str(tmp_path / "x.pdf"))
    assert (status, said["error"]["code"]) == (1, "E362")
    status, _ = call("--device", str(tmp_path), "--kind", "nothing", "--out", str(tmp_path / "x.pdf"))
    assert status == 2
