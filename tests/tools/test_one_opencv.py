"""Two packages of OpenCV write over each other's files, so only one may be locked."""

import pytest

from sscard_desk.resources import root


@pytest.mark.parametrize("system", ["linux", "windows"])
def test_only_the_headless_opencv_is_locked(system):
    lock = (root() / "requirements" / f"{system}.txt").read_text(encoding="utf-8")
    names = [line.partition("==")[0] for line in lock.splitlines() if "==" in line]
    assert [name for name in names if name.startswith("opencv")] == ["opencv-python-headless"]
