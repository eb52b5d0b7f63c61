"""Files by version, and who may read and write them (domain reference A.3 to A.8)."""

from pathlib import Path

import pytest

from sscard_desk.cards.card_file import AccessRule, FileKind
from sscard_desk.cards.file_layout import layout_of, load_layout
from sscard_desk.domain.errors.card_model import CardDataWrong
from sscard_desk.resources import resource


def lengths(version: str, address: str) -> dict[str, int]:
    file = layout_of(version).find(address)
    assert file is not None
    return {item.tag_hex: item.length for item in file.items}


def test_the_addresses_of_version_1_are_others_than_those_of_later_cards() -> None:
    assert lengths("1.00", "DF01EF05") == {"20": 1, "21": 62, "22": 18}
    for version in ("2.00", "2.01", "3.00"):
        assert lengths(version, "DF01EF05") == {"20": 2, "21": 80, "0E": 3}
    assert "27" in lengths("1.00", "DF01EF06")
    assert "27" not in lengths("2.00", "DF01EF06")


def test_a_version_that_nobody_knows_is_read_like_the_newest() -> None:
    assert layout_of("4.00") == layout_of("3.00")


def test_only_version_2_and_later_keep_a_photo() -> None:
    assert layout_of("1.00").find("SSSEEF08") is None
    photo = layout_of("2.00").find("SSSEEF08")
    assert photo is not None
    assert (photo.kind, photo.size, photo.read) == (FileKind.TRANSPARENT, 1000, AccessRule.KEY)


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("SSSEEF05", AccessRule.FREE),
        ("SSSEEF07", AccessRule.KEY),
        ("DF01EF05", AccessRule.PIN_OR_KEY),
        ("DF01EF16", AccessRule.FREE),
        ("DF04EF06", AccessRule.PIN_AND_KEY),
        ("DF07EF05", AccessRule.KEY),
    ],
)
def test_who_may_read_is_that_of_the_reference(address: str, rule: AccessRule) -> None:
    file = layout_of("2.00").find(address)
    assert file is not None
    assert (file.read, file.write) == (rule, AccessRule.KEY)


@pytest.mark.parametrize(
    ("rule", "nobody", "pin", "key", "both"),
    [
        (AccessRule.FREE, True, True, True, True),
        (AccessRule.KEY, False, False, True, True),
        (AccessRule.PIN, False, True, False, True),
        (AccessRule.PIN_OR_KEY, False, True, True, True),
        (AccessRule.PIN_AND_KEY, False, False, False, True),
        (AccessRule.NEVER, False, False, False, False),
    ],
)
def test_an_access_rule_asks_for_what_it_says(
    rule: AccessRule, *, nobody: bool, pin: bool, key: bool, both: bool
) -> None:
    assert [rule.granted(pin=p, key=k) for p, k in ((False, False), (True, False), (False, True), (True, True))] == [
        nobody, pin, key, both,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "field", "reason"),
    [
        ('application = "DF01"', 'application = "DF8"', "file[2].application", "card_application"),
        ('file = "EF06"', 'file = "E06"', "file[3].file", "card_file"),
        ('["2B", "an", "1"', '["2B", "xx", "1"', "file[5].items[0]", "card_item"),
        ('["20", "an", "2"', '["20", "an", "254"', "file[2].items[0]", "card_item"),
        ('"10", "3130"', '"10", "3131"', "file[2].items[0]", "card_item_known"),
        ("size = 400", "size = 0", "file[0].size", "out_of_range"),
        ('read = "pin_or_key"', 'read = "pin_or_kee"', "file[2].read", "not_a_choice"),
    ],
)
def test_a_wrong_layout_is_refused_with_its_line(tmp_path: Path, old: str, new: str, field: str, reason: str) -> None:
    text = resource("card_files", "2.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "2.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CardDataWrong) as caught:
        load_layout(path)
    assert (caught.value.field, caught.value.reason) == (field, reason)
    assert new in path.read_text(encoding="utf-8").splitlines()[caught.value.line - 1]
