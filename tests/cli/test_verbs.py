"""Each verb of the counter, run as a program of its own, gives the object that docs/cli.md promises."""

import os
from pathlib import Path

import pypdfium2
import pytest

from sscard_desk.bootstrap.desk import signed_in_desk
from sscard_desk.domain.errors.operator import ReasonMissing
from sscard_desk.store.facts import DataFolder
from sscard_desk.store.lock import FolderLock
from sscard_desk.training.id_card_pictures import front
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import persons
from sscard_desk.training.stations import station
from sscard_desk.usecases.identify import identify_number
from sscard_desk.usecases.open_application import open_application
from tests.cli.desk import PERSONS, Desk, check
from tests.cli.said import Said
from tests.cli.shapes import differs, error_shape, shapes
from tests.paper.certificates import PASSPHRASE, Authority

pytestmark = pytest.mark.real


def test_read_id_gives_the_card_on_the_reader(desk: Desk) -> None:
    said = check("read-id", desk.call("read-id", "--wait", "5"))
    assert said["number"] in {person.id_number for person in persons(207)}


def test_read_scan_proposes_what_stands_on_a_specimen(desk: Desk, tmp_path: Path) -> None:
    card = id_card_of(next(persons(1)))
    front(card).save(tmp_path / "front.png")
    said = check(
        "read-scan", desk.call("read-scan", str(tmp_path / "front.png"), "--portrait", str(tmp_path / "p.jpg"))
    )
    fields = {field["name"]: field for field in said["fields"]}
    assert (fields["id_number"]["text"], fields["id_number"]["verdict"]) == (card.number, "checked")
    assert fields["name"]["verdict"] == "unchecked"
    assert (tmp_path / "p.jpg").stat().st_size == said["portrait_bytes"]


def test_read_scan_of_something_else_is_refused_with_its_code(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"no picture")
    status, said, _ = desk.call("read-scan", str(tmp_path / "x.png"))
    assert (status, said["error"]["code"]) == (1, "E181")


def test_lookup_masks_numbers_unless_one_was_given_whole(desk: Desk) -> None:
    person = list(persons(20))[9]
    said = check("lookup", desk.as_clerk("lookup", person.id_number))
    assert [row["number"] for row in said["persons"]] == [person.id_number]
    said = check("lookup", desk.as_clerk("lookup", person.name))
    assert all("********" in row["number"] for row in said["persons"])
    assert said["cached"] == PERSONS


def test_card_read_gives_a_blank_of_the_training_stock(desk: Desk) -> None:
    said = check("card read", desk.call("card", "read", "--wait", "5"))
    assert said["blank"] is True


def test_card_pin_is_set_and_verified_by_lines_of_a_descriptor_and_shows_nowhere(desk: Desk) -> None:
    def pin(act: str, digits: str) -> tuple[int, Said, str]:
        words = ("card", "pin", act, "--wait", "5", "--pin-fd", "0", "--account", "clerk", "--password-fd", "0")
        return desk.call(*words, password=f"training-clerk\n{digits}")

    said = check("card pin", pin("set", "730518"))
    assert said["tries_before"] == 3
    status, wrong, stderr = pin("verify", "260517")
    assert status == 1
    assert "E217" in str(wrong["error"])
    assert "tries left: 3" in stderr
    assert "260517" not in f"{wrong}{stderr}"
    assert check("card pin", pin("verify", "730518"))["tries_before"] == 2
    status, refused, _ = pin("unblock", "")  # without a reason
    assert status == 1
    assert ReasonMissing.code in str(refused["error"])


def test_card_write_of_an_unknown_application_is_refused_with_its_code(desk: Desk) -> None:
    status, said, stderr = desk.as_clerk("card", "write", "4201-03-26-00123-2")
    assert status == 1
    assert differs(said, error_shape()) == []
    assert stderr.strip().splitlines()[-1].startswith("E125 ")


def test_card_write_says_that_a_malformed_application_number_is_none(desk: Desk) -> None:
    status, said, _ = desk.as_clerk("card", "write", "123")
    assert (status, said["error"]["code"]) == (1, "E105")


def test_checklist_says_what_the_case_asks_to_bring_and_names_nobody(desk: Desk) -> None:
    person = list(persons(60))[57]
    with signed_in_desk(desk.folder, "clerk", "training-clerk") as opened:
        identity = identify_number(person.id_number, opened.store.persons, opened.store, "temporary_id_card")
        application = open_application(opened.store, opened.session, identity, today=opened.counter().today())
    said = check("checklist", desk.as_clerk("checklist", application.number))
    assert (said["evidence"], said["evidence_source"]) == ("typed", "temporary_id_card")
    materials = {row["name"]: row for row in said["materials"]}
    assert materials.keys() >= {"temporary_id_card", "registration_form"}
    assert materials["registration_form"]["accepts"] == ["original_seen"]
    assert materials["temporary_id_card"]["promise_until"] is None
    assert person.id_number not in str(said)
    assert person.name not in str(said)


