import gc
import sys
import threading
from collections.abc import Iterator
from time import monotonic

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import CameraMissing
from sscard_desk.domain.errors.store import ProgramFailed
from sscard_desk.ports.devices import Cancel
from sscard_desk.ui.runner import LANES, Runner


@pytest.fixture
def runner(app: QApplication) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.close()
    made.give_back_garbage()


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


def test_a_defect_goes_to_the_one_excepthook_and_whoever_waits_is_told(
    app: QApplication, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[type[BaseException]] = []
    told: list[DeskError] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: seen.append(kind))

    def work() -> None:
        raise ZeroDivisionError

    runner.submit("store", work, never, told.append)
    settle(app, runner)
    assert seen == [ZeroDivisionError]
    assert [type(error) for error in told] == [ProgramFailed]


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
    cancel, begun, ended = Cancel(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        try:
            cancel.wait(10)
        finally:
            ended.set()

    runner.submit("id_reader", work, never, never, cancel)
    assert begun.wait(10)
    cancel.set()
    assert ended.wait(10)
    settle(app, runner)


def test_post_reaches_the_window_s_thread_from_any_lane(app: QApplication, runner: Runner) -> None:
    seen: list[str] = []

    def say() -> None:
        seen.append(threading.current_thread().name)

    runner.submit("store", lambda: runner.post(say), lambda _: None, never)
    settle(app, runner)
    assert seen == [threading.main_thread().name]


def test_an_unknown_lane_is_refused(runner: Runner) -> None:
    with pytest.raises(ValueError, match="kitchen"):
        runner.submit("kitchen", lambda: None, lambda _: None, never)
    assert "store" in LANES


class Witness(QObject):
    """Says on which thread it ended."""

    def __init__(self, seen: list[str]) -> None:
        super().__init__()
        self._seen, self.myself = seen, self  # a cycle: only the collector ends it

    def __del__(self) -> None:
        self._seen.append(threading.current_thread().name)


def allocate() -> int:
    """Make so many containers that Python's own collector would run here, several times and through all ages."""
    return len([[n] for n in range(200_000)])


def test_what_belongs_to_the_window_never_ends_on_a_lane(app: QApplication, runner: Runner) -> None:
    ended: list[str] = []
    for _ in range(50):
        Witness(ended)
        runner.submit("imaging", allocate, lambda _: None, never)
    settle(app, runner)
    assert not [name for name in ended if name != threading.main_thread().name]


def test_garbage_is_collected_on_the_window_s_thread(app: QApplication, runner: Runner) -> None:
    ended: list[str] = []
    Witness(ended)
    until = monotonic() + 20
    while not ended:
        runner.submit("imaging", allocate, lambda _: None, never)
        settle(app, runner)
        assert monotonic() < until, "nothing was collected"
    assert ended == [threading.main_thread().name]


def test_a_lane_holds_nothing_of_the_window_after_its_work(app: QApplication, runner: Runner) -> None:
    ended: list[str] = []

    class Page(Witness):
        def __init__(self) -> None:
            super().__init__(ended)
            del self.myself  # no cycle: whoever lets go last ends it

        def done(self, _answer: object) -> None:
            return

    def serve() -> None:
        page = Page()
        runner.submit("camera", lambda: page and None, page.done, never)

    serve()
    settle(app, runner)
    assert ended == [threading.main_thread().name]


def test_python_collects_itself_again_after_the_window(app: QApplication) -> None:
    made = Runner()
    assert not gc.isenabled()
    made.close()
    made.give_back_garbage()
    assert gc.isenabled()


def test_python_does_not_collect_while_a_lane_hangs(app: QApplication) -> None:
    made, go_on = Runner(), threading.Event()
    made.submit("printer", lambda: go_on.wait(30), lambda _: None, never)
    made.close(seconds=0.1)
    made.give_back_garbage()
    assert not gc.isenabled()
    go_on.set()
    made.close()
    made.give_back_garbage()
    assert gc.isenabled()
