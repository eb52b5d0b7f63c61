"""desk.toml is read strictly: a slip of the pen is named, with the nearest known word."""

from pathlib import Path

import pytest

from sscard_desk.bootstrap.settings import load_settings, save_settings
from sscard_desk.domain.errors.operator import SettingUnknown, SettingWrong


def write(folder: Path, text: str) -> Path:
    (folder / "desk.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_missing_file_means_all_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path).id_reader.baud == 115200


def test_known_names_are_taken(tmp_path: Path) -> None:
    settings = load_settings(
        write(tmp_path, '[id_reader]\nport = "socket://127.0.0.1:1"\n[camera]\nopen_seconds = 3\n')
    )
    assert settings.id_reader.port == "socket://127.0.0.1:1"
    assert settings.camera.open_seconds == 3


@pytest.mark.parametrize(
    ("text", "name", "nearest"),
    [
        ('[id_raeder]\nport = "x"\n', "id_raeder", "id_reader"),
        ('[id_reader]\nprot = "x"\n', "id_reader.prot", "port"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_known_one(
    tmp_path: Path, text: str, name: str, nearest: str
) -> None:
    with pytest.raises(SettingUnknown) as caught:
        load_settings(write(tmp_path, text))
    assert (caught.value.name, caught.value.nearest) == (name, nearest)


@pytest.mark.parametrize(
    "text", ["[id_reader]\nbaud = true\n", '[form]\nreturn_days = "ten"\n', "id_reader = 3\n", "[["]
)
def test_a_value_of_the_wrong_type_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingWrong):
        load_settings(write(tmp_path, text))


def test_what_is_saved_is_read_back(tmp_path: Path) -> None:
    save_settings(tmp_path, {"printer": {"folder": 'C:\\out "x"'}, "form": {"return_days": 5, "working_days": False}})
    settings = load_settings(tmp_path)
    assert settings.printer.folder == 'C:\\out "x"'
    assert (settings.form.return_days, settings.form.working_days) == (5, False)
