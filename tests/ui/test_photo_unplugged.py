"""Ten times unplugged and back in one run, through the window's own lanes and a real stream: nothing is restarted."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sscard_desk.devices.camera.chosen import ChosenCamera
from sscard_desk.devices.camera.opencv import OpenCvCamera
from sscard_desk.devices.camera.session import Waits
from sscard_desk.devices.camera.simulated import Scene, SimulatedCamera
from sscard_desk.domain.errors import DeskError
from sscard_desk.imaging.rules import load_rules
from sscard_desk.imaging.studio import Studio
from sscard_desk.ui.photo import live_camera
from sscard_desk.ui.photo.live_camera import Facts, LiveCamera, Sight
from sscard_desk.ui.runner import Runner

pytestmark = pytest.mark.real


class Page:
    """What a page hears of its camera."""

    def __init__(self, camera: ChosenCamera, runner: Runner) -> None:
        self.runner, self.post = runner, runner.post
        self.counter: Any = type("Counter", (), {})()
        self.counter.devices = type("Devices", (), {"camera": camera})()
        self.counter.portraits = Studio(load_rules())
        self.sights: list[Sight] = []
        self.codes: list[str] = []
        self.facts: list[Facts] = []
        self.live = LiveCamera(self, self.sights.append, self._lost, self.facts.append)  # type: ignore[arg-type] # as good as one here

    def run(self, lane: str, work: Any, done: Any, failed: Any = None, cancel: Any = None) -> None:
        self.runner.submit(lane, work, done, failed or self.tell, cancel)

    def tell(self, error: DeskError) -> None:
        raise error

    def _lost(self, error: DeskError) -> None:
        self.codes.append(error.code)

    def has_said(self, code: str) -> bool:
        return code in self.codes

    def wait(self, done: Callable[[], bool], what: str) -> None:
        for _ in range(1500):
            if done():
                return
            QTest.qWait(10)
        pytest.fail(f"{what} did not come within fifteen seconds: {self.codes}")


@pytest.fixture
def page(app: QApplication, tmp_path, monkeypatch) -> Iterator[tuple[Page, list[SimulatedCamera]]]:
    monkeypatch.setattr(live_camera, "AGAIN_S", 0.05)
    plugged = [SimulatedCamera(fps=30)]
    waits = Waits(open_s=3, frame_s=0.5, frozen_s=0.3)
    camera = ChosenCamera([plugged[0].url], lambda source: OpenCvCamera(source, waits), tmp_path / "choice", tuple)
    runner = Runner()
    made = Page(camera, runner)
    yield made, plugged
    made.live.stop()
    plugged[-1].stop()
    runner.close(10)
    runner.give_back_garbage()


def test_ten_times_unplugged_and_back(page: tuple[Page, list[SimulatedCamera]]) -> None:
    made, plugged = page
    port = int(plugged[0].url.rsplit(":", 1)[1].split("/")[0])
    made.live.start()
    for _ in range(10):
        made.sights.clear()
        made.codes.clear()
        made.wait(lambda: len(made.sights) > 1, "the picture")
        assert made.sights[-1].measures.faces == 1
        plugged[-1].stop()
        made.wait(lambda: "E321" in made.codes, "the word that it is gone")
        assert made.live.frame is None
        plugged.append(SimulatedCamera(port=port, fps=30))
    made.sights.clear()
    made.wait(lambda: bool(made.sights), "the picture after ten rounds")


def test_a_hanging_camera_is_told_and_taken_up_again(page: tuple[Page, list[SimulatedCamera]]) -> None:
    made, plugged = page
    made.live.start()
    made.wait(lambda: bool(made.sights), "the picture")
    assert made.facts[-1].name.startswith("http://127.0.0.1:")
    for scene, code in ((Scene.FROZEN, "E331"), (Scene.SILENT, "E322")):
        plugged[-1].show(scene)
        made.wait(partial(made.has_said, code), "its code")
        plugged[-1].show(Scene.PERSON)
        made.sights.clear()
        made.wait(lambda: bool(made.sights), "the picture")


def test_what_is_not_wanted_any_more_tells_nothing(page: tuple[Page, list[SimulatedCamera]]) -> None:
    made, plugged = page
    made.live.start()
    made.wait(lambda: bool(made.sights), "the picture")
    made.live.stop()
    QTest.qWait(50)
    made.sights.clear()
    plugged[-1].stop()
    QTest.qWait(300)
    assert (made.sights, made.codes, made.live.frame) == ([], [], None)
