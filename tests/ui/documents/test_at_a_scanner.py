"""The page on its real lanes, with a real store, at the training scanner over HTTP: whole, stopped, lost and found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sscard_desk.bootstrap.documents import make_documents
from sscard_desk.devices.scanner.escl import EsclScanner
from sscard_desk.devices.scanner.simulated import SimulatedScanner
from sscard_desk.devices.scanner.simulated_device import ScannerModel, Trouble
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.training.point import training_point
from sscard_desk.training.scanner_tray import model
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.documents.presenter import DocumentsPresenter
from sscard_desk.ui.documents.state import DOCUMENTS, DocumentsState
from sscard_desk.ui.runner import Runner
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.words import say
from tests.machines.scanners import shade
from tests.usecases.conftest import KEY


@dataclass
class Window:
    """A page's presenter with everything real around it but the widgets."""

    serving: Serving
    page: DocumentsPresenter
    seen: list[DocumentsState] = field(default_factory=list)

    @property
    def state(self) -> DocumentsState:
        return self.seen[-1]

    def show_state(self, state: DocumentsState) -> None:
        self.seen.append(state)

    def wait(self, done: Callable[[], bool]) -> None:
        for _ in range(1500):
            if done():
                return
            QTest.qWait(20)
        pytest.fail(f"it did not come within thirty seconds: {self.state}")

    def idle(self) -> bool:
        return not self.state.scanning and self.state.action.reason != say("documents.busy")


class Nothing:
    """A page of the path that does nothing."""

    def opened(self) -> None:
        pass

    def closed(self) -> None:
        pass

    def go_on(self) -> None:
        pass

    def stop(self) -> bool:
        return False


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    create_folder(tmp_path / "desk", desk_id="D-0231", service_point="4201", desk_no=3, training=True, database_key=KEY)
    made = open_desk(tmp_path / "desk", KEY)
    for bank in training_point().banks:
        made.keep_local_reference("bank", bank["code"], bank)
    yield made
    made.close()


@pytest.fixture
def scanner() -> Iterator[SimulatedScanner]:
    with SimulatedScanner(model(30), seconds=0.1) as made:
        yield made


@pytest.fixture
def window(app: QApplication, store: DeskStore, scanner: SimulatedScanner) -> Iterator[Window]:
    desk = SampleDesk(store=store)
    application = desk.record_until(Station.MATERIALS)
    devices = replace(desk.counter.devices, scanner=EsclScanner(scanner.url))
    counter, runner = replace(desk.counter, devices=devices, documents=make_documents()), Runner()
    serving = Serving(counter, runner, desk.pages)
    page = DocumentsPresenter(serving)
    serving.add_page(Station.MATERIALS, Nothing())
    serving.add_aside(DOCUMENTS, page)
    made = Window(serving, page)
    page.attach(made)
    serving.open(application.id, Station.MATERIALS)
    made.wait(lambda: serving.here is Station.MATERIALS)
    yield made
    runner.close(10)


def test_a_card_is_scanned_side_by_side_and_kept_as_an_encrypted_document(
    window: Window, scanner: SimulatedScanner, store: DeskStore
) -> None:
    window.page.open_for("id_card")
    window.wait(lambda: len(window.state.lines) == 1 and window.idle())
    window.page.scan()
    window.wait(lambda: len(window.state.lines) == 2 and window.idle())
    assert {state.share for state in window.seen} & {0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0}
    assert window.state.advice == ""
    window.page.go_on()
    window.wait(lambda: bool(window.serving.application.documents))
    (kept,) = window.serving.application.documents
    assert (kept.pages, kept.doubts) == (2, ())
    assert store.blob(kept.document).startswith(b"%PDF-1.")
    window.wait(lambda: window.serving.here is Station.MATERIALS)


def test_unplugged_and_back_again_and_again_in_one_run(window: Window, scanner: SimulatedScanner) -> None:
    port = scanner.port
    window.page.open_for("household_register")
    window.wait(lambda: len(window.state.lines) == 1 and window.idle())
    scanner.stop()
    for round_ in range(1, 5):
        window.page.scan()
        window.wait(lambda: bool(window.state.trouble) and window.idle())
        assert len(window.state.lines) == round_
        with SimulatedScanner(ScannerModel(shade(200)), port):
            window.page.scan()
            window.wait(lambda wanted=round_ + 1: len(window.state.lines) == wanted and window.idle())
            assert window.state.trouble == ""


def test_a_scanner_that_hangs_is_stopped_and_takes_the_next_order(window: Window, scanner: SimulatedScanner) -> None:
    scanner.model.trouble = Trouble.SILENT
    window.page.open_for("household_register")
    window.wait(lambda: window.state.scanning)
    QTest.qWait(50)
    window.serving.back()
    assert not window.state.scanning
    scanner.model.trouble = Trouble.NONE
    window.page.scan()
    window.wait(lambda: len(window.state.lines) == 1 and window.idle())
