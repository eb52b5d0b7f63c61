"""Card profiles are data; a wrong one is refused with the place of the fault."""

from pathlib import Path

import pytest

from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.cards.profile_file import load_profile
from sscard_desk.domain.errors.card_model import CardDataWrong
from sscard_desk.resources import resource
from sscard_desk.texts import ENGLISH, Catalogue, describe
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
    assert set(profile.training_keys) == {0x04, 0x0A, 0x0B, 0x10}


def test_keys_do_not_show_in_a_representation() -> None:
    assert "TRAINING KEY" not in repr(training_profile())


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        ("training = true", "training = false", "training_keys", "training profiles only"),
        ('algorithm = "01"', "", "algorithm", "is missing"),
        ("secure_messaging = false", "secure_messaging = true", "secure_messaging", "has to be false"),
        ('algorithm = "01"', 'algorithm = "09"', "algorithm", "01 3DES"),
        ('algorithm = "01"', 'algoritm = "01"', "algoritm", "did you mean: algorithm"),
        ('"EF05 05"', '"EF05 01"', "layout[0].items[0]", "its maker writes it"),
        ('"EF05 05"', '"EF09 05"', "layout[0].items[0]", "EF09 05"),
        ('"EF05 05"', '"EF05 5G"', "layout[0].items[0]", "EF05 5G"),
        ('"EF05 05"', '"EF05 55"', "layout[0].items[0]", "EF05 55"),
        ('levels = ["city", "card"]', 'levels = ["town"]', "diversification.levels[0]", "city and card"),
        (' 34 21"', ' 34"', "training_keys.04", "16 bytes"),
        ("[keys.read]", "[keys.other]", "keys.read", "is missing"),
        ('hsm_key_address = "0094"', 'hsm_key_address = "94"', "keys.update.hsm_key_address", "2 bytes"),
        ('"DF01EF05"', '"DF09EF05"', "reading.files[0]", "DF09EF05"),
        ('algorithm = "01"', "algorithm = 1", "algorithm", "text in quotation marks"),
        ('algorithm = "01"', 'algorithm = "01', "-", "not TOML"),
    ],
)
def test_a_wrong_profile_is_refused_with_file_line_and_key(
    tmp_path: Path, old: str, new: str, field: str, words: str
) -> None:
    text = TRAINING.replace(old, new)
    with pytest.raises(CardDataWrong) as caught:
        load_profile(written(tmp_path, text))
    wrong = caught.value
    assert wrong.file.endswith("/city.toml")
    assert wrong.field == field
    if new and field in new:
        assert new in text.splitlines()[wrong.line - 1]
    assert words in describe(wrong, Catalogue(ENGLISH)).message


def test_a_key_in_the_wrong_place_is_not_repeated_in_the_refusal(tmp_path: Path) -> None:
    text = TRAINING.replace(
        "54 52 41 49 4E 49 4E 47 20 4B 45 59 20 30 34 21", "54 52 41 49 4E 49 4E 47 20 4B 45 59 20 30 34"
    )
    with pytest.raises(CardDataWrong) as caught:
        load_profile(written(tmp_path, text))
    assert "54 52" not in describe(caught.value, Catalogue(ENGLISH)).message


def test_a_missing_profile_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CardDataWrong) as caught:
        load_profile(tmp_path / "none.toml")
    assert (caught.value.line, caught.value.reason) == (0, "file_missing")


def test_every_shipped_profile_is_sound_and_its_further_files_are_known() -> None:
    profiles = [load_profile(path) for path in resource("card_profiles").glob("*.toml")]
    assert {profile.algorithm for profile in profiles} >= {Algorithm.TRIPLE_DES, Algorithm.SM4}
    assert all("DF01EF05" in profile.reads for profile in profiles)
    assert {profile.update_key.challenge_length for profile in profiles} == {8, 16}


def test_a_citys_profile_without_training_keys_is_accepted(tmp_path: Path) -> None:
    without = TRAINING.replace("training = true", "training = false")
    kept = [line for line in without.splitlines() if "54 52" not in line]
    assert load_profile(written(tmp_path, "\n".join(kept))).training_keys == {}
