import pytest

from sscard_desk.ui.theme import Mode
from sscard_desk.ui.theme.contrast import ratio

TEXT = [
    ("ink", "surface"), ("ink", "bg"), ("ink", "sunken"), ("ink2", "surface"), ("ink2", "bg"), ("ink2", "sunken"),
    ("ink2", "warn_t"), ("ink3", "surface"), ("ink3", "bg"), ("accent", "surface"), ("accent", "accent_tint"),
    ("on", "accent"), ("on", "accent_h"), ("ok", "ok_t"), ("ok", "surface"), ("warn", "warn_t"), ("warn", "surface"),
    ("err", "err_t"), ("err", "surface"), ("ink", "mark"), ("ink", "accent_tint"), ("ink2", "accent_tint"),
    ("disabled_ink", "disabled"),
]  # fmt: skip
SHAPES = [("line2", "surface"), ("line2", "bg"), ("focus", "surface"), ("focus", "bg"), ("accent", "bg")]


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_reaches_its_floor(mode: Mode, ink: str, ground: str) -> None:
    floor = 7.0 if mode is Mode.HIGH_CONTRAST else 4.5
    assert ratio(getattr(mode.tokens, ink), getattr(mode.tokens, ground)) >= floor


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(("ink", "ground"), SHAPES)
def test_borders_and_ring_reach_their_floor(mode: Mode, ink: str, ground: str) -> None:
    floor = 7.0 if mode is Mode.HIGH_CONTRAST else 3.0
    assert ratio(getattr(mode.tokens, ink), getattr(mode.tokens, ground)) >= floor


def test_black_on_white_is_21() -> None:
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21.0)


@pytest.mark.parametrize(
    ("ink", "ground", "light", "dark", "high"),
    [("ink", "surface", 16.2, 13.9, 21), ("ink3", "bg", 5.1, 7.2, 16.8), ("accent", "accent_tint", 5.4, 6.0, 8.2)],
)
def test_ratios_are_those_of_the_design(ink: str, ground: str, light: float, dark: float, high: float) -> None:
    found = [round(ratio(getattr(mode.tokens, ink), getattr(mode.tokens, ground)), 1) for mode in Mode]
    assert found == [light, dark, high]
