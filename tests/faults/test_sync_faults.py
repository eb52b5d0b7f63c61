"""A seeded sample of the faults of a sync: whatever breaks, nothing acknowledged is lost, nothing is there twice."""

import json
import os
from pathlib import Path

import pytest

from tests.faults.sync.findings import Found
from tests.faults.sync.plan import DESK, DESK_DISK, KINDS, SERVER, SERVER_DISK, worlds
from tests.faults.sync.run import code, run

pytestmark = [pytest.mark.real, pytest.mark.timeout(240)]

SEED = 20261126
SAMPLE = 5


def test_nothing_is_lost_twice_or_unequal_whatever_breaks_during_a_sync() -> None:
    found = run(None, rounds=SAMPLE, seed=SEED)
    assert (found["wrong"], found["cells_left"]) == ([], 0)
    assert (found["lost"], found["twice"], found["unequal"]) == (0, 0, 0)
    kinds = found["kinds"]
    assert set(kinds) == set(KINDS) - set(found["skipped"])
    assert set(found["skipped"]) <= ({DESK_DISK, SERVER_DISK} if os.geteuid() else set())  # only root has a small disk
    assert all(sums["rounds"] and sums["acknowledged"] for sums in kinds.values())
    assert found["rounds"] >= len(kinds) * SAMPLE * 2 // 3  # a message or a page more than a sync has breaks nothing


def test_a_run_that_was_stopped_goes_on_where_it_stopped_and_keeps_what_it_had_found(tmp_path: Path) -> None:
    done, state = worlds(DESK, KINDS[DESK].rounds, SEED)[:2], tmp_path / "state.jsonl"
    ends = [Found(rounds=25, acknowledged=300), Found(rounds=25, acknowledged=200, lost=1, wrong=["entry 7 is gone"])]
    lines = [json.dumps({"cell": cell} | vars(end)) for cell, end in zip(done, ends, strict=True)]
    half = '{"cell": "desk'  # killed while it wrote
    state.write_text("\n".join([code(), *lines, half]), encoding="utf-8")
    found = run(state, only=(DESK, SERVER), seed=SEED, lanes=1, seconds=0)
    assert (found["cells_before"], found["rounds"], found["acknowledged"], found["lost"]) == (2, 50, 500, 1)
    assert found["wrong"] == [f"{done[1]}: entry 7 is gone"]
    every = [cell for kind in (DESK, SERVER) for cell in worlds(kind, KINDS[kind].rounds, SEED)]
    assert found["cells_left"] == len(every) - 2
    assert state.read_text(encoding="utf-8") == "\n".join([code(), *lines, ""])  # the next one has a line of its own


def test_what_was_found_with_other_code_counts_for_nothing(tmp_path: Path) -> None:
    state = tmp_path / "state.jsonl"
    (cell, *_) = worlds(DESK, KINDS[DESK].rounds, SEED)
    state.write_text("\n".join(["0" * 64, json.dumps({"cell": cell} | vars(Found(rounds=25)))]), encoding="utf-8")
    found = run(state, only=(DESK,), seed=SEED, lanes=1, seconds=0)
    assert (found["cells_before"], found["rounds"]) == (0, 0)