@pytest.fixture
def class_list(tmp_path: Path) -> Path:
    """Three rows: good, wrong check digit, good."""
    told = list(persons(80))[70:73]
    rows = [["姓名", "证件号码", "班级"], *([person.name, person.id_number, "三（2）班"] for person in told)]
    rows[2][1] = rows[2][1][:17] + ("0" if rows[2][1][17] != "0" else "1")
    path = tmp_path / "list.csv"
    path.write_text("\n".join(",".join(cells) for cells in rows), encoding="gb18030")
    return path


def test_import_class_in_a_dry_run_needs_nobody_and_no_folder(class_list: Path, tmp_path: Path) -> None:
    nowhere = Desk(tmp_path / "nothing")
    said = check("import class", nowhere.call("import", "class", str(class_list), "--dry-run"))
    assert (said["kind"], said["ready"], said["wrong"], said["opened"]) == ("gb18030", 2, 1, [])
    assert [(row["row"], row["column"]) for row in said["problems"]] == [(3, "B")]
    assert not (tmp_path / "nothing").exists()


def test_import_class_waits_for_a_word_opens_the_good_rows_and_opens_them_once(
    desk: Desk, class_list: Path, tmp_path: Path
) -> None:
    status, said, _ = desk.as_clerk("import", "class", str(class_list))
    assert (status, said["error"]["code"]) == (1, "E199")
    kept = tmp_path / "rejected.xlsx"
    words = ("import", "class", str(class_list), "--yes", "--rejected", str(kept))
    said = check("import class", desk.as_clerk(*words))
    assert [row["row"] for row in said["opened"]] == [2, 4]
    assert kept.exists()
    said = check("import class", desk.as_clerk(*words))
    assert (said["opened"], said["in_work"]) == ([], [2, 4])
    status, said, _ = desk.call("import", "class", str(class_list))
    assert (status, said["error"]["code"]) == (2, "E153")


def test_sync_ends_with_the_proof(desk: Desk) -> None:
    said = check("sync", desk.as_clerk("sync"))
    assert (said["proved"], said["unsent"], said["up_to_date"]) == (True, 0, True)


def test_what_is_unsent_is_listed_one_by_one_until_the_centre_has_it(desk: Desk) -> None:
    before = check("unsent", desk.as_clerk("unsent"))
    check("sync", desk.as_clerk("sync"))
    after = check("unsent", desk.as_clerk("unsent"))
    assert before["unsent"] == len(before["entries"]) + 0
    assert {each["state"] for each in before["entries"]} <= {"waiting"}
    assert (after["unsent"], after["entries"], after["blobs"], after["offline_days_left"]) == (0, [], [], 30)


def test_the_clock_is_told_and_only_a_supervisor_sets_the_date(desk: Desk) -> None:
    said = check("clock", desk.as_clerk("clock"))
    assert (said["dates_hold"], said["set_by_supervisor"], said["off_days"]) == (True, False, 0)
    status, refused, _ = desk.as_clerk("clock", "--set", "2026-11-26", "--reason", "battery")
    assert (status, refused["error"]["code"]) == (1, "E124")
    status, refused, _ = desk.as_clerk("clock", "--set", "26.11.2026")
    assert (status, refused["error"]["code"]) == (2, "E153")


def test_sync_leaves_the_exchange_to_an_open_window(desk: Desk) -> None:
    with FolderLock(desk.folder):
        status, said, _ = desk.as_clerk("sync")
    assert (status, said["error"]["code"]) == (1, "E410")


def test_retention_says_how_long_the_desk_keeps_what_ended(desk: Desk) -> None:
    said = check("retention", desk.as_clerk("retention", "--run"))
    assert (said["desk_days"], said["erased_now"], said["erasures"]) == (60, [], [])


def test_verify_finds_everything_sound(desk: Desk) -> None:
    assert check("verify", desk.as_clerk("verify"))["sound"] is True


def test_printer_test_sheet_is_written_for_this_account_alone_and_printed(desk: Desk, tmp_path: Path) -> None:
    (desk.folder / "printed").mkdir(exist_ok=True)
    sheet = tmp_path / "sheet.pdf"
    said = check("printer test-sheet", desk.call("printer", "test-sheet", "--out", str(sheet), "--print"))
    assert (said["printer"], said["offset_x_mm"]) == ("printed", 0.0)
    assert sheet.read_bytes().startswith(b"%PDF-")
    if os.name == "posix":
        assert sheet.stat().st_mode & 0o777 == 0o600
    assert (desk.folder / "printed" / str(said["job"])).exists()
    status, said, _ = desk.call("printer", "test-sheet")
    assert (status, said["error"]["code"]) == (2, "E153")


