"""A sample of what `scan_forms.py` does for 200 seeds: printed, worn, scanned through real SANE, recognised."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.domain.form_scan import TickState

from .scan_forms import one, sane_tray

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def tray() -> Iterator[Path]:
    with sane_tray() as folder:
        yield folder


@pytest.mark.parametrize("seed", range(500, 509))
def test_a_worn_paper_comes_back_through_the_scanner(tray: Path, seed: int) -> None:
    outcome = one(seed, tray)
    assert not outcome.trouble
    assert outcome.page is not None
    wrong = [
        tick
        for tick in outcome.page.ticks
        if tick.state is not TickState.UNCLEAR
        and (tick.state is TickState.TICKED) != ((tick.field, tick.code) in outcome.worn.penned)
    ]
    assert wrong == []
