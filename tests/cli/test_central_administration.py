"""The verbs that administer a centre, as programs of their own, hold to the shapes of docs/cli.md."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sscard_desk.central.centre import init_centre
from sscard_desk.central.imports import import_point
from tests.machines.counter import POINT, REGION, person
from tests.machines.lists import register_row, written

from .shapes import differs, error_shape, shapes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    centre = init_centre(tmp_path / "centre", training=True, name="示例中心")
    import_point(centre, POINT, "示例街道服务站", REGION)
    centre.close()
    return tmp_path / "centre"


def call(folder: Path, *words: str) -> tuple[int, dict[str, object]]:
    command = [sys.executable, "-m", "sscard_desk", "central", *words, "--folder", str(folder), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    return done.returncode, json.loads(done.stdout)


def test_an_operator_is_added_reset_listed_and_removed_and_all_of_it_is_on_record(folder: Path) -> None:
    for act in ("add", "reset"):
        status, said = call(folder, "operator", act, "li.ming")
        assert (status, differs(said, shapes()["central operator"])) == (0, [])
    assert call(folder, "operator", "policy", "--second-person", "on") == (0, {"second_person": True})
    assert call(folder, "operator", "policy") == (0, {"second_person": True})
    status, said = call(folder, "operator", "list")
    assert said == {
        "operators": [
            {"operator": "li.ming", "state": "invited", "second_factor": False, "recovery_codes": 0, "sessions": 0}
        ]
    }
    assert call(folder, "operator", "remove", "li.ming") == (0, {"operator": "li.ming"})
    status, said = call(folder, "operator", "reset", "li.ming")
    assert (status, differs(said, error_shape())) == (1, [])
    status, said = call(folder, "audit", "--verify")
    assert (status, differs(said, shapes()["central audit"]), said["head"]) == (0, [], 5)
    acts = said["acts"]
    assert isinstance(acts, list)
    assert [(each["act"], each["outcome"]) for each in acts] == [
        ("operator.reset", "E470"),
        ("operator.remove", "done"),
        ("operator.second-person", "done"),
        ("operator.reset", "done"),
        ("operator.add", "done"),
    ]


def test_a_list_is_taken_whole_or_told_by_line_and_column(folder: Path, tmp_path: Path) -> None:
    rows = [register_row(person(n)) for n in range(10)]
    good = written(tmp_path / "good.csv", rows)
    bad = written(tmp_path / "bad.csv", [*rows, register_row(person(11), phone="12")])
    status, said = call(folder, "import", "--kind", "persons", str(bad), "--region", REGION)
    assert (status, differs(said, error_shape())) == (1, [])
    assert "12 phone" in json.dumps(said)
    words = ("import", "--kind", "persons", str(good), "--region", REGION)
    status, said = call(folder, *words, "--check")
    assert (status, said["read"], said["changed"]) == (0, 10, 0)
    status, said = call(folder, *words)
    assert (status, differs(said, shapes()["central import"]), said["changed"]) == (0, [], 10)
    status, said = call(folder, "import", "--kind", "persons", str(good))
    assert (status, differs(said, error_shape())) == (2, [])
