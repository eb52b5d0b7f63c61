"""Regions, barcodes, bank and outlet, names beyond GBK, and rules that bring their own words."""

import shutil
from pathlib import Path

import pytest

from sscard_desk.forms.checks import check, check_field
from sscard_desk.forms.definition import FieldType, FormDefinition
from sscard_desk.forms.findings import Verdict
from sscard_desk.forms.load import read_form
from sscard_desk.resources import form_folder
from sscard_desk.texts import LANGUAGES, Catalogue
from tests.forms.persons import LI_SI

TEXTS = {language: Catalogue(language) for language in LANGUAGES}
MORE = """
[[field]]
id = "blank_mark"
section = "declaration"
type = "barcode"
zh = "卡坯条码"
en = "Barcode of the blank"

[[check]]
kind = "begins_with"
field = "outlet"
other = "bank"
text = "begins_otherwise"

[[check]]
kind = "differs"
field = "phone"
other = "mobile"
zh = "固定电话不能和手机号码相同。"
en = "The telephone is not the mobile again."
"""


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> FormDefinition:
    folder = Path(shutil.copytree(form_folder("registration"), tmp_path_factory.mktemp("forms") / "registration"))
    path = folder / "form.toml"
    path.write_text(path.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    return read_form(folder)


def text_of(form: FormDefinition, field: str, value: str, **others: str) -> str | None:
    finding = check_field(form, field, value, LI_SI | others)
    return finding.text if finding else None


def test_a_region_is_six_digits_of_its_table_or_of_its_pattern(form: FormDefinition) -> None:
    assert form.field("region").type is FieldType.REGION
    assert [text_of(form, "region", code) for code in ("420196", "650102")] == [None, None]
    assert [text_of(form, "region", code) for code in ("42019", "000000", "9x0101")] == ["forms.unknown_code"] * 3


def test_an_outlet_belongs_to_the_bank_that_was_chosen(form: FormDefinition) -> None:
    assert text_of(form, "outlet", "0101", bank="01") is None
    assert text_of(form, "outlet", "0101", bank="") == "forms.outlet_without_bank"
    assert text_of(form, "outlet", "0201", bank="01") == "forms.begins_otherwise"


def test_a_barcode_is_never_asked_and_takes_what_code_128_can_hold(form: FormDefinition) -> None:
    field = form.field("blank_mark")
    assert (field.locked, field.required, field.screen.value) == (True, False, "none")
    assert text_of(form, "blank_mark", "") is None
    assert text_of(form, "blank_mark", "K-000123") is None
    assert text_of(form, "blank_mark", "卡") == "forms.barcode"
    assert text_of(form, "blank_mark", "9" * 41) == "forms.barcode"


@pytest.mark.parametrize(("name", "characters"), [("李\U000205c4", "\U000205c4"), ("王㐂㐂", "㐂"), ("阿·依", "")])
def test_a_name_that_no_card_can_hold_is_a_warning_that_names_the_characters(
    form: FormDefinition, name: str, characters: str
) -> None:
    finding = check_field(form, "name", name, LI_SI)
    if not characters:
        assert finding is None
        return
    assert finding is not None
    assert (finding.verdict, finding.text) == (Verdict.WARNING, "forms.name_not_on_card")
    said = [finding.message(texts) for texts in TEXTS.values()]
    assert all(f"“{characters}”" in sentence for sentence in said)
    assert "“生僻字描述”" in said[0]
    assert "“Rare characters”" in said[1]
    answers = LI_SI | {"name": name}
    assert check(form, answers).of("name_description") is not None
    described = check(form, answers | {"name_description": "见证件"})
    assert described.of("name_description") is None
    assert described.of("name") is not None


def test_a_rule_may_bring_its_own_words(form: FormDefinition) -> None:
    finding = check_field(form, "phone", "13800138000", LI_SI | {"mobile": "13800138000"})
    assert finding is not None
    assert [finding.message(texts) for texts in TEXTS.values()] == [
        "固定电话不能和手机号码相同。",
        "The telephone is not the mobile again.",
    ]
