"""`forms recognise`, run as a program of its own without data folder and sign-in."""

import json
import os
import subprocess
import sys
from pathlib import Path

import cv2
import pytest

from tests.cli.said import Said
from tests.faults.worn_paper import BAR_PLACE, QR_PLACE, printed, tear, wear

from .shapes import differs, error_shape, shapes


def call(*words: str) -> tuple[int, Said]:
    done = subprocess.run(
        [sys.executable, "-m", "sscard_desk", "forms", "recognise", *words, "--json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"SSCARD_DESK_HOME": "/nowhere", "PYTHONUTF8": "1"},
        timeout=60,
        check=False,
    )
    return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module")
def registration() -> tuple[bytes, list[object]]:
    return printed("registration", chip_photo_consent="yes")


def test_a_scan_gives_the_promised_object_and_its_pictures(registration, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(registration[0])
    status, said = call(str(scan), "--out", str(tmp_path / "out"))
    assert status == 0
    assert differs(said, shapes()["forms recognise"]) == []
    assert [(page["serial"], page["page"]) for page in said["pages"]] == [("4201-03-26-00123-2-R1", n) for n in (1, 2)]
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"sheet1.jpg", "sheet2.jpg", "sheet2-photo_receipt.jpg", "sheet2-signature_clerk.jpg"} <= written


def test_torn_codes_are_an_error_until_the_number_is_given(registration, tmp_path: Path) -> None:
    worn = wear(registration[1][0], 1, 3, dpi=150)
    scan = tmp_path / "torn.png"
    assert cv2.imwrite(str(scan), tear(worn.picture, worn.matrix, QR_PLACE, BAR_PLACE))
    status, said = call(str(scan))
    assert status == 1
    assert differs(said, error_shape()) == []
    assert said["error"]["code"] == "E183"
    status, said = call(str(scan), "--serial", "4201-03-26-00123-2-R1")
    assert status == 0
    assert said["pages"][0]["read_by"] == "number"


def test_what_is_no_scan_or_not_there_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("hello")
    for name in ("note.txt", "missing.png"):
        status, said = call(str(tmp_path / name))
        assert (status, said["error"]["code"]) == (1, "E181")
