"""A demo that is killed again and again hands over one card, loses nothing, and types nothing twice."""

import os
from pathlib import Path
from random import Random

import pytest

from tests.faults.kill_demo import ORDER, PATH, SET_UP, at, run, targets

pytestmark = [pytest.mark.real, pytest.mark.timeout(300)]

PERSONS = 200
SEED = 20261122


@pytest.mark.skipif(os.name != "posix", reason="the training desk has a card service of its own on POSIX only")
def test_nothing_is_lost_where_the_demo_is_killed_in_set_up_form_and_card(tmp_path: Path) -> None:
    found = run(tmp_path, at(["accounts", "form", "card"], Random(SEED)), PERSONS)
    assert found["wrong"] == []
    assert [kill["step"] for kill in found["kills"]] != ["finished"] * 3


def test_a_sample_falls_into_the_set_up_and_every_step() -> None:
    places = [moment.place for moment in targets(10, Random(SEED))]
    assert set(PATH) <= set(places)
    assert len(set(places) & set(SET_UP)) == 1
    assert places == sorted(places, key=ORDER.index)
    assert len(targets(25, Random(SEED))) == 25
