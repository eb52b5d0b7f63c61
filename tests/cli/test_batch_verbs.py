"""`batch` on a training desk: opened, run without a card, shown, exported; a return file looked at."""

from pathlib import Path

import pytest

from sscard_desk.bootstrap.desk import signed_in_desk
from sscard_desk.bootstrap.settings import save_settings
from sscard_desk.training.set_up import TrainingFolder, set_up
from sscard_desk.training.stations import running_stations
from tests.cli.desk import Desk, check
from tests.machines.approved_class import approved_class
from tests.machines.training_desk import clerk, supervisor

from .test_stock_verbs import error

pytestmark = pytest.mark.real


def test_a_batch_is_opened_run_shown_exported_and_a_return_file_is_looked_at(tmp_path: Path) -> None:
    folder = TrainingFolder(tmp_path / "desk")
    set_up(folder, lambda _word: None, count=20)
    desk = Desk(folder.path)
    with running_stations(folder.cards, first=7, card_rest_s=1.0) as stations:
        save_settings(folder.path, stations.settings("http://127.0.0.1:9"))
        with signed_in_desk(desk.folder, "clerk", "training-clerk") as opened:
            people = approved_class(opened.store, clerk(), supervisor(), 2)
        assert check("batch show", desk.as_clerk("batch", "show"))["groups"] == [{"name": "3-2", "people": 2}]
        batch = check("batch open", desk.as_clerk("batch", "open", "--group", "3-2"))
        number = str(batch["batch"])
        status, said, spoken = desk.as_clerk("batch", "run", number, "--wait", "20")
        ended = check("batch run", (status, said, spoken))
    assert (ended["state"], ended["done"], ended["tries"]) == ("closed", [each.number for each in people], 2)
    assert [line for line in spoken.splitlines() if line.startswith("take_out")] == [
        f"take_out {each.number}" for each in people
    ]
    assert people[0].name not in spoken
    assert error(desk.as_clerk("batch", "run", number)) == "E160"
    out = tmp_path / "out.csv"
    assert check("batch export", desk.as_clerk("batch", "export", number, str(out)))["rows"] == 2
    report = check("batch import", desk.as_clerk("batch", "import", str(out), "--dry-run"))
    assert (report["wrong"], report["taken"]) == (2, 0)  # these were written here and not sent anywhere
    assert check("verify", desk.as_clerk("verify"))["stock_wrong"] == []
