"""`photo check` and `photo conform`, run as programs of their own without data folder and sign-in."""

import json
import os
import subprocess
import sys
from pathlib import Path

import cv2
import pytest

from sscard_desk.imaging.pictures import read_picture
from sscard_desk.resources import built

from .shapes import differs, error_shape, shapes

PERSON = built("training", "camera", "person-00.jpg")


def call(*words: str | Path) -> tuple[int, dict, str]:
    done = subprocess.run(
        [sys.executable, "-m", "sscard_desk", "photo", *map(str, words), "--json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"SSCARD_DESK_HOME": "/nowhere", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"},
        timeout=60,
        check=False,
    )
    return done.returncode, json.loads(done.stdout), done.stderr


def verdicts(said: dict) -> dict[str, str]:
    return {rule["rule"]: rule["verdict"] for rule in said["rules"]}


def test_a_picture_is_made_to_conform_and_then_checked(tmp_path: Path) -> None:
    out = tmp_path / "portrait.jpg"
    status, made, _ = call("conform", PERSON, "--rules", "social_security_card", "--out", out, "--bare-headed", "yes")
    assert status == 0
    assert differs(made, shapes()["photo conform"]) == []
    assert made["accepted"]
    assert made["alterations"] == ["cut", "scaled"]
    assert (os.name == "nt") or out.stat().st_mode & 0o777 == 0o600
    assert read_picture(out.read_bytes()).picture.shape == (441, 358, 3)
    status, found, _ = call("check", out, "--rules", "social_security_card", "--taken", "2020-01-01")
    assert status == 0
    assert differs(found, shapes()["photo check"]) == []
    assert found["accepted"]
    not_met = {rule: verdict for rule, verdict in verdicts(found).items() if verdict != "fits"}
    assert not_met == {
        "photo_age": "warns", "head_covering": "asks", "enlargement": "unseen", "coverage": "unseen",
    }  # fmt: skip
    advice = {rule["rule"]: rule["advice"] for rule in found["rules"]}
    assert advice["photo_age"].startswith("The photo is not recent.")


def test_a_picture_as_the_camera_took_it_is_measured_and_not_accepted() -> None:
    status, said, _ = call("check", PERSON, "--rules", "ga461", "--born", "2022-03-07")
    assert status == 0
    assert (said["faces"], said["accepted"], said["exempt"]) == (1, False, False)
    assert {"picture_width", "picture_height", "file_size"} <= {
        rule for rule, verdict in verdicts(said).items() if verdict == "refuses"
    }


def test_without_a_face_check_measures_and_conform_is_an_error(tmp_path: Path) -> None:
    empty = built("training", "camera", "empty.jpg")
    status, said, _ = call("check", empty)
    assert (status, said["faces"], said["accepted"], verdicts(said)["faces"]) == (0, 0, False, "refuses")
    for name, code in (("empty", "E211"), ("two", "E212")):
        status, said, stderr = call("conform", built("training", "camera", f"{name}.jpg"), "--out", tmp_path / "no.jpg")
        assert (status, said["error"]["code"]) == (1, code)
        assert differs(said, error_shape()) == []
        assert stderr.splitlines()[-1].startswith(code)
    assert list(tmp_path.iterdir()) == []


def test_one_face_with_too_few_pixels_is_made_all_the_same_and_not_accepted(tmp_path: Path) -> None:
    small = tmp_path / "small.png"
    assert cv2.imwrite(str(small), cv2.resize(cv2.imread(str(PERSON)), None, fx=0.3, fy=0.3))
    status, said, _ = call("conform", small, "--out", tmp_path / "out.jpg")
    assert (status, said["accepted"], verdicts(said)["enlargement"]) == (0, False, "refuses")
    assert (tmp_path / "out.jpg").stat().st_size == said["bytes"]


@pytest.mark.parametrize("content", [b"", b"hello", PERSON.read_bytes()[:9000]], ids=["empty", "text", "cut short"])
def test_what_is_no_picture_is_an_error(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "file.jpg"
    file.write_bytes(content)
    for words in (("check", file), ("conform", file, "--out", tmp_path / "out.jpg")):
        status, said, _ = call(*words)
        assert (status, said["error"]["code"]) == (1, "E141")


def test_unknown_rules_are_wrong_usage_and_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert call("check", PERSON, "--rules", "passport")[0] == 2
    status, said, _ = call("conform", PERSON, "--out", tmp_path / "none" / "out.jpg")
    assert (status, said["error"]["code"][:2]) == (1, "E5")
