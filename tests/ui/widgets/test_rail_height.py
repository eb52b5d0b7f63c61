"""In a window at 200 % the areas stand closer together, and every word of them is whole."""

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.ui.areas import rail as areas_of
from sscard_desk.ui.shell.samples import OPEN
from sscard_desk.ui.widgets.rail import Rail, RailButton, places

TOP_AND_FOOT = 56 + 40


@pytest.mark.parametrize("height", [44, 48, 52, 60, 80])
def test_icon_and_word_stand_within_an_area_and_not_in_each_other(height: int) -> None:
    icon, word = places(height)
    assert icon >= 0
    assert icon + 24 <= word
    assert word + 20 <= height


def test_all_areas_fit_into_the_lowest_window(app: QApplication) -> None:
    rail = Rail()
    rail.set_narrow(narrow=True)
    rail.show_entries(areas_of(*OPEN), "serve")
    rail.resize(rail.width(), 540 - TOP_AND_FOOT)
    rail.show()
    app.processEvents()
    areas = rail.findChildren(RailButton)
    assert len(areas) > 6
    for area in areas:
        assert area.height() >= area.minimumSizeHint().height()
        assert area.geometry().bottom() <= rail.height()
    for above, below in pairwise(areas):
        assert above.geometry().bottom() < below.geometry().top()
