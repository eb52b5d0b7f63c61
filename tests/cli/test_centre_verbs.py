"""Verbs of the centre, and those of a counter that the centre answers, run as programs of their own."""

import shutil
from pathlib import Path

import pypdfium2
import pytest

from sscard_desk.resources import form_folder, resource
from sscard_desk.training.set_up import TrainingFolder
from sscard_desk.training.stations import station
from tests.cli.desk import Desk, check
from tests.cli.said import Said
from tests.cli.shapes import differs, shapes

pytestmark = pytest.mark.real


def _list(said: Said) -> list[Said]:
    found = said["authorities"]
    assert isinstance(found, list)
    return found


def test_central_verbs_make_a_centre_and_expect_a_desk(desk: Desk, tmp_path: Path) -> None:
    folder = str(tmp_path / "centre")
    made = check("central init", desk.call("central", "init", "--folder", folder, "--name", "test", "--training"))
    assert len(str(made["fingerprint"])) == 64
    words = ("--folder", folder, "--desk", "D-1", "--point", "4201", "--point-name", "x", "--region", "420196")
    assert str(check("central enrol", desk.call("central", "enrol", *words))["code"]).startswith("D-1:")
    stands = check("central status", desk.call("central", "status", "--folder", folder))
    assert [one["state"] for one in stands["desks"]] == ["expected"]
    compacted = check("central compact", desk.call("central", "compact", "--folder", folder, "--days", "30"))
    assert (compacted["days"], compacted["removed"]) == (30, 0)
    assert desk.call("central", "compact", "--folder", folder, "--days", "-1")[0] == 2
    authority = ("central", "authority", "--folder", folder)
    (signing,) = _list(check("central authority", desk.call(*authority)))
    assert len(_list(check("central authority", desk.call(*authority, "--begin")))) == 2
    assert _list(check("central authority", desk.call(*authority, "--change")))[1] == signing | {"signs": False}
    revoked = ("central", "revoke", "--folder", folder, "--desk")
    assert check("central revoke", desk.call(*revoked, "D-1", "--reason", "lost"))["state"] == "revoked"
    assert check("central revoke", desk.call(*revoked, "D-1", "--undo"))["state"] == "expected"
    status, said, _ = desk.call(*revoked, "D-2")
    assert (status, said["error"]["code"]) == (1, "E179")
    status, said, _ = desk.call("central", "init", "--folder", folder, "--name", "again")
    assert (status, said["error"]["code"]) == (1, "E155")


def test_a_supervisor_gives_a_colleague_a_password_that_opens_the_desk(desk: Desk) -> None:
    listed = check("staff", desk.as_clerk("staff"))["accounts"]
    assert isinstance(listed, list)
    clerk = next(each for each in listed if each["role"] == "clerk")
    assert (clerk["listed"], clerk["way_in"], clerk["ended"]) == (True, True, False)
    words = ("staff", "--give", clerk["account"], "--login", "clerk", "--new-password-fd", "0", "--password-fd", "0")
    said = desk.call(*words, "--account", "supervisor", password="training-supervisor\ntraining-clerk")
    check("staff", said)
    check("staff", desk.as_clerk("staff"))
    status, refused, _ = desk.as_clerk(
        "staff", "--give", clerk["account"], "--login", "clerk", "--new-password-fd", "0"
    )
    assert (status, refused["error"]["code"]) == (1, "E124")


def test_a_desk_whose_last_password_is_lost_is_opened_again_with_the_centres_answer(desk: Desk, tmp_path: Path) -> None:
    centre = ("--folder", str(TrainingFolder(desk.folder).centre))
    made = desk.call("central", "rescue", *centre, "--make-key", "--passphrase-fd", "0", password="two keepers")
    assert check("central rescue", made)["has_key"] is True
    check("sync", desk.as_clerk("sync"))
    asked, answered = str(tmp_path / "request.txt"), str(tmp_path / "answer.txt")
    new = ("--new-password-fd", "0")
    check("rescue", desk.call("rescue", "--request", asked, *new, password="training-admin"))
    listed = check("staff", desk.as_clerk("staff"))["accounts"]
    assert isinstance(listed, list)
    admin = next(each["account"] for each in listed if each["role"] == "administrator")
    who = ("--account", admin, "--operator", "zhao", "--request", asked, "--answer", answered, "--passphrase-fd", "0")
    assert check("central rescue", desk.call("central", "rescue", *centre, *who, password="two keepers"))["answer"]
    words = ("rescue", "--answer", answered, "--login", "admin", *new)
    assert check("rescue", desk.call(*words, password="training-admin"))["account"] == admin
    check("staff", desk.call("staff", "--account", "admin", "--password-fd", "0", password="training-admin"))
    status, said, _ = desk.call(*words, password="training-admin")
    assert (status, said["error"]["code"]) == (1, "E515")


def test_staff_is_entered_changed_and_ended_at_the_centre(desk: Desk, tmp_path: Path) -> None:
    folder = ("--folder", str(tmp_path / "centre"))
    check("central init", desk.call("central", "init", *folder, "--name", "test", "--training"))
    enrol = ("--desk", "D-1", "--point", "4201", "--point-name", "x", "--region", "420196")
    check("central enrol", desk.call("central", "enrol", *folder, *enrol))

    def staff(*words: str) -> list[Said]:
        said = check("central staff", desk.call("central", "staff", *folder, "--point", "4201", *words))
        accounts = said["accounts"]
        assert isinstance(accounts, list)
        return accounts

    (added,) = staff("--add", "王丽", "--role", "clerk", "--login", "wangli")
    (changed,) = staff("--change", str(added["account"]), "--role", "supervisor")
    (ended,) = staff("--end", str(added["account"]))
    assert (added["role"], changed["role"], changed["login"], ended["ended"]) == ("clerk", "supervisor", "wangli", True)
    status, said, _ = desk.call("central", "staff", *folder, "--point", "4201", "--end", "0" * 32)
    assert (status, said["error"]["code"]) == (1, "E456")


