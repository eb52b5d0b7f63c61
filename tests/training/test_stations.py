"""The simulated parts of a training counter live no longer than whoever started them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sscard_desk.domain.errors.device import StationSilent
from sscard_desk.training.card_tray import stock
from sscard_desk.training.point import training_point
from sscard_desk.training.stations import station

pytestmark = pytest.mark.real

PARENT = """
import pathlib, sys, time
from sscard_desk.training.stations import running_stations, Station
with running_stations(pathlib.Path(sys.argv[1])):
    print("up", flush=True)
    time.sleep(60)
"""


def children_of(process_id: int) -> list[int]:
    found = Path(f"/proc/{process_id}/task/{process_id}/children").read_text(encoding="ascii").split()
    return [int(child) for child in found]


def alive(process_id: int) -> bool:
    state = Path(f"/proc/{process_id}/stat")
    return state.exists() and state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


def test_every_part_ends_when_its_owner_is_killed(tmp_path: Path) -> None:
    owner = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    assert owner.stdout.readline() == "up\n"
    parts = children_of(owner.pid)
    assert len(parts) == 5
    os.kill(owner.pid, signal.SIGKILL)
    owner.wait()
    owner.stdout.close()
    end = time.monotonic() + 20
    while any(alive(part) for part in parts):
        assert time.monotonic() < end, "parts outlive their owner"
        time.sleep(0.05)


def test_a_part_that_does_not_start_is_named() -> None:
    with station("central", "serve", "--folder", "no such folder") as part, pytest.raises(StationSilent) as caught:
        part.reached()
    assert caught.value.station == "central serve"


def test_the_training_stock_has_the_cards_of_the_stock_list_and_keeps_them(tmp_path: Path) -> None:
    codes = [memory.identification_code for memory in stock(tmp_path)]
    assert codes == [blank.identification_code for blank in training_point().blanks]
    assert [memory.identification_code for memory in stock(tmp_path)] == codes
    assert len(set(codes)) == len(codes)
