"""`backup` and `restore` as programs: a training counter is lost, and goes on in another folder."""

from pathlib import Path

import pytest

from sscard_desk.bootstrap.settings import save_settings
from sscard_desk.store.backup import ERASED
from sscard_desk.training.point import training_point
from sscard_desk.training.set_up import TrainingFolder, set_up
from sscard_desk.training.stations import station
from tests.cli.desk import Desk, check
from tests.cli.said import Said
from tests.cli.shapes import differs, shapes

pytestmark = pytest.mark.real


def test_a_lost_counter_goes_on_in_another_folder_with_the_same_accounts(tmp_path: Path) -> None:
    folder = TrainingFolder(tmp_path / "desk")
    set_up(folder, lambda _word: None, count=50)
    with station("central", "serve", "--folder", str(folder.centre)) as centre:
        url = centre.reached()["url"]
        save_settings(folder.path, {"centre": {"url": url}})
        desk, disk = Desk(folder.path), tmp_path / "disk"
        status, said, _ = desk.as_clerk("backup", "--to", str(disk))
        assert status == 1  # the disk is not plugged in
        assert said["error"]["code"] == "E172"
        disk.mkdir()
        made = check("backup", desk.as_clerk("backup", "--to", str(disk)))["backup"]
        assert isinstance(made, dict)
        _, listed, _ = desk.as_clerk("backup", "--list", "--to", str(disk))
        assert listed["backups"] == [made]
        _, looked, _ = desk.as_clerk("backup", "--check", "--to", str(disk))
        assert (looked["sound"], looked["backup"]) == (True, made["name"])

        point = training_point()
        enrolled = Desk(folder.path).call(
            "central", "enrol", "--folder", str(folder.centre), "--desk", "D-0099", "--point", point.code
        )[1]
        new = Desk(tmp_path / "new")
        status, done, stderr = restored(new, disk / point.desk, str(enrolled["code"]), url)
        assert status == 0, stderr
        assert differs(done, shapes()["restore"]) == []
        assert (done["lost_desk"], done["proved"]) == (point.desk, True)
        assert done["lost_from_seq"] == int(str(done["backup_seq"])) + 1
        assert check("verify", new.as_clerk("verify"))["sound"] is True
        status, refused, _ = desk.as_clerk("sync")
        assert status == 1
        assert refused["error"]["code"] == "E483"

        # the same again, beside a list of erasures that is sealed by nobody
        strange = '{"format": 1, "erasures": [], "seal": "00"}'
        (disk / point.desk / ERASED).write_text(strange, encoding="utf-8")
        enrolled = Desk(folder.path).call(
            "central", "enrol", "--folder", str(folder.centre), "--desk", "D-0098", "--point", point.code
        )[1]
        third = Desk(tmp_path / "third")
        status, done, stderr = restored(third, disk / point.desk, str(enrolled["code"]), url)
        assert (status, done["strange_erasures"], differs(done, shapes()["restore"])) == (1, True, [])
        assert "E523" in stderr
        assert check("verify", third.as_clerk("verify"))["sound"] is True


def restored(new: Desk, backups: Path, code: str, url: str) -> tuple[int, Said, str]:
    """Call the verb with code and password on one descriptor, as scripts do."""
    words = ("restore", str(backups), "--account", "clerk", "--password-fd", "0", "--code-fd", "0", "--desk-no", "77")
    return new.call(*words, "--url", url, password=f"{code}\ntraining-clerk")
