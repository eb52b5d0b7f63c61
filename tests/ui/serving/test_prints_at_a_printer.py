"""The window's follower on its real lanes, with a real store, at a real printer of another maker."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sscard_desk.devices.printer.cups import CupsPrinter
from sscard_desk.domain.application import Application
from sscard_desk.domain.ids import AccountId, Role
from sscard_desk.domain.prints import PrintRecord, PrintState
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.ui.runner import Runner
from sscard_desk.ui.serving.prints import PrintChange, Prints
from sscard_desk.ui.states import Mark, ToastState
from sscard_desk.usecases.prints import note_state
from tests.machines.ipp_printer import IppPrinter, ipp_printer
from tests.usecases.conftest import KEY, Person
from tests.usecases.print_room import begun
from tests.usecases.test_prints import paper

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def peer() -> Iterator[IppPrinter]:
    with ipp_printer() as made:
        yield made


@dataclass
class Window:
    """What a window has around its follower, and what it was told."""

    store: DeskStore
    clerk: Person
    runner: Runner
    address: str
    heard: list[PrintState] = field(default_factory=list)
    toasts: list[ToastState] = field(default_factory=list)

    def __post_init__(self) -> None:
        counter: Any = SimpleNamespace(
            store=self.store,
            session=self.clerk,
            devices=SimpleNamespace(printer=CupsPrinter(self.address)),
            time_limit=SimpleNamespace(days=10),
        )
        self.prints = Prints(counter, self._run, self.toasts.append, lambda _about: None)
        self.prints.listen(self._listen)

    def _run(self, lane: str, work: Any, done: Any, failed: Any = None, cancel: Any = None) -> None:
        self.runner.submit(lane, work, done, failed or self._fail, cancel)

    def _fail(self, error: Exception) -> None:
        raise error

    def _listen(self, change: PrintChange) -> bool:
        self.heard.append(change.record.state)
        return False

    def came_out(self, record: PrintRecord) -> None:
        note_state(self.store, self.clerk, record, PrintState.COMPLETED)

    def wait(self, done: Callable[[], bool]) -> None:
        for _ in range(600):
            if done():
                return
            QTest.qWait(50)
        pytest.fail(f"it did not come within thirty seconds: {self.heard}")


@pytest.fixture
def window(app: QApplication, tmp_path: Path, peer: IppPrinter) -> Iterator[Window]:
    create_folder(tmp_path / "desk", desk_id="D-0231", service_point="4201", desk_no=3, training=True, database_key=KEY)
    store, runner = open_desk(tmp_path / "desk", KEY), Runner()
    made = Window(store, Person(AccountId("c" * 32), "王丽", Role.CLERK), runner, peer.address)
    yield made
    made.prints.close()
    runner.close(10)
    store.close()


def sent(window: Window, finish: Callable[[PrintRecord], Application | None] | None = None) -> PrintRecord:
    application = begun(window.store, window.clerk)
    drawn = paper(window.store, application)
    window.prints.send([drawn], {"registration": finish} if finish else {}, window._fail)
    window.wait(lambda: bool(window.heard))
    return window.store.prints(application.id)[0]


def test_the_window_hears_each_state_and_what_follows_only_after_the_printer_said_so(
    window: Window, peer: IppPrinter
) -> None:
    out: list[PrintState] = []

    def came_out(record: PrintRecord) -> None:
        out.append(note_state(window.store, window.clerk, record, PrintState.COMPLETED).state)

    with peer.feels("slow"):
        sent(window, came_out)
        window.wait(lambda: PrintState.PRINTING in window.heard)
        assert out == []
    window.wait(lambda: PrintState.COMPLETED in window.heard)
    assert out == [PrintState.COMPLETED]
    assert window.heard[0] is PrintState.ORDERED
    assert window.store.unended_prints() == []


def test_out_of_paper_is_told_once_and_the_paper_comes_after_refilling(window: Window, peer: IppPrinter) -> None:
    with peer.feels("empty"):
        sent(window)
        window.wait(lambda: PrintState.OUT_OF_PAPER in window.heard)
        window.wait(lambda: bool(window.toasts))
        assert [toast.mark for toast in window.toasts] == [Mark.WARN]
    window.wait(lambda: PrintState.COMPLETED in window.heard)


def test_a_printer_that_vanishes_is_told_as_not_known_and_its_job_stays_unknown(
    window: Window, peer: IppPrinter
) -> None:
    with peer.feels("slow"):
        record = sent(window)
        window.wait(lambda: PrintState.PRINTING in window.heard)
        peer.switch_off()
        window.wait(lambda: PrintState.VANISHED in window.heard)
    assert window.toasts[-1].mark is Mark.UNKNOWN
    peer.switch_on()
    window.wait(lambda: window.heard[-1] is PrintState.UNKNOWN)
    window.wait(lambda: window.store.prints(record.application)[0].state is PrintState.UNKNOWN)


def test_a_print_that_is_taken_back_is_cancelled_at_the_printer(window: Window, peer: IppPrinter) -> None:
    with peer.feels("slow"):
        record = sent(window)
        window.wait(lambda: PrintState.PRINTING in window.heard)
        under_way = window.prints.now(record.application, "registration")
        assert under_way is not None
        window.prints.take_back(under_way)
        asked: list[None] = []
        window.runner.submit("printer", lambda: None, asked.append, window._fail)  # its lane comes to it after the wish
        window.wait(lambda: asked == [None])
    window.wait(lambda: PrintState.CANCELED in window.heard)
    window.wait(lambda: window.store.unended_prints() == [])


def test_the_next_session_takes_up_what_the_last_one_left_at_the_printer(window: Window, peer: IppPrinter) -> None:
    with peer.feels("slow"):
        sent(window)
        window.wait(lambda: PrintState.PRINTING in window.heard)
        window.prints.close()
        window.wait(lambda: window.runner.idle)
        second = Window(window.store, window.clerk, window.runner, peer.address)
        second.prints.begin(
            lambda record: note_state(window.store, window.clerk, record, PrintState.COMPLETED) and None
        )
        second.wait(lambda: PrintState.PRINTING in second.heard)
    second.wait(lambda: PrintState.COMPLETED in second.heard)
    assert window.store.unended_prints() == []
    second.prints.close()
