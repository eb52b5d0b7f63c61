"""The exchange by a stick as programs: out of the desk, through the centre, back into the desk."""

from pathlib import Path

import pytest

from sscard_desk.training.point import training_point
from sscard_desk.training.set_up import TrainingFolder, set_up
from tests.cli.desk import Desk, check

pytestmark = pytest.mark.real


def test_a_counter_whose_centre_is_not_reached_ends_up_to_date_by_a_stick(tmp_path: Path) -> None:
    folder = TrainingFolder(tmp_path / "desk")
    set_up(folder, lambda _word: None, count=20)
    desk, stick = Desk(folder.path), tmp_path / "stick"
    status, said, _ = desk.as_clerk("export-unsent", "--to", str(stick))
    assert (status, said["error"]["code"]) == (1, "E147")
    stick.mkdir()
    check("stock spoil", desk.as_clerk("stock", "spoil", training_point().blanks[0].stock_no, "--reason", "damaged"))
    sent = check("export-unsent", desk.as_clerk("export-unsent", "--to", str(stick)))
    assert sent["entries"] == 1
    central = ("--folder", str(folder.centre))
    status, said, _ = desk.call("central", "import-stick", *central, str(stick), "--part-mb", "0")
    assert (status, said["error"]["code"]) == (2, "E153")
    words = ("central", "import-stick", *central, str(stick), "--answer-to", str(stick))
    taken = check("central import-stick", desk.call(*words))
    (answer,) = taken["answers"]
    name = str(answer["desk"])
    again = check(
        "central export-stick", desk.call("central", "export-stick", *central, "--desk", name, "--to", str(stick))
    )
    assert again["series"] == 2
    acts = desk.call("central", "audit", *central, "--operator", "console")[1]["acts"]
    assert [(each["act"], each["object"]) for each in acts[:3]] == [
        ("stick.export", f"{name}/2"),
        ("stick.export", f"{name}/1"),
        ("stick.import", f"{name}/1/1"),
    ]
    brought = check("import-stick", desk.as_clerk("import-stick", str(stick)))
    assert (brought["proved"], brought["unsent"], brought["up_to_date"]) == (True, 0, True)
    status, said, _ = desk.as_clerk("import-stick", str(stick / str(sent["files"][0]["name"])))
    assert (status, said["error"]["code"]) == (1, "E167")


def test_a_computer_without_a_line_enrols_by_a_stick(tmp_path: Path) -> None:
    folder, stick = TrainingFolder(tmp_path / "desk"), tmp_path / "stick"
    set_up(folder, lambda _word: None, count=5)
    stick.mkdir()
    new, central = Desk(tmp_path / "new"), ("--folder", str(folder.centre))
    enrol = ("central", "enrol", *central, "--desk", "D-0099", "--point", training_point().code)
    code = str(new.call(*enrol)[1]["code"])
    words = ("--to", str(stick), "--code-fd", "0", "--desk-no", "9", "--display-name", "管理员", "--training")
    account = ("--account", "admin", "--password-fd", "0")
    asked = check("enrol request", new.call("enrol", "request", *words, *account, password=f"{code}\ntraining-admin"))
    path = stick / str(asked["file"])
    joined = check("central join", new.call("central", "join", *central, str(path), "--to", str(stick)))
    answer = ("enrol", "answer", str(stick / str(joined["file"])), *account)
    assert check("enrol answer", new.call(*answer, password="training-admin"))["desk"] == "D-0099"
    sent = check("export-unsent", new.call("export-unsent", "--to", str(stick), *account, password="training-admin"))
    assert sent["series"] == 1
    new.call("central", "import-stick", *central, str(stick), "--answer-to", str(stick))
    brought = check("import-stick", new.call("import-stick", str(stick), *account, password="training-admin"))
    assert brought["up_to_date"] is True
