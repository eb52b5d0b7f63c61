"""A person asks at the counter, the centre decides, and the desk says what became of it: every verb as a program."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sscard_desk.bootstrap.desk import signed_in_desk
from sscard_desk.bootstrap.settings import save_settings
from sscard_desk.domain.events import Withdrawn
from sscard_desk.training.persons import persons
from sscard_desk.training.set_up import TrainingFolder, set_up
from sscard_desk.training.stations import station
from sscard_desk.usecases.identify import identify_number
from sscard_desk.usecases.open_application import open_application
from tests.cli.desk import Desk, check
from tests.cli.said import Said

from .test_stock_verbs import error

pytestmark = pytest.mark.real


def withdrawn(folder: Path, at: int) -> tuple[str, str]:
    """An application that its person withdrew; its number and the person's."""
    with signed_in_desk(folder, "clerk", "training-clerk") as desk:
        counter = desk.counter()
        person = list(persons(50))[at]
        found = identify_number(person.id_number, counter.persons, counter.store, "temporary_id_card")
        application = open_application(counter.store, counter.session, found, today=counter.today())
        with counter.store.work(counter.session.account) as work:
            work.record(Withdrawn("moved"), subject=application.id)
        return application.number, person.id_number


def test_a_request_is_recorded_decided_and_carried_out(tmp_path: Path) -> None:
    folder = TrainingFolder(tmp_path / "desk")
    set_up(folder, lambda _word: None, count=50)
    desk, at = Desk(folder.path), ("--folder", str(folder.centre))
    with station("central", "serve", *at) as centre:
        save_settings(folder.path, {"centre": {"url": centre.reached()["url"]}})
        kept, gone = withdrawn(folder.path, 3), withdrawn(folder.path, 4)
        for number, _ in (kept, gone):
            asked = desk.as_clerk("erasure", "ask", number, "--reason", "no more", "--by", "applicant")
            assert check("erasure ask", asked)["state"] == "unsent"
        assert desk.as_clerk("sync")[0] == 0
        listed = requests(check("erasure list", desk.as_clerk("erasure", "list")))
        assert [each["state"] for each in listed] == ["asked", "asked"]
        keys = [each["subject"] for each in listed]
        asked_there = requests(check("central erasures", desk.call("central", "erasures", *at)))
        assert sorted(str(each["subject"]) for each in asked_there) == sorted(map(str, keys))
        words = ("--refuse", str(keys[0]), "--words", "kept by law", "--operator", "op-1")
        said = check("central erasures", desk.call("central", "erasures", *at, *words))
        assert sorted(str(each["state"]) for each in requests(said)) == ["asked", "refused"]
        assert error(desk.call("central", "erase", *at, "--application", "nothing", "--operator", "op-1")) == "E485"
        done = by_number(folder, gone[1])
        assert f'"{keys[1]}"' in done
        assert gone[1] not in done
        assert desk.as_clerk("sync")[0] == 0
        listed = requests(check("erasure list", desk.as_clerk("erasure", "list")))
        assert [(each["state"], each["words"]) for each in listed] == [("refused", "kept by law"), ("erased", "")]
        kept_here = check("retention", desk.as_clerk("retention"))
        assert [each["why"] for each in requests(kept_here, "erasures")] == ["request"]
        assert check("verify", desk.as_clerk("verify"))["sound"] is True
        assert desk.as_clerk("sync")[0] == 0
        said = check("central erasures", desk.call("central", "erasures", *at))
        assert [each["carried_out"] for each in requests(said, "erasures")] == [[str(requests(said)[0]["desk"])]]
        on_record = requests(
            check("central audit", desk.call("central", "audit", *at, "--operator", "console")), "acts"
        )
        assert [(each["act"], each["object"], each["outcome"]) for each in on_record[:3]] == [
            ("erasure.order", keys[1], "done"),
            ("erasure.order", "nothing", "E485"),
            ("erasure.refuse", keys[0], "done"),
        ]
        assert gone[1] not in str(on_record)


def by_number(folder: TrainingFolder, id_number: str) -> str:
    """Erase all of a person; the number comes on a descriptor, where no list of processes shows it."""
    done = subprocess.run(
        [sys.executable, "-m", "sscard_desk", "central", "erase", "--folder", str(folder.centre), "--person-fd", "0",
         "--operator", "op-1", "--json"],
        input=id_number + "\n", capture_output=True, text=True, env=os.environ | {"PYTHONUTF8": "1"}, timeout=60,
        check=True,
    )  # fmt: skip
    return done.stdout


def requests(said: Said, name: str = "requests") -> list[Said]:
    rows = said[name]
    assert isinstance(rows, list)
    return rows


def test_keeping_periods_are_shown_set_and_run(tmp_path: Path) -> None:
    folder = TrainingFolder(tmp_path / "desk")
    set_up(folder, lambda _word: None, count=5)
    desk, at = Desk(folder.path), ("--folder", str(folder.centre))
    said = check("central retention", desk.call("central", "retention", *at, "--set", "desk=90", "--run"))
    assert (said["desk_days"], said["due"]) == (90, [])
    for wrong in ("desk=0", "withdrawn=1", "nothing=9999", "desk"):
        assert desk.call("central", "retention", *at, "--set", wrong)[0] == 2
