import subprocess
import sys
from pathlib import Path

import pytest

from sscard_desk.devices.camera.shared_library import load_apart

MAPPED = """
from pathlib import Path
from sscard_desk.devices.camera.shared_library import load_apart
import sys
loaded = load_apart("cv2")
maps = Path("/proc/self/maps")
print(loaded, "cv2" in sys.modules, not maps.exists() or "cv2" in maps.read_text())
import cv2
print(cv2.__version__ != "")
"""


def test_opencv_is_in_memory_before_it_is_imported_and_imports_then() -> None:
    done = subprocess.run([sys.executable, "-c", MAPPED], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["True", "False", "True", "True"]


def test_a_package_that_is_not_there_is_left_to_the_import() -> None:
    assert not load_apart("no_such_package_at_all")


def test_a_package_without_a_library_of_its_own_is_left_to_the_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "package_of_words").mkdir()
    (tmp_path / "package_of_words" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    assert not load_apart("package_of_words")
