"""Id reader and camera together, ten times unplugged and back in one run of the window: nothing is started anew."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.devices.camera.chosen import ChosenCamera
from sscard_desk.devices.camera.opencv import OpenCvCamera
from sscard_desk.devices.camera.session import Waits
from sscard_desk.devices.camera.simulated import SimulatedCamera
from sscard_desk.devices.id_reader.serial import SerialIdReader
from sscard_desk.domain.errors import DeskError
from sscard_desk.imaging.rules import load_rules
from sscard_desk.imaging.studio import Studio
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import persons
from sscard_desk.ui.photo import live_camera
from sscard_desk.ui.photo.live_camera import LiveCamera, Sight
from sscard_desk.ui.runner import Runner
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.pages import SamplePages
from sscard_desk.ui.sample_desk.people import SUPERVISOR
from sscard_desk.ui.serve import presenter as serve
from sscard_desk.ui.serve.state import ServeState
from sscard_desk.ui.states import Mark
from tests.devices.id_reader.cable import Cable

pytestmark = [pytest.mark.real, pytest.mark.skipif(os.name != "posix", reason="a pty is what can be pulled here")]
ROUNDS = 10
CARDS = [id_card_of(person) for person in persons(ROUNDS)]


@dataclass
class Station:
    """The window's pages over real lines, what they say, and the cables."""

    app: QApplication
    pages: SamplePages
    cable: Cable
    cameras: list[SimulatedCamera]
    live: LiveCamera
    said: ServeState = field(default_factory=ServeState)
    sights: list[Sight] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def show_state(self, state: ServeState) -> None:
        self.said = state

    def pull(self) -> None:
        self.cable.pull()
        self.cameras[-1].stop()

    def plug(self, port: int) -> None:
        self.cameras.append(SimulatedCamera(port=port, fps=30))
        self.cable.plug()

    def until(self, what: Callable[[], bool], name: str) -> None:
        end = time.monotonic() + 30.0
        while not what():
            assert time.monotonic() < end, f"{name}: {self.codes}, {self.said.reader}"
            self.app.processEvents()
            time.sleep(0.005)


@pytest.fixture
def station(app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Station]:
    monkeypatch.setattr(serve, "PAUSE_S", 0.02)
    monkeypatch.setattr(serve, "POLL_S", 0.1)
    monkeypatch.setattr(live_camera, "AGAIN_S", 0.05)
    cameras, cable = [SimulatedCamera(fps=30)], Cable(tmp_path / "id-reader")
    waits = Waits(open_s=3, frame_s=0.5, frozen_s=0.3)
    camera = ChosenCamera([cameras[0].url], lambda source: OpenCvCamera(source, waits), tmp_path / "choice", tuple)
    desk, runner = SampleDesk(), Runner()
    devices = replace(desk.counter.devices, id_reader=SerialIdReader(str(cable.link)), camera=camera)
    counter = replace(desk.counter, devices=devices, portraits=Studio(load_rules()))
    pages = SamplePages(desk.shell, counter, runner, lambda _account, _password: SUPERVISOR, lambda _: SUPERVISOR)
    sights: list[Sight] = []
    codes: list[str] = []

    def lost(error: DeskError) -> None:
        codes.append(error.code)

    live = LiveCamera(pages.serving, sights.append, lost, lambda _facts: None)
    made = Station(app, pages, cable, cameras, live, sights=sights, codes=codes)
    pages.serve.attach(made)
    cable.plug()
    pages.begin()
    yield made
    live.stop()
    pages.serving.end()
    cameras[-1].stop()
    runner.close()


def test_reader_and_camera_come_back_ten_times_in_one_run(station: Station) -> None:
    port = int(station.cameras[0].url.rsplit(":", 1)[1].split("/")[0])
    station.live.start()
    for card in CARDS:
        station.sights.clear()
        station.until(lambda: len(station.sights) > 1, "the picture")
        assert station.sights[-1].measures.faces == 1
        assert station.cable.reader is not None
        station.cable.reader.lay_card(card)
        station.until(lambda: station.pages.serving.identity is not None, "the person")
        assert station.pages.serving.identity is not None
        assert station.pages.serving.identity.answers["id_number"] == card.number
        station.pages.serving.wait()
        station.codes.clear()
        station.pull()
        station.until(lambda: "E321" in station.codes, "the word that the camera is gone")
        assert station.live.frame is None
        station.until(lambda: station.said.reader_mark is Mark.ERR, "the word that the reader is gone")
        station.plug(port)
