"""`forms check` and `forms preview` as programs of their own: no sign-in, no data folder."""

import json
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from sscard_desk.resources import form_folder, root
from tests.cli.said import Said
from tests.forms.broken import MUTATIONS
from tests.forms.persons import MINOR

from .shapes import differs, error_shape, shapes


def call(*words: str, locale: str = "C.UTF-8") -> tuple[int, Said, list[str]]:
    done = subprocess.run(
        [sys.executable, "-m", "sscard_desk", *words, "--json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"SSCARD_DESK_HOME": "/nonexistent", "LC_ALL": locale, "PYTHONUTF8": "1"},
        timeout=60,
        check=False,
    )
    return done.returncode, json.loads(done.stdout), done.stderr.strip().splitlines()


def test_our_own_forms_are_sound() -> None:
    status, said, stderr = call("forms", "check", str(root() / "forms"))
    assert (status, stderr) == (0, [])
    assert differs(said, shapes()["forms check"]) == []
    assert all(form["ok"] for form in said["forms"])


def test_every_problem_is_listed_in_the_language_of_the_locale(tmp_path: Path) -> None:
    lines = [mutation.make(tmp_path / mutation.name) for mutation in MUTATIONS[3:6]]
    status, said, stderr = call("forms", "check", str(tmp_path), locale="zh_CN.UTF-8")
    assert status == 1
    assert stderr[-1].startswith("E115 3 张表单里有 3 张")
    assert differs(said, shapes()["forms check"]) == []
    first = said["forms"][0]["problems"][0]
    assert first == {
        "file": "misspelt-key/form.toml",
        "line": lines[0],
        "field": "mobile",
        "key": first["key"],
        "message": "没有“requierd”这个键，是不是：required",
    }
    assert first["key"].endswith("].requierd")
    english = call("forms", "check", str(tmp_path / "misspelt-key"))[1]
    assert english["forms"][0]["problems"][0]["message"].startswith("There is no key")


def test_a_check_of_nothing_is_wrong_usage() -> None:
    status, said, _ = call("forms", "check")
    assert (status, said["error"]["code"]) == (2, "E153")


def test_a_wrong_code_table_is_told_in_its_own_file(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(form_folder("registration"), tmp_path / "registration"))
    (folder / "codes").mkdir()
    (folder / "codes" / "pick_up.toml").write_text('zh = "领取"\nen = "x"\nrows = [["1"]]\n', encoding="utf-8")
    status, said, _ = call("forms", "check", str(folder))
    problems = said["forms"][0]["problems"]
    assert status == 1
    assert {(each["file"], each["line"], each["key"]) for each in problems} == {
        ("codes/pick_up.toml", 1, "standard"),
        ("codes/pick_up.toml", 1, "certainty"),
        ("codes/pick_up.toml", 3, "rows[0]"),
    }


def test_what_a_preview_drew_is_recognised(tmp_path: Path) -> None:
    status, drawn, _ = call("forms", "preview", "registration", "--out", str(tmp_path))
    assert status == 0
    status, read, _ = call("forms", "recognise", str(drawn["files"][0]))
    assert status == 0
    pages = [(page["form"], page["edition"], page["page"]) for page in read["pages"]]
    assert pages == [("registration", drawn["edition"], 1), ("registration", drawn["edition"], 2)]


def test_a_preview_is_a_pdf_and_pictures_of_its_pages(tmp_path: Path) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text("\n".join(f'{field} = "{text}"' for field, text in MINOR.items()), encoding="utf-8")
    status, said, _ = call(
        "forms", "preview", "registration", "--out", str(tmp_path / "out"), "--answers", str(answers)
    )
    assert status == 0
    assert differs(said, shapes()["forms preview"]) == []
    assert (said["pages"], said["findings"]) == (2, [])
    pdf, *pictures = [Path(str(file)) for file in said["files"]]
    document = pypdfium2.PdfDocument(pdf)
    assert MINOR["name"] in document[0].get_textpage().get_text_range()
    for page, picture in zip(document, pictures, strict=True):
        width, height = struct.unpack(">II", picture.read_bytes()[16:24])
        assert abs(width - page.get_width() / 72 * 150) <= 1
        assert abs(height - page.get_height() / 72 * 150) <= 1


def test_wrong_answers_are_findings_and_the_paper_is_drawn_all_the_same(tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(MINOR | {"mobile": "1380013800", "agent_name": ""}), encoding="utf-8")
    _, said, _ = call(
        "forms", "preview", str(form_folder("registration")), "--out", str(tmp_path), "--answers", str(answers)
    )
    found = {finding["field"]: finding["verdict"] for finding in said["findings"]}
    assert found == {"mobile": "wrong", "agent_name": "missing"}
    assert (tmp_path / "registration-2026-1.pdf").exists()


def test_the_rows_of_a_table_come_from_the_file_too(tmp_path: Path) -> None:
    answers = tmp_path / "answers.toml"
    rows = "".join(f'[[students]]\nstudent_name = "{name}"\n' for name in ("张一", "王二"))
    answers.write_text(f'school = "示例小学"\nclass = "三年级二班"\n{rows}', encoding="utf-8")
    status, said, _ = call("forms", "preview", "class_list", "--out", str(tmp_path), "--answers", str(answers))
    assert status == 0, said
    text = pypdfium2.PdfDocument(tmp_path / "class_list-2026-1.pdf")[0].get_textpage().get_text_range()
    assert all(name in text for name in ("示例小学", "张一", "王二"))


@pytest.mark.parametrize(
    ("form", "more", "code"),
    [
        ("regestration", (), "E116"),
        ("registration", ("--edition", "1999-1"), "E117"),
        ("registration", ("--edition", "../.."), "E117"),
    ],
)
def test_a_form_that_is_not_there_is_said(form: str, more: tuple[str, ...], code: str, tmp_path: Path) -> None:
    status, said, stderr = call("forms", "preview", form, "--out", str(tmp_path), *more)
    assert (status, said["error"]["code"]) == (1, code)
    assert differs(said, error_shape()) == []
    assert stderr[-1].startswith(code)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [("a.toml", 'name = "李四"\nmobile = 138', 2), ("a.toml", 'name = "李四', 1),
     ("a.json", '{\n"name": "李四",\n}', 3),
     ("a.json", "[]", 1), ("a.toml", "[[students]]\nage = 7", 1), ("missing.toml", "", 0)],
)  # fmt: skip
def test_a_file_that_holds_no_answers_is_refused_at_its_line(name: str, text: str, line: int, tmp_path: Path) -> None:
    if text:
        (tmp_path / name).write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    status, said, stderr = call(
        "forms", "preview", "registration", "--out", str(out), "--answers", str(tmp_path / name)
    )
    assert (status, said["error"]["code"]) == (1, "E118")
    assert f"{line}" in stderr[-1]
    assert not out.exists()


def test_a_broken_definition_is_not_drawn(tmp_path: Path) -> None:
    MUTATIONS[3].make(tmp_path / "registration")
    out = tmp_path / "out"
    status, said, _ = call("forms", "preview", str(tmp_path / "registration"), "--out", str(out))
    assert (status, said["error"]["code"]) == (1, "E111")
    assert not out.exists()
