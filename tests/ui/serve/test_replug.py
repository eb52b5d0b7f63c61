"""The start page finds an id reader again that was pulled, without a restart: real lanes, a real line."""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.devices.id_reader.serial import SerialIdReader
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import persons
from sscard_desk.ui.runner import Runner
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.pages import SamplePages
from sscard_desk.ui.sample_desk.people import SUPERVISOR
from sscard_desk.ui.serve import presenter as serve
from sscard_desk.ui.serve.state import ServeState
from sscard_desk.ui.states import Mark
from tests.devices.id_reader.cable import Cable

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a pty is what can be pulled here")
ROUNDS = 10
CARDS = [id_card_of(person) for person in persons(ROUNDS)]


class Watch:
    """What the start page was last told to show, and who was identified."""

    def __init__(self) -> None:
        self.state = ServeState()

    def show_state(self, state: ServeState) -> None:
        self.state = state


def wait_until(app: QApplication, what: Callable[[], bool]) -> None:
    end = time.monotonic() + 30.0
    while not what():
        assert time.monotonic() < end, "nothing came"
        app.processEvents()
        time.sleep(0.005)


def test_the_start_page_finds_the_reader_again_ten_times_without_a_restart(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "PAUSE_S", 0.02)
    monkeypatch.setattr(serve, "POLL_S", 0.1)
    cable, desk, runner, watch = Cable(tmp_path / "id-reader"), SampleDesk(), Runner(), Watch()
    devices = replace(desk.counter.devices, id_reader=SerialIdReader(str(cable.link)))
    counter = replace(desk.counter, devices=devices)
    pages = SamplePages(desk.shell, counter, runner, lambda _account, _password: SUPERVISOR, lambda _: SUPERVISOR)
    pages.serve.attach(watch)
    pages.begin()
    try:
        for card in CARDS:
            wait_until(app, lambda: watch.state.reader_mark is Mark.ERR)
            cable.plug().lay_card(card)
            wait_until(app, lambda: pages.serving.identity is not None)
            assert pages.serving.identity is not None
            assert pages.serving.identity.answers["id_number"] == card.number
            pages.serving.wait()
            cable.pull()
    finally:
        pages.serving.end()
        runner.close()
