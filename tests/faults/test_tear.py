"""A seeded sample of the tear matrix: a card torn anywhere ends verified, and the stock book says so exactly."""

import pytest

from tests.faults.tear.cell import Broke, Stored, cells
from tests.faults.tear.matrix import run

pytestmark = [pytest.mark.real, pytest.mark.timeout(180)]

SEED = 20261126
SAMPLE = 24
CENTRAL = 6


def test_a_card_torn_at_any_command_ends_as_what_it_is() -> None:
    found = run(2, None, SAMPLE, SEED)
    assert found["wrong"] == []
    assert found["stock_exact"]
    assert found["cells"] == SAMPLE
    assert found["verified"] == SAMPLE
    assert found["tries"] > SAMPLE  # what breaks is felt: most cells are taken up again


def test_a_card_torn_while_the_centre_holds_its_keys_ends_as_what_it_is() -> None:
    found = run(1, None, CENTRAL, SEED, central=True)
    assert found["wrong"] == []
    assert (found["verified"], found["stock_exact"]) == (CENTRAL, True)


def test_the_matrix_has_sixteen_cells_for_each_command() -> None:
    every = list(cells(3))
    assert len({cell.name for cell in every}) == 3 * len(Stored) * len(Broke) == 48
