"""A seeded sample of the faults of a sync: whatever breaks, nothing acknowledged is lost, nothing is there twice."""

import pytest

from tests.faults.sync.plan import KINDS
from tests.faults.sync.run import run

pytestmark = [pytest.mark.real, pytest.mark.timeout(240)]

SEED = 20261126
SAMPLE = 6


def test_nothing_is_lost_twice_or_unequal_whatever_breaks_during_a_sync() -> None:
    found = run(None, rounds=SAMPLE, seed=SEED)
    assert (found["wrong"], found["cells_left"]) == ([], 0)
    assert (found["lost"], found["twice"], found["unequal"]) == (0, 0, 0)
    kinds = found["kinds"]
    assert set(kinds) == set(KINDS)
    assert all(sums["rounds"] >= SAMPLE - 1 and sums["acknowledged"] for sums in kinds.values())
