"""The keypad stands on the applicant's screen where there is one; Qt reads screens once, so in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
from sscard_desk.ui import fonts
from sscard_desk.ui.keypad.presenter import KeypadPresenter
from sscard_desk.ui.keypad.screen import KeypadScreen
from sscard_desk.ui.keypad.state import KeypadState
fonts.install(app)
desk = QWidget()
desk.setGeometry(0, 0, 1366, 768)
desk.show()
presenter = KeypadPresenter()
screen = KeypadScreen(desk, presenter)
presenter.ask(KeypadState(question="PIN"), lambda pin: pin.wipe(), lambda: None)
app.processEvents()
window = screen.window
print(window.screen().name(), window.isVisible(), desk.screen().name())
presenter.put_away()
app.processEvents()
print(window.isVisible())
"""


def screens(*names: str) -> list[dict[str, object]]:
    size = {"y": 0, "width": 1366, "height": 768, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    return [{"name": name, "x": 1366 * at, **size} for at, name in enumerate(names)]


def shown(folder: Path, *names: str) -> list[str]:
    config = folder / "screens.json"
    config.write_text(json.dumps({"screens": screens(*names)}), encoding="ascii")
    environment = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={config}"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.split()


def test_with_two_screens_the_keypad_is_on_the_one_where_the_desk_is_not(tmp_path: Path) -> None:
    assert shown(tmp_path, "desk", "applicant") == ["applicant", "True", "desk", "False"]


def test_with_one_screen_it_stands_in_front(tmp_path: Path) -> None:
    assert shown(tmp_path, "desk") == ["desk", "True", "desk", "False"]
