import pytest

from sscard_desk.forms.load import load_form
from sscard_desk.paper import draw, render_page
from tests.forms.persons import LI_SI


def test_a_page_becomes_rgb_bytes_of_its_size(facts) -> None:
    pdf = draw(load_form("confirmation"), LI_SI, facts("C"))
    for dpi in (71, 96):
        width, height, rgb = render_page(pdf, 0, dpi)
        assert (width, height) == pytest.approx((210 / 25.4 * dpi, 297 / 25.4 * dpi), abs=1)
        assert len(rgb) == width * height * 3
        assert rgb[:3] == b"\xff\xff\xff"


def test_colours_come_in_the_order_red_green_blue(facts) -> None:
    width, _, rgb = render_page(draw(load_form("registration"), LI_SI, facts()), 0, 100)
    x, y = round(178 / 25.4 * 100), round(65 / 25.4 * 100)
    red, _, blue = rgb[(y * width + x) * 3 : (y * width + x) * 3 + 3]
    assert red > blue + 30


def test_a_page_that_is_not_there_is_an_error(facts) -> None:
    pdf = draw(load_form("confirmation"), LI_SI, facts("C"))
    with pytest.raises(IndexError):
        render_page(pdf, 1, 72)
