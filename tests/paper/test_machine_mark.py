"""A barcode field on paper is read back by a decoder, and refused where it cannot be read."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from sscard_desk.domain.errors.operator import TextDoesNotFit
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.load import read_form
from sscard_desk.paper import PaperContext, draw, render_page
from sscard_desk.resources import form_folder
from tests.forms.persons import LI_SI

FIELD = """
[[field]]
id = "blank_mark"
section = "declaration"
type = "barcode"
zh = "卡坯条码"
en = "Barcode of the blank"
"""
BLOCK = """
[[block]]
kind = "grid"
page = 3
x = 16
y = 180
width = 178
rows = [{ height = 12, cells = [{ field = "blank_mark", label = 22, value = 156 }] }]
"""


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> FormDefinition:
    folder = Path(shutil.copytree(form_folder("registration"), tmp_path_factory.mktemp("forms") / "registration"))
    for name, more in (("form.toml", FIELD), ("paper.toml", BLOCK)):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    return read_form(folder)


def marks(pdf: bytes) -> set[str]:
    width, height, rgb = render_page(pdf, 2, 200)
    picture = Image.frombytes("RGB", (width, height), rgb)
    return {found.text for found in zxingcpp.read_barcodes(picture) if found.format == zxingcpp.BarcodeFormat.Code128}


def test_a_machines_mark_is_read_back_from_the_paper(form: FormDefinition, facts: Callable[..., PaperContext]) -> None:
    assert "K-000123" in marks(draw(form, LI_SI | {"blank_mark": "K-000123"}, facts()))
    assert "K-000123" not in marks(draw(form, LI_SI, facts()))


@pytest.mark.parametrize("text", ["Kx" * 40, "卡坯"])
def test_a_mark_that_no_line_can_hold_is_refused(
    form: FormDefinition, facts: Callable[..., PaperContext], text: str
) -> None:
    with pytest.raises(TextDoesNotFit) as caught:
        draw(form, LI_SI | {"blank_mark": text}, facts())
    assert caught.value.fields == ("blank_mark",)
