"""A card profile is chosen by its bare name; a slip is named by the setting, not by a file."""

from pathlib import Path

import pytest

from sscard_desk.bootstrap.card_profiles import profile_of
from sscard_desk.bootstrap.settings import CardReaderSettings, Settings
from sscard_desk.domain.errors.operator import SettingWrong
from sscard_desk.resources import resource


def choosing(name: str) -> Settings:
    return Settings(card_reader=CardReaderSettings(profile=name))


def test_the_configured_profile_is_taken_by_its_name() -> None:
    assert profile_of(choosing("training")).name == "training"


@pytest.mark.parametrize("name", ["trainning", "", ".", "..", "training.toml", "Training"])
def test_an_unknown_name_names_the_setting_and_what_there_is(name: str) -> None:
    with pytest.raises(SettingWrong) as wrong:
        profile_of(choosing(name))
    assert wrong.value.name == "card_reader.profile"
    assert wrong.value.reason == f"{name!r}; known: training, training_sm4"


def test_a_profile_of_another_folder_is_refused_though_it_could_be_read(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes(resource("card_profiles", "training.toml").read_bytes())
    for name in (str(tmp_path / "own"), "../card_profiles/training", "..\\card_profiles\\training", "./training"):
        with pytest.raises(SettingWrong) as wrong:
            profile_of(choosing(name))
        assert wrong.value.name == "card_reader.profile"
