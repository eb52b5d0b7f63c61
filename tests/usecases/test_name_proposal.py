"""Where a card cannot hold a name its pinyin is proposed, by the data's leave; nothing is guessed."""

import pytest

from sscard_desk.forms.load import load_form
from sscard_desk.store.pinyin import PinyinNames
from sscard_desk.usecases.name_on_card import proposed_name

FORM = load_form("registration")


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("欧阳小明", "OUYANG XIAOMING"),
        ("曾小明", "ZENG XIAOMING"),  # a surname's own reading
        ("单雄信", "SHAN XIONGXIN"),
        ("买买提江·阿布都", "MAIMAITIJIANG ABUDOU"),
        ("Mary Smith", "MARY SMITH"),
        ("王", "WANG"),
    ],
)
def test_a_name_is_spelt_surname_first(name: str, spelt: str) -> None:
    assert PinyinNames().written(name) == spelt


def test_a_character_without_a_known_reading_leaves_the_whole_name_unspelt() -> None:
    assert PinyinNames().written("王\U000313e5明") == ""


def test_only_a_name_that_no_card_holds_gets_a_proposal() -> None:
    assert proposed_name("王小明", FORM, PinyinNames()) == ""
    rare = "王\U00020164明"
    assert proposed_name(rare, FORM, PinyinNames()) in {"", PinyinNames().written(rare)}
    assert proposed_name("王䶮明", FORM, PinyinNames()) == PinyinNames().written("王䶮明")


def test_a_city_without_the_field_and_a_spelling_that_is_too_long_get_none() -> None:
    assert proposed_name("王\U00020164明", load_form("confirmation"), PinyinNames()) == ""
    long = "·".join(["买买提江阿布都热合曼"] * 5)
    assert proposed_name(long, FORM, PinyinNames()) == ""
