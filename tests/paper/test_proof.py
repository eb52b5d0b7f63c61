"""A form is tried on paper before anybody uses it: what of its own words cannot be drawn is told at its line."""

import shutil
from pathlib import Path

import pytest

from sscard_desk.forms.check_folder import check_folder
from sscard_desk.forms.load import load_form, shipped_forms
from sscard_desk.paper.proof import unprintable
from sscard_desk.resources import form_folder


@pytest.mark.parametrize("name", shipped_forms())
def test_every_shipped_form_can_be_drawn_in_every_language(name: str) -> None:
    assert unprintable(load_form(name)) == ()


@pytest.mark.parametrize(
    ("old", "new", "item", "key", "reason"),
    [
        ('zh = "社会保障卡发卡服务确认表"', f'zh = "{"表" * 60}"', "", "zh", "too_wide"),
        ('zh = "选定的发卡银行"', f'zh = "{"银行" * 60}"', "bank", "section[1].zh", "too_wide"),
        ('en = "Clerk"', f'en = "{"Clerk " * 30}"', "signature_clerk", "field[12].en", "too_wide"),
        ('zh = "发卡银行"', f'zh = "{"银行" * 60}"', "bank", "field[7].zh", "too_long"),
        ('zh = "三、本人', 'zh = "\\U0001F600三、本人', "two_sides", "prose[2].zh", "no_glyph"),
        ('zh = "服务网点"', 'zh = "服务\\u0007网点"', "outlet", "field[9].zh", "no_glyph"),
    ],
)
def test_words_that_no_paper_could_show_are_told_where_they_stand(  # noqa: PLR0917 - one line a case
    tmp_path: Path, old: str, new: str, item: str, key: str, reason: str
) -> None:
    folder = Path(shutil.copytree(form_folder("confirmation"), tmp_path / "confirmation"))
    path = folder / "form.toml"
    text = path.read_text(encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert check_folder(folder)[0].definition is not None, "it is sound but for the paper"
    (checked,) = check_folder(folder, unprintable)
    assert checked.definition is None
    told = [(problem.file, problem.line, problem.item, problem.field, problem.reason) for problem in checked.problems]
    assert told == [("confirmation/form.toml", line, item, key, reason)]


def test_every_paragraph_of_a_place_that_is_too_full_is_told(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(form_folder("confirmation"), tmp_path / "confirmation"))
    path = folder / "form.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("三、本人", f"三、{'本人' * 2000}"), encoding="utf-8")
    (checked,) = check_folder(folder, unprintable)
    told = {(problem.item, problem.field, problem.reason) for problem in checked.problems}
    assert told == {
        (name, f"prose[{number}].zh", "too_long")
        for number, name in enumerate(("choice", "account", "two_sides", "next"))
    }
