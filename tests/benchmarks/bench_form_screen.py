"""How long the form's page takes to open in the real window over a real store, beside the limit; JSON on stdout.

From the key (Alt+4 at the photo) until everything of the page that can be seen has been painted and nothing waits for a
turn. Once each without a screen and, where Xvfb is installed, on a real X screen. The page is made ahead, as
the program does.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.training.point import training_point
from sscard_desk.ui import fonts, theme
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.form.view import FormView
from sscard_desk.ui.parts.ahead import style_ahead
from sscard_desk.ui.photo.view import PhotoView
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.stall_watch import StallWatch
from tests.machines.screen import NEEDED, a_screen

LIMIT_MS: Final = 150.0
STALL_MS: Final = 50.0
ROUNDS: Final = 15
KEY: Final = bytes(range(32))


class Painted(QObject):
    """Remembers which widgets were painted."""

    def __init__(self) -> None:
        super().__init__()
        self.widgets: set[QObject] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt calls it so
        if event.type() == QEvent.Type.Paint:
            self.widgets.add(watched)
        return False


def seen(page: QWidget) -> set[QObject]:
    """Return the page and everything on it that can be seen."""
    return {
        each for each in (page, *page.findChildren(QWidget)) if each.isVisible() and not each.visibleRegion().isEmpty()
    }


def open_page(app: QApplication, desk: SampleDesk, key: Qt.Key, wanted: type[QWidget]) -> float:
    """Press Alt and a number; return the milliseconds until the page is there and painted."""
    painted = Painted()
    app.installEventFilter(painted)
    begun = time.perf_counter()
    QTest.keyClick(QApplication.focusWidget() or desk.shell, key, Qt.KeyboardModifier.AltModifier)
    while True:
        app.processEvents()
        page = desk.shell.page
        if isinstance(page, wanted) and not desk.shell.turns._waiting and seen(page) <= painted.widgets:
            break
        if time.perf_counter() - begun > 10:
            raise AssertionError(f"{wanted.__name__} did not come")
    took = (time.perf_counter() - begun) * 1000
    app.removeEventFilter(painted)
    return round(took, 1)


def rest(app: QApplication, seconds: float = 0.15) -> None:
    """Let everything that a page does after it came have its time: a clerk presses no key meanwhile."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        app.processEvents()


def made_ahead(desk: SampleDesk) -> None:
    """Make the pages as the program does while it waits for somebody to sign in (`ui.app.views`)."""
    for station in (Station.PHOTO, Station.FORM):
        desk.pages._make(station.value)
        desk.shell.desk.keep(desk.pages._views[station.value])
        style_ahead(desk.pages._views[station.value])


def measure() -> dict[str, object]:
    """Open the page again and again in this process."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    fonts.install(app)
    theme.apply(app, theme.Mode.LIGHT)
    with tempfile.TemporaryDirectory() as name:
        folder, point = Path(name) / "desk", training_point()
        create_folder(
            folder, desk_id=point.desk, service_point=point.code, desk_no=point.desk_no, training=True, database_key=KEY
        )
        store = open_desk(folder, KEY)
        for bank in point.banks:
            store.keep_local_reference("bank", bank["code"], bank)
        desk = SampleDesk(store=store)
        desk.shell.resize(1366, 768)
        desk.shell.show()
        desk.shell.activateWindow()
        made_ahead(desk)
        rest(app, 2.0)  # somebody signs in meanwhile
        application = desk.record_until(Station.FORM)
        desk.serving.open(application.id, Station.PHOTO)
        rest(app, 2.0)  # somebody signs in meanwhile
        watch, times = StallWatch(), []
        watch.start()
        for _ in range(ROUNDS):
            times.append(open_page(app, desk, Qt.Key.Key_4, FormView))
            rest(app)
            open_page(app, desk, Qt.Key.Key_3, PhotoView)
            rest(app)
        watch.pause()
        desk.shell.hide()
        store.close()
    again = times[1:]
    return {
        "first_ms": times[0],
        "median_ms": round(statistics.median(again), 1),
        "worst_ms": max(again),
        "longest_stall_ms": round(watch.longest_ms, 1),
        "kept": max(times) <= LIMIT_MS,
    }


def _in_process(environment: dict[str, str]) -> object:
    done = subprocess.run(
        [sys.executable, __file__, "--here"], env=environment, capture_output=True, text=True, check=False
    )
    return json.loads(done.stdout) if done.returncode == 0 else {"failed": done.stderr.strip().splitlines()[-1:]}


def main() -> None:
    """Print one JSON object."""
    if "--here" in sys.argv:
        print(json.dumps(measure()))
        return
    result: dict[str, object] = {
        "bench": "form_screen",
        "limit_ms": LIMIT_MS,
        "stall_limit_ms": STALL_MS,
        "rounds": ROUNDS,
    }
    result["offscreen"] = _in_process(os.environ | {"QT_QPA_PLATFORM": "offscreen"})
    if all(map(shutil.which, NEEDED)):
        with tempfile.TemporaryDirectory() as name, a_screen(Path(name) / "log") as screen:
            result["x_screen"] = _in_process(screen.environment | {"QT_QPA_PLATFORM": "xcb"})
    print(json.dumps(result))


if __name__ == "__main__":
    main()