def test_printer_certificate_keeps_a_passphrase_only_if_it_opens_the_file(desk: Desk) -> None:
    settings = desk.folder / "desk.toml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(f'{before}\n[papers]\ncertificate = "point.p12"\n', encoding="utf-8")
    (desk.folder / "point.p12").write_bytes(Authority().pkcs12())
    words = ("printer", "certificate", "--password-fd", "0", "--passphrase-fd", "0", "--account")
    try:
        wrong = desk.call(*words, "admin", password="training-admin\nwrong")
        assert (wrong[0], wrong[1]["error"]["code"]) == (1, "E194")
        nobody = desk.call(*words, "clerk", password=f"training-clerk\n{PASSPHRASE.decode()}")
        assert (nobody[0], nobody[1]["error"]["code"]) == (1, "E124")
        result = desk.call(*words, "admin", password=f"training-admin\n{PASSPHRASE.decode()}")
        said = check("printer certificate", result)
        assert "示例街道社保服务点" in str(said["subject"])
        assert PASSPHRASE.decode() not in settings.read_text(encoding="utf-8")
    finally:
        settings.write_text(before, encoding="utf-8")


def test_printer_spoiled_lists_a_day_and_refuses_what_is_no_day(desk: Desk) -> None:
    said = check("printer spoiled", desk.as_clerk("printer", "spoiled", "--day", "2026-11-26"))
    assert said == {"day": "2026-11-26", "papers": []}
    status, said, _ = desk.as_clerk("printer", "spoiled", "--day", "26.11.")
    assert (status, said["error"]["code"]) == (2, "E153")


def test_doctor_needs_nobody_signed_in(desk: Desk) -> None:
    said = check("doctor", desk.call("doctor"))
    health = {name: device["health"] for name, device in said["devices"].items()}
    assert health["card_reader"] == "ready"
    assert health["id_reader"] in {"ready", "busy"}
    assert said["desk_trouble"] is None


@pytest.mark.parametrize(
    ("facts", "code"), [(None, "E508"), (b"", "E503"), (b'{"desk": "D-1"', "E503"), (b'{"desk": 7}', "E503")]
)
def test_doctor_reports_a_folder_that_is_not_well_and_the_devices_all_the_same(
    facts: bytes | None, code: str, tmp_path: Path
) -> None:
    if facts is not None:
        DataFolder(tmp_path).facts.write_bytes(facts)
    status, said, stderr = Desk(tmp_path).call("doctor")
    assert (status, said["desk"], said["desk_trouble"]) == (0, None, code), stderr
    assert differs(said["devices"], shapes()["doctor"]["devices"]) == []


def test_a_wrong_password_is_counted_down_and_exits_with_1(desk: Desk) -> None:
    status, said, stderr = desk.call("lookup", "x", "--account", "admin", "--password-fd", "0", password="wrong")
    assert status == 1
    assert said["error"]["code"] == "E161"
    assert differs(said, error_shape()) == []
    assert stderr.strip().splitlines()[-1].startswith("E161 ")


def test_an_unknown_verb_or_word_is_wrong_usage_and_exits_with_2(desk: Desk) -> None:
    for words in (
        ("nonsense",),
        ("read-id", "--nonsense"),
        ("lookup", "x"),
        ("lookup", "x", "--limit", "0", "--account", "clerk"),
    ):
        status, said, stderr = desk.call(*words)
        assert (status, said["error"]["code"]) == (2, "E153")
        assert stderr.strip().splitlines()[-1].startswith("E153 ")


def test_a_training_studio_leaves_a_stick(desk: Desk, tmp_path: Path) -> None:
    said = check("simulate stick", desk.call("simulate", "stick", "--out", str(tmp_path / "stick"), "--count", "3"))
    assert said["files"] == len(list((tmp_path / "stick" / "pic_4201A").iterdir())) == 3


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("simulate id-reader", ("simulate", "id-reader", "--transport", "tcp")),
        ("simulate camera", ("simulate", "camera")),
        ("simulate card", ("simulate", "card", "--port", "1")),
    ],
)
def test_a_simulated_device_says_on_its_first_line_where_it_is_reached(verb: str, words: tuple[str, ...]) -> None:
    with station(*words) as running:
        assert differs(running.reached(), shapes()[verb]) == []


def test_card_face_makes_a_trial_card_of_a_cards_size_and_refuses_a_card_that_nobody_wrote(
    desk: Desk, tmp_path: Path
) -> None:
    said = check("card face", desk.as_clerk("card", "face", "--trial", "--out", str(tmp_path / "trial.pdf")))
    assert (said["width_mm"], said["height_mm"], said["state"]) == (85.6, 54.0, None)
    assert len(pypdfium2.PdfDocument(tmp_path / "trial.pdf")) == 1
    status, refused, _ = desk.as_clerk("card", "face", "4201-03-26-00123-2", "--out", str(tmp_path / "x.pdf"))
    assert (status, refused["error"]["code"]) == (1, "E125")
    assert not (tmp_path / "x.pdf").exists()
