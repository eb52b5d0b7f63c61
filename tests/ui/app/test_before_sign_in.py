"""What the program must not load before somebody can sign in: it is felt at every start."""

import os
import sys
from pathlib import Path
from subprocess import run

from sscard_desk.training.set_up import TrainingFolder, set_up

HEAVY = (
    "PIL",
    "cryptography",
    "cv2",
    "httpx",
    "numpy",
    "onnxruntime",
    "openpyxl",
    "pyhanko",
    "pypdfium2",
    "rapidocr",
    "reportlab",
    "serial",
    "smartcard",
    "sqlalchemy",
    "sscard_desk.cards",
    "sscard_desk.forms",
    "sscard_desk.imaging",
    "sscard_desk.paper",
    "sscard_desk.sync",
    "sscard_desk.usecases",
    "sscard_desk.wire",
)

SCRIPT = """
import os, sys
from PySide6.QtWidgets import QApplication, QLineEdit

def look(*_):
    app = QApplication.instance()
    while not isinstance(app.focusWidget(), QLineEdit):
        app.processEvents()
    print(*sys.modules, flush=True)
    os._exit(0)

QApplication.exec = staticmethod(look)
from sscard_desk.cli.run import run
sys.argv = ["sscard-desk"]
run(["window"])
"""


def test_the_sign_in_page_waits_for_nothing_that_only_the_work_after_it_needs(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    set_up(TrainingFolder(folder), lambda _word: None, count=5)
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "SSCARD_DESK_HOME": str(folder)}
    done = run([sys.executable, "-c", SCRIPT], check=True, capture_output=True, text=True, env=environment)
    loaded = set(done.stdout.split())
    assert "sscard_desk.ui.sign_in.view" in loaded
    assert sorted(loaded.intersection(HEAVY)) == []
