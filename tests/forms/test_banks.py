"""Banks and outlets of a form are held against the centre's list."""

from dataclasses import replace

import pytest

from sscard_desk.forms.banks import BankList, Outlet
from sscard_desk.forms.checks import check_field
from sscard_desk.forms.load import load_form

FORM = load_form("registration")
LISTED = BankList(
    {"01": "示例银行", "02": "示例农村商业银行"},
    {
        "0101": Outlet("0101", "和平路支行", "01"),
        "0102": Outlet("0102", "建设街支行", "01"),
        "0103": Outlet("0103", "火车站支行", "01", closed=True),
        "0201": Outlet("0201", "城关支行", "02"),
    },
)


@pytest.mark.parametrize(
    ("bank", "outlet", "told"),
    [
        ("01", "0101", ""),
        ("01", "", ""),
        ("01", "0199", "forms.outlet_not_listed"),
        ("01", "0103", "forms.outlet_closed"),
        ("01", "0201", "forms.outlet_of_another_bank"),
    ],
)
def test_an_outlet_is_told_at_its_field(bank: str, outlet: str, told: str) -> None:
    answers = {"bank": bank, "outlet": outlet}
    found = check_field(FORM, "outlet", None, answers, LISTED)
    assert (found.text if found else "") == told
    assert found is None or found.verdict.blocks
    assert check_field(FORM, "outlet", None, answers) is None


def test_a_bank_that_the_centre_lists_no_more_is_told() -> None:
    found = check_field(FORM, "bank", "09", {}, LISTED)
    assert found is not None
    assert found.text == "forms.bank_not_listed"


def test_choices_are_the_open_outlets_of_the_chosen_bank_and_all_before_one_is_chosen() -> None:
    field = FORM.field("outlet")

    def choices(bank: str) -> list[str]:
        return [row.code for row in LISTED.choices(field, {"bank": bank}).rows]

    assert choices("01") == ["0101", "0102"]
    assert choices("02") == ["0201"]
    assert choices("") == ["0101", "0102", "0201"]
    assert [row.words.zh for row in LISTED.choices(FORM.field("bank"), {}).rows] == ["示例银行", "示例农村商业银行"]
    assert LISTED.choices(replace(FORM.field("mobile")), {}).rows == ()
