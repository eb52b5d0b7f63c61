"""A specimen in a scanner's folder becomes an identity: real lanes, the real recognition in its process."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.bootstrap.id_scans import ROOM
from sscard_desk.devices.scanner.folder import FolderScanner
from sscard_desk.imaging.id_scan.reader import ChildIdScanReader
from sscard_desk.training import id_card_pictures as specimens
from sscard_desk.ui.id_scan.state import PORTRAIT, IdScanState
from sscard_desk.ui.runner import Runner
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.pages import SamplePages
from sscard_desk.ui.sample_desk.people import LI_SI_CARD, SUPERVISOR
from sscard_desk.ui.words import say

pytestmark = pytest.mark.real


class Watch:
    """What the page was last told to show."""

    def __init__(self) -> None:
        self.state = IdScanState()

    def show_state(self, state: IdScanState) -> None:
        self.state = state


def wait_until(app: QApplication, what: Callable[[], bool]) -> None:
    end = time.monotonic() + 60.0
    while not what():
        assert time.monotonic() < end, "nothing came"
        app.processEvents()
        time.sleep(0.005)


def test_a_card_in_the_scanner_is_confirmed_and_identified(app: QApplication, tmp_path: Path) -> None:
    page = specimens.on_page(specimens.front(LI_SI_CARD), specimens.back(LI_SI_CARD), dpi=200)
    page.save(tmp_path / "scan.png")
    desk, runner, watch = SampleDesk(), Runner(), Watch()
    reader = ChildIdScanReader(ROOM)
    devices = replace(desk.counter.devices, scanner=FolderScanner(tmp_path))
    counter = replace(desk.counter, devices=devices, id_scans=reader)
    pages = SamplePages(desk.shell, counter, runner, lambda _account, _password: SUPERVISOR, lambda _: SUPERVISOR)
    pages.id_scan.attach(watch)
    pages.begin()
    try:
        pages.serve.scan_card()
        pages.id_scan.scan()
        wait_until(app, lambda: bool(watch.state.rows))
        for _ in range(9):
            pages.id_scan.entered()
        assert watch.state.current == PORTRAIT
        wait_until(app, lambda: watch.state.camera_note not in {"", say("id_scan.camera_waits")})
        pages.id_scan.entered()
        pages.id_scan.go_on()
        wait_until(app, lambda: pages.serving.identity is not None)
    finally:
        pages.serving.end()
        runner.close()
        reader.close()
    identity = pages.serving.identity
    assert identity is not None
    assert identity.evidence == "scanned"
    assert identity.answers["id_number"] == LI_SI_CARD.number
    assert identity.answers["address"] == LI_SI_CARD.address
    assert identity.answers["valid_to"] == "2044-05-12"
