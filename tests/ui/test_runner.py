import sys
import threading
from collections.abc import Callable, Iterator
from time import monotonic

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import CameraMissing
from sscard_desk.ports.devices import Cancel
from sscard_desk.ui.runner import LANES, Runner


@pytest.fixture
def runner(app: QApplication) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.close()


def settle(app: QApplication, runner: Runner) -> None:
    until = monotonic() + 10
    while not runner.idle:
        app.processEvents()
        assert monotonic() < until, "the lane gave no answer"


def never(answer: object) -> None:
    raise AssertionError(answer)


def test_work_runs_on_its_lane_and_its_result_on_the_window_s_thread(app: QApplication, runner: Runner) -> None:
    seen: list[str] = []

    def done(name: str) -> None:
        seen.extend((name, threading.current_thread().name))

    runner.submit("camera", lambda: threading.current_thread().name, done, never)
    settle(app, runner)
    assert seen == ["lane-camera", threading.main_thread().name]


def test_a_foreseen_error_goes_to_failed(app: QApplication, runner: Runner) -> None:
    seen: list[DeskError] = []

    def work() -> None:
        raise CameraMissing

    runner.submit("camera", work, never, seen.append)
    settle(app, runner)
    assert [type(error) for error in seen] == [CameraMissing]


def test_a_defect_goes_to_the_one_excepthook(
    app: QApplication, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: seen.append(kind))

    def work() -> None:
        raise ZeroDivisionError

    runner.submit("store", work, never, never)
    settle(app, runner)
    assert seen == [ZeroDivisionError]


def test_work_of_one_lane_never_overlaps(app: QApplication, runner: Runner) -> None:
    order: list[str] = []
    gate = threading.Event()

    def first() -> None:
        gate.wait(5)
        order.append("first")

    runner.submit("store", first, lambda _: None, never)
    runner.submit("store", lambda: order.append("second"), lambda _: None, never)
    runner.submit("network", gate.set, lambda _: None, never)
    settle(app, runner)
    assert order == ["first", "second"]


def test_nobody_hears_the_answer_of_work_that_was_stopped(app: QApplication, runner: Runner) -> None:
    cancel = Cancel()

    def work() -> None:
        cancel.wait(10)

    runner.submit("id_reader", work, never, never, cancel)
    cancel.set()
    settle(app, runner)


def test_post_reaches_the_window_s_thread_from_any_lane(app: QApplication, runner: Runner) -> None:
    seen: list[str] = []
    say: Callable[[], None] = lambda: seen.append(threading.current_thread().name)  # noqa: E731
    runner.submit("store", lambda: runner.post(say), lambda _: None, never)
    settle(app, runner)
    assert seen == [threading.main_thread().name]


def test_an_unknown_lane_is_refused(runner: Runner) -> None:
    with pytest.raises(ValueError, match="kitchen"):
        runner.submit("kitchen", lambda: None, lambda _: None, never)
    assert "store" in LANES
