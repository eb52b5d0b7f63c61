"""The verbs that administer a centre, as programs of their own, hold to the shapes of docs/cli.md."""

import getpass
import json
import subprocess
import sys
from pathlib import Path

import pytest

from sscard_desk.central.centre import init_centre, open_centre
from sscard_desk.central.imports import enrolment_code, import_point
from sscard_desk.central.store.desks import enrol_desk
from sscard_desk.central.store.photos import Release, note_release
from sscard_desk.domain import events
from sscard_desk.domain.photo_source import REGISTER
from tests.central._journal import receive
from tests.cli.said import Said
from tests.domain.standing import AT
from tests.machines.counter import POINT, REGION, opened, person, subject
from tests.machines.lists import register_row, written
from tests.machines.model_desk import ModelDesk

from .shapes import differs, error_shape, shapes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    centre = init_centre(tmp_path / "centre", training=True, name="示例中心")
    import_point(centre, POINT, "示例街道服务站", REGION)
    centre.close()
    return tmp_path / "centre"


def call(folder: Path, *words: str) -> tuple[int, Said]:
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


def test_the_record_begins_with_the_centre(tmp_path: Path) -> None:
    assert call(tmp_path / "new", "init", "--training", "--name", "示例中心")[0] == 0
    _, said = call(tmp_path / "new", "audit", "--verify")
    assert [(each["act"], each["object"], each["outcome"]) for each in said["acts"]] == [
        ("centre.begin", "示例中心", "done")
    ]


def test_what_a_verb_changes_is_on_record_under_the_account_of_the_system(folder: Path, tmp_path: Path) -> None:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("lange Sätze öffnen den Tresor", encoding="utf-8")
    passphrase.chmod(0o600)
    opened = ("--passphrase-file", str(passphrase))
    assert call(folder, "keys", "init", "--place", "vault", *opened)[0] == 0
    brought = ("keys", "import", "--place", "vault", "--training-profile", "training")
    assert call(folder, *brought, *opened)[0] == 0
    assert call(folder, "keys", "limit", "--kind", "pin", "--per-hour", "9")[0] == 0
    assert call(folder, "keys", "remove", "--key", "0000FF", "--reason", "x", *opened)[0] == 1
    assert call(folder, "keys", "list")[0] == 0
    assert call(folder, "compact", "--days", "9")[0] == 0
    assert call(folder, "retention", "--set", "desk=60")[0] == 0
    assert call(folder, "erasures", "--refuse", "a", "--words", "no", "--operator", "op-1")[0] == 1
    _, said = call(folder, "audit", "--operator", "console", "--verify")
    acts = said["acts"]
    assert isinstance(acts, list)
    assert {each["operator"] for each in acts} == {f"console:{getpass.getuser()}"}
    brought_in = [each for each in acts if each["act"] == "keys.import"]
    assert {(each["object"], each["outcome"]) for each in brought_in} == {("training", "done")}
    rest = [(each["act"], each["object"], each["outcome"]) for each in acts if each not in brought_in]
    assert rest == [
        ("erasure.refuse", "a", "E485"),
        ("retention.set", "desk=60", "done"),
        ("compact", "9", "done"),
        ("keys.remove", "0000FF", rest[3][2]),
        ("keys.limit", "* pin 9", "done"),
        ("keys.init", "vault", "done"),
    ]
    assert rest[3][2].startswith("E")
    assert "Tresor" not in json.dumps(said)


def test_a_limit_of_register_pictures_is_set_on_record_and_those_without_application_are_named(folder: Path) -> None:
    centre = open_centre(folder)
    given = Release(1_700_000_000_000, "D-0001", REGISTER, "11010119900307425X", "found", application="ab" * 16)
    with centre.database.writing() as connection:
        note_release(connection, given)
    centre.close()
    assert call(folder, "portraits", "limit", "--per-hour", "20") == (0, {"desk": "", "per_hour": 20})
    assert call(folder, "portraits", "limit", "--per-hour", "20", "--desk", "D-0404")[0] == 1
    assert call(folder, "portraits", "limit", "--per-hour", "-1")[0] == 2
    status, said = call(folder, "portraits", "list")
    assert (status, differs(said, shapes()["central portraits"]), said["per_hour"]) == (0, [], 20)
    assert said["photos"] == [{"at": "2023-11-14T22:13:20+00:00", "desk": "D-0001", "application": "ab" * 16}]
    status, said = call(folder, "status")
    assert (status, differs(said, shapes()["central status"]), said["register_photos_unmatched"]) == (0, [], 1)
    _, said = call(folder, "audit")
    acts = said["acts"]
    assert isinstance(acts, list)
    assert [(each["act"], each["object"], each["outcome"]) for each in acts] == [
        ("portraits.limit", "D-0404 20", "E179"),
        ("portraits.limit", "* 20", "done"),
    ]


def test_a_kept_card_number_is_named_and_let_go_on_record(folder: Path) -> None:
    first, other, about = ModelDesk("D-0001"), ModelDesk("D-0002"), subject()
    centre = open_centre(folder)
    for desk in ("D-0001", "D-0002"):
        code = enrolment_code(centre, desk, POINT)
        with centre.database.writing() as connection:
            enrol_desk(connection, desk, code.secret, bytes(32), centre.now_ms())
    receive(centre, "D-0001", [first.record(opened(1), about), first.record(events.Withdrawn("asked"), about)])
    receive(centre, "D-0002", [other.record(AT.intended, about)])
    centre.close()
    status, said = call(folder, "stock")
    assert (status, differs(said, shapes()["central stock"])) == (0, [])
    kept = said["kept"]
    assert [(each["identification_code"], each["may_go"]) for each in kept] == [(AT.code, True)]
    assert call(folder, "stock", "--release", AT.code, "--operator", "li.ming")[0] == 2
    words = ("stock", "--release", AT.code, "--operator", "li.ming", "--reason", "found in the drawer")
    status, said = call(folder, *words)
    assert (status, said["kept"]) == (0, [])
    assert call(folder, *words)[0] == 1
    _, said = call(folder, "audit")
    acts = said["acts"]
    assert isinstance(acts, list)
    assert [(each["act"], each["object"], each["outcome"]) for each in acts] == [
        ("card.release", AT.code, "E493"),
        ("card.release", AT.code, "done"),
    ]


def test_the_list_of_studios_is_looked_through_before_a_row_is_taken(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "studios.csv"
    table.write_text("code,name,until\nS01,甲照相馆,2027-02-30\nS02,,\n", encoding="utf-8")
    status, said = call(folder, "import", "--studios", str(table))
    assert (status, differs(said, error_shape())) == (1, [])
    assert all(where in json.dumps(said) for where in ("2 until", "3 name"))
    table.write_text("code,name,until\nS01,甲照相馆,2027-02-28\n", encoding="utf-8")
    status, said = call(folder, "import", "--studios", str(table))
    assert (status, differs(said, shapes()["central import"]), said["changed"]) == (0, [], 1)


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
