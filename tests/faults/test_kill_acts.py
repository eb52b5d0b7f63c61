"""Taking scans back and importing a class list, killed at random: a seeded sample of `kill_acts`."""

from pathlib import Path
from random import Random

import pytest

from tests.faults.act_process import CLASS, SCANS
from tests.faults.kill_acts import run

pytestmark = [pytest.mark.real, pytest.mark.timeout(180)]

SEED = 20261126


@pytest.mark.parametrize("what", [SCANS, CLASS])
def test_nothing_is_lost_and_nothing_is_done_twice_where_the_program_is_killed(what: str, tmp_path: Path) -> None:
    found = run(tmp_path / "desk", what, 2, Random(SEED))
    assert found.wrong == []
    assert 0 < found.done[0] < found.done[-1]  # the kill fell between the first act and the last