def test_a_new_edition_is_delivered_and_reaches_the_desk_with_the_next_sync(desk: Desk, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(form_folder("registration"), tmp_path / "registration"))
    text = (folder / "form.toml").read_text(encoding="utf-8")
    (folder / "form.toml").write_text(text.replace('edition = "2026-1"', 'edition = "2026-8"'), encoding="utf-8")
    codes = (resource("codes", "sex.toml")).read_text(encoding="utf-8")
    (folder / "codes").mkdir()
    (folder / "codes" / "sex.toml").write_text(codes.replace("男", "男性"), encoding="utf-8")
    words = ("central", "form", "--folder", str(TrainingFolder(desk.folder).centre))
    delivered = check("central form", desk.call(*words, "--deliver", str(folder)))
    assert (delivered["edition"], delivered["changed"]) == ("2026-8", True)
    assert check("sync", desk.as_clerk("sync"))["proved"] is True
    assert check("verify", desk.as_clerk("verify"))["forms_refused"] == []
    seen = check("forms check", desk.as_clerk("forms", "check"))
    assert seen["forms"] == [{"name": "registration", "edition": "2026-8", "ok": True, "why": "", "problems": []}]
    answers = tmp_path / "answers.toml"
    answers.write_text('sex = "1"', encoding="utf-8")
    preview = ("forms", "preview", "registration", "--out", str(tmp_path / "out"), "--answers", str(answers))
    drawn = check("forms preview", desk.as_clerk(*preview, "--edition", "2026-8"))
    page = pypdfium2.PdfDocument(drawn["files"][0])[0]
    assert "男性" in page.get_textpage().get_text_range()
    assert desk.call(*preview, "--edition", "2026-8")[1]["error"]["code"] == "E117"
    withdrawn = check("central form", desk.call(*words, "--withdraw", "registration/2026-8"))
    assert (withdrawn["form"], withdrawn["edition"]) == ("registration", "2026-8")
    status, said, _ = desk.call(*words, "--withdraw", "registration/2026-8")
    assert (status, said["error"]["code"]) == (1, "E117")


def test_studios_and_their_pictures_are_brought_in_without_naming_anybody(desk: Desk, tmp_path: Path) -> None:
    words = ("central", "import", "--folder", str(TrainingFolder(desk.folder).centre))
    table, pictures = tmp_path / "studios.csv", tmp_path / "pic_S01"
    table.write_text(
        "code,name,until\n4201A,示例照相馆（和平路店）,\n4201B,示例图文社,\nS01,新照相馆,2027-12-31\n", encoding="utf-8"
    )
    said = check("central import", desk.call(*words, "--studios", str(table)))
    assert (said["what"], said["read"]) == ("studios", 3)
    pictures.mkdir()
    (pictures / "R-000077.jpg").write_bytes(b"\xff\xd8\xff picture")
    (tmp_path / "receipts.csv").write_text("receipt,id_number\nR-000077,110101199003074258\n", encoding="utf-8")
    brought = (*words, "--studio-photos", str(pictures), "--receipts", str(tmp_path / "receipts.csv"))
    assert check("central import", desk.call(*brought, "--studio", "S01"))["changed"] == 1
    assert desk.call(*brought)[0] == 2
    said = check("central import", desk.call(*words, "--receipt-days", "90"))
    assert said["what"] == "receipt_terms"


def test_central_serve_says_where_it_is_reached(desk: Desk) -> None:
    centre = str(TrainingFolder(desk.folder).centre)
    with station("central", "serve", "--folder", centre) as running:
        assert differs(running.reached(), shapes()["central serve"]) == []


def test_a_new_computer_enrols_with_its_code_and_only_once(desk: Desk, tmp_path: Path) -> None:
    centre = TrainingFolder(desk.folder).centre
    code = desk.call("central", "enrol", "--folder", str(centre), "--desk", "D-0232", "--point", "4201")[1]["code"]
    with station("central", "serve", "--folder", str(centre)) as running:
        words = ["enrol", "--url", running.reached()["url"], "--code-fd", "0", "--desk-no", "4", "--training"]
        words += ["--account", "boss", "--display-name", "甲", "--password-fd", "0"]
        said = check("enrol", Desk(tmp_path / "new").call(*words, password=f"{code}\nlong enough"))
        assert said["proved"] is True
        status, again, _ = Desk(tmp_path / "other").call(*words, password=f"{code}\nlong enough")
    assert (status, again["error"]["code"]) == (1, "E407")


def test_enrol_takes_no_code_as_an_argument_and_none_from_an_empty_line(tmp_path: Path) -> None:
    words = ("enrol", "--url", "https://127.0.0.1:1", "--desk-no", "4", "--account", "boss", "--display-name", "甲")
    for more, given in ((("--code", "D-1:x", "--code-fd", "0"), "D-1:x"), (("--code-fd", "0"), "")):
        status, said, _ = Desk(tmp_path / "new").call(*words, "--password-fd", "0", *more, password=given)
        assert (status, said["error"]["code"]) == (2, "E153")
    assert not (tmp_path / "new").exists()
