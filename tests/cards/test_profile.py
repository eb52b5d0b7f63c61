"""Card profiles are data; a wrong one is refused with the place of the fault."""

from pathlib import Path

import pytest

from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.cards.profile import load_profile
from sscard_desk.domain.errors.operator import SettingWrong
from sscard_desk.resources import resource
from tests.machines.pcsc import training_profile

TRAINING = resource("card_profiles", "training.toml").read_text(encoding="utf-8")


def written(folder: Path, text: str) -> Path:
    path = folder / "city.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_training_profile_names_keys_items_and_cipher() -> None:
    profile = training_profile()
    assert (profile.name, profile.training, profile.algorithm) == ("training", True, Algorithm.TRIPLE_DES)
    assert (profile.update_key.apdu_key_id, profile.read_key.apdu_key_id) == (0x04, 0x0A)
    assert (profile.update_key.hsm_key_address, profile.update_key.hsm_key_id) == (bytes.fromhex("0094"), 0x12)
    assert set(profile.training_keys) == {0x04, 0x0A}


def test_keys_do_not_show_in_a_representation() -> None:
    assert "TRAINING KEY" not in repr(training_profile())


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("training = true", "training = false", "training_keys"),
        ("training = true", "", "training"),
        ('"EF05 05"', '"EF05 01"', "EF05 01"),
        ('"EF05 05"', '"EF09 05"', "EF09"),
        ('"EF05 05"', '"EF05 5G"', "5G"),
        ('"EF05 05"', '"EF05 55"', "85"),
        ('levels = ["city", "card"]', 'levels = ["town"]', "levels"),
        (' 34 21"', ' 34"', "16 bytes"),
        ("[keys.read]", "[keys.other]", "read"),
        ('algorithm = "01"', "algorithm = 1", ""),
        ('algorithm = "01"', 'algorithm = "01', ""),
    ],
)
def test_a_wrong_profile_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in TRAINING
    with pytest.raises(SettingWrong) as caught:
        load_profile(written(tmp_path, TRAINING.replace(old, new)))
    assert caught.value.name == "city.toml"
    assert reason in caught.value.reason


def test_a_missing_profile_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingWrong):
        load_profile(tmp_path / "none.toml")


def test_a_citys_profile_without_training_keys_is_accepted(tmp_path: Path) -> None:
    without = TRAINING.replace("training = true", "training = false")
    kept = [line for line in without.splitlines() if "54 52" not in line]
    assert load_profile(written(tmp_path, "\n".join(kept))).training_keys == {}
