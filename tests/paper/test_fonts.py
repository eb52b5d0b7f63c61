from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.forms.load import load_form
from sscard_desk.paper import PdfPaper, coverage
from sscard_desk.paper.embedding import PaperFont, to_unicode_map
from sscard_desk.paper.fitting import wrap
from sscard_desk.paper.fonts import Typeface, regular
from sscard_desk.training import names
from tests.forms.persons import LI_SI

RARE = 0x2A6D5


@pytest.fixture
def rare_font(tmp_path: Path) -> Path:
    """A font of one square glyph for one character that Noto Sans SC lacks."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(point)
    pen.closePath()
    square, path = pen.glyph(), tmp_path / "rare.ttf"
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "rare"])
    builder.setupCharacterMap({RARE: "rare"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "rare": square})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "rare": (1000, 100)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Rare", "styleName": "Regular", "psName": "Rare-Regular"})
    builder.setupOS2(sTypoAscender=880, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    builder.save(path)
    return path


def test_the_map_writes_surrogate_pairs_in_blocks_of_a_hundred() -> None:
    text = to_unicode_map([0, 0x20164, *range(0x4E00, 0x4E00 + 150)])
    assert "<01> <D840DD64>" in text
    assert "<00> <" not in text.replace("<00> <FF>", "")
    assert text.count("beginbfchar") == 2
    assert "100 beginbfchar" in text
    assert "51 beginbfchar" in text


def test_both_readers_of_a_font_agree_on_what_it_has() -> None:
    assert set(regular().own.face.charToGlyph) >= coverage.characters(coverage.REGULAR)


def test_a_rare_character_is_drawn_by_the_fallback_and_the_rest_by_the_first_font(rare_font: Path) -> None:
    rare = PaperFont("Rare", str(rare_font))
    typeface = Typeface(regular().own, lambda: (rare,))
    pieces = [(font.fontName, piece) for font, piece in typeface.runs(f"李{chr(RARE)}四")]
    assert pieces == [("DeskSans", "李"), ("Rare", chr(RARE)), ("DeskSans", "四")]
    assert typeface.width(chr(RARE), 10) == pytest.approx(10)


def test_a_fallback_font_makes_a_character_drawable(rare_font: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    form, answers = load_form("registration"), LI_SI | {"name": f"李{chr(RARE)}"}
    monkeypatch.setattr(coverage, "fallbacks", lambda: ())
    (finding,) = PdfPaper().undrawable(form, answers)
    assert (finding.field, finding.values["characters"]) == ("name", chr(RARE))
    monkeypatch.setattr(coverage, "fallbacks", lambda: (rare_font,))
    assert coverage.undrawable(form, answers) == ()


def test_every_difficult_name_of_the_training_town_is_drawn() -> None:
    difficult = "".join((*names.BEYOND_GBK, *names.BEYOND_BMP, names.LONGEST, names.TOO_LONG_FOR_EF06))
    assert coverage.missing_characters(difficult) == ""


@given(st.text("示例市 ab12，。（）·", max_size=60), st.floats(20, 200))
def test_a_broken_text_loses_nothing_and_stays_inside(text: str, width: float) -> None:
    lines = wrap(text, regular(), width, 10)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(regular().width(line, 10) <= width + 1e-6 for line in lines)
