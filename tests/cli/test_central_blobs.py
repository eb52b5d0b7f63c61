"""`central blobs` as a program, and a centre that begins with a folder."""

from pathlib import Path

import pytest

from sscard_desk.central.centre import open_centre
from sscard_desk.central.store import blobs
from tests.cli.desk import Desk, check
from tests.machines.counter import POINT

pytestmark = pytest.mark.real


def test_pictures_begin_in_a_folder_go_to_the_database_and_back(tmp_path: Path) -> None:
    here, folder, pictures = Desk(tmp_path / "nowhere"), str(tmp_path / "centre"), tmp_path / "pictures"
    made = here.call(
        "central",
        "init",
        "--folder",
        folder,
        "--name",
        "x",
        "--training",
        "--blobs",
        "folder",
        "--blob-folder",
        str(pictures),
    )
    check("central init", made)
    centre = open_centre(Path(folder))
    centre.database.write(lambda connection: blobs.keep_all(connection, POINT, [b"one", b"two"]))
    centre.close()
    assert len([file for file in pictures.rglob("*") if len(file.name) == 64]) == 2
    words = ("central", "blobs")
    shown = check("central blobs", here.call(*words, "show", "--folder", folder))
    assert (shown["place"], shown["database"], shown["folder"]) == ("folder", 0, 2)
    moved = check("central blobs", here.call(*words, "move", "--folder", folder, "--to", "database"))
    assert (moved["moved"], moved["database"], moved["folder"], moved["going"]) == (2, 2, 0, 0)
    assert not [file for file in pictures.rglob("*") if len(file.name) == 64]
    assert check("central blobs", here.call(*words, "move", "--folder", folder, "--to", "folder"))["folder"] == 2
    next(file for file in pictures.rglob("*") if len(file.name) == 64).write_bytes(b"rotten")
    status, said, told = here.call(*words, "check", "--folder", folder)
    assert status == 1
    assert len(list(said["damaged"])) == 1
    assert "E468" in told


@pytest.mark.parametrize(
    "wrong", [["move"], ["check", "--to", "folder"], ["move", "--to", "database", "--blob-folder", "x"]]
)
def test_words_that_do_not_go_together_are_refused(tmp_path: Path, wrong: list[str]) -> None:
    said = Desk(tmp_path).call("central", "blobs", *wrong, "--folder", str(tmp_path / "none"))
    assert said[0] == 2
