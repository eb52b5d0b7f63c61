"""`stock` on a training desk: from a delivery to a returned card, with two people."""

from pathlib import Path

import pytest

from sscard_desk.central.centre import init_centre
from sscard_desk.central.imports import LentBlank, import_point, lend_blanks
from sscard_desk.training.point import training_point
from sscard_desk.training.set_up import TrainingFolder, set_up
from tests.cli.desk import Desk, check
from tests.cli.said import Said

pytestmark = pytest.mark.real
HEAD = "序号,社保卡号,卡识别码\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    folder = TrainingFolder(tmp_path / "desk")
    set_up(folder, lambda _word: None, count=20)
    return Desk(folder.path)


def as_supervisor(desk: Desk, *words: str) -> tuple[int, Said, str]:
    return desk.call(*words, "--account", "supervisor", "--password-fd", "0", password="training-supervisor")


def test_a_delivery_is_received_spoiled_confirmed_returned_and_counted(desk: Desk, tmp_path: Path) -> None:
    maker = tmp_path / "list.csv"
    maker.write_text(f"{HEAD}X000001,A00000001,110101D156000005{1:016X}\n", encoding="gb18030")
    empty = check("stock show", desk.as_clerk("stock", "show", "--shift"))
    assert check("stock", desk.as_clerk("stock", "--shift")) == empty
    lent = len(training_point().blanks)
    assert (empty["low"], len(empty["moves"])) == (False, lent)
    assert empty["balance"]["free"] == lent
    said = check("stock receive", desk.as_clerk("stock", "receive", "--file", str(maker)))
    assert (said["received"], said["exact"]) == (["X000001"], True)
    assert error(desk.as_clerk("stock", "receive", "--file", str(maker))) == "E106"
    assert error(desk.as_clerk("stock", "receive", "--range", "X000002", "X000009")) == "E126"
    said = check("stock spoil", desk.as_clerk("stock", "spoil", "X000001", "--reason", "damaged"))
    assert said["unconfirmed"] == ["X000001"]
    assert error(desk.as_clerk("stock", "confirm", "X000001")) == "E139"
    assert error(desk.as_clerk("stock", "return", "X000001", "--reason", "-")) == "E139"
    said = check("stock confirm", as_supervisor(desk, "stock", "confirm", "X000001"))
    assert said["unconfirmed"] == []
    said = check("stock return", desk.as_clerk("stock", "return", "X000001", "--reason", "to the centre"))
    assert said["balance"] == {
        "received": lent + 1, "free": lent, "reserved": 0, "issued": 0, "spoiled": 0, "returned": 1,
    }  # fmt: skip
    assert error(desk.as_clerk("stock", "count", "--free", "1", "--spoiled", "0")) == "E130"
    said = check("stock count", desk.as_clerk("stock", "count", "--free", str(lent), "--spoiled", "0"))
    assert said["shift"] == 2
    assert check("verify", desk.as_clerk("verify"))["stock_wrong"] == []


def test_the_centre_shows_all_desks_and_confirms_a_spoiled_card(tmp_path: Path) -> None:
    centre = init_centre(tmp_path / "centre", training=True, name="示例中心")
    import_point(centre, "0231", "示例街道服务站", "330100")
    lend_blanks(centre, "0231", [LentBlank("110101D156000005" + "0" * 16, "A00000001", "K1", "D-0001")])
    centre.close()
    desk, words = Desk(tmp_path), ("central", "stock", "--folder", str(tmp_path / "centre"))
    said = check("central stock", desk.call(*words))
    assert said["desks"] == [{"desk": "D-0001", "states": [{"state": "lent", "cards": 1}]}]
    status, said, _ = desk.call(*words, "--confirm", "110101D156000005" + "0" * 16)
    assert status == 2 or said["error"]["code"] == "E153"
    said = check("central stock", desk.call(*words, "--confirm", "1" * 32, "--operator", "op-1"))
    assert said["confirmed"] == 0


def error(answer: tuple[int, Said, str]) -> str:
    status, said, _ = answer
    assert status == 1
    return str(said["error"]["code"])
