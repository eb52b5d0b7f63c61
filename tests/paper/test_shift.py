"""The correction for a printer that feeds askew: every page moves by just so many millimetres, nothing else changes."""

from datetime import UTC, datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from sscard_desk.devices.printer.document import page_count
from sscard_desk.paper import PdfPaper, render_page
from sscard_desk.paper.ruler_sheet import CROSSES
from sscard_desk.paper.shift import shifted
from sscard_desk.ports.paper import RulerFacts

DPI = 254.0  # ten pixels a millimetre
SHEET = PdfPaper().ruler_sheet(RulerFacts("counter", 0, 0, datetime(2026, 11, 26, tzinfo=UTC)))


def ink(pdf: bytes) -> NDArray[np.bool_]:
    width, height, rgb = render_page(pdf, 0, DPI)
    return np.frombuffer(rgb, np.uint8).reshape(height, width, 3).min(axis=2) < 128


def test_the_crosses_of_the_sheet_stand_where_it_says() -> None:
    page = ink(SHEET)
    for x, y in CROSSES:
        column, row = round(x * 10), round(y * 10)
        assert page[row - 1 : row + 2, column - 40 : column + 40].any(axis=0).mean() > 0.95
        assert page[row - 40 : row + 40, column - 1 : column + 2].any(axis=1).mean() > 0.95


@pytest.mark.parametrize(("x_mm", "y_mm"), [(3.0, 0.0), (0.0, 2.0), (-1.5, -2.5), (25.0, 25.0)])
def test_a_page_moves_by_so_many_millimetres(x_mm: float, y_mm: float) -> None:
    before, after = ink(SHEET), ink(shifted(SHEET, x_mm, y_mm))
    assert after.shape == before.shape
    dx, dy = round(x_mm * 10), round(y_mm * 10)
    inside = before[400:2500, 400:1700]
    moved = after[400 + dy : 2500 + dy, 400 + dx : 1700 + dx]
    assert (inside == moved).mean() > 0.999
    assert inside.any()


def test_no_correction_leaves_the_very_bytes_and_every_page_is_still_there() -> None:
    assert shifted(SHEET, 0, 0) is SHEET
    assert page_count(shifted(SHEET, 1, 1)) == page_count(SHEET) == 1


def test_the_sheet_names_its_printer_and_offset_and_nobody() -> None:
    facts = RulerFacts("counter-2", 1.5, -2.0, datetime(2026, 11, 26, tzinfo=UTC))
    import pypdfium2

    page = pypdfium2.PdfDocument(PdfPaper().ruler_sheet(facts))[0]
    text = page.get_textpage().get_text_range()
    assert "counter-2" in text
    assert "+1.5" in text
    assert "-2.0" in text
