"""The pages of a session end with it, and an answer that comes after it finds nobody."""

import threading
from collections.abc import Iterator
from time import monotonic

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from sscard_desk.ui.app.bench import Bench
from sscard_desk.ui.app.gate import Facts
from sscard_desk.ui.app.health import Health
from sscard_desk.ui.app.views import Views
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.page import Page
from sscard_desk.ui.runner import Runner
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.shell import Shell
from tests.ui.app.test_lock import Opened

FACTS = Facts("D-0001", training=True, version="0")


class Sessions:
    """One window at which one person after another works."""

    def __init__(self, app: QApplication) -> None:
        self.app, self.desk = app, SampleDesk()
        self.shell, self.runner = Shell(app), Runner()
        self.health = Health(lambda: self.desk.counter.devices, self.runner, lambda: None)
        self.bench: Bench | None = None
        self.shell.show()

    def begin(self) -> tuple[Bench, tuple[QWidget, ...]]:
        """Let the next person sign in; the last one's session ends as in the window."""
        views = Views()
        for _ in views.build(self.shell):
            pass
        if self.bench is not None:
            self.bench.leave()
            self.bench.clear_away()
        opened = Opened(self.desk.counter)
        self.bench = Bench(self.app, self.shell, self.runner, self.health, views, opened, FACTS)
        self.bench.begin()
        self.settle()
        return self.bench, views.all()

    def settle(self) -> None:
        """Let everything come that waits for a turn or for a lane; the id reader waits for ever."""
        until, came = monotonic() + 20, list[None]()
        for lane in ("store", "imaging"):
            self.runner.submit(lane, lambda: None, came.append, lambda _error: None)
        while len(came) < len(("store", "imaging")) or self.shell.turns._waiting:
            self.app.processEvents()
            assert monotonic() < until, "the window never came to rest"
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def pages(self) -> int:
        return len(self.shell.findChildren(Page))


@pytest.fixture
def sessions(app: QApplication) -> Iterator[Sessions]:
    made = Sessions(app)
    yield made
    if made.bench is not None:
        made.bench.leave()
    made.runner.close()
    made.runner.give_back_garbage()
    made.shell.close()


def test_the_pages_of_a_session_end_with_it(sessions: Sessions) -> None:
    _, first = sessions.begin()
    many = sessions.pages()
    assert all(isValid(page) for page in first)
    _, second = sessions.begin()
    assert not any(isValid(page) for page in first)
    assert all(isValid(page) for page in second)
    assert sessions.pages() == many


def test_somebody_is_served_by_the_next_session_as_by_the_first(sessions: Sessions) -> None:
    sessions.begin()
    bench, _ = sessions.begin()
    application = sessions.desk.record_until(Station.FORM)
    bench.serving.open(application.id, Station.FORM)
    sessions.settle()
    assert sessions.shell.page is not None
    assert sessions.shell.page.objectName() == "form_page"


def test_an_answer_after_the_session_reaches_no_page(sessions: Sessions) -> None:
    first, _ = sessions.begin()
    gate, ended, heard = threading.Event(), threading.Event(), list[str]()

    def work() -> str:
        gate.wait(10)
        ended.set()
        return "late"

    first.serving.run("imaging", work, heard.append)
    first.serving.run("store", lambda: "early", heard.append)
    while not heard:
        sessions.app.processEvents()
    first.leave()
    first.clear_away()
    first.serving.post(lambda: heard.append("posted late"))
    gate.set()
    sessions.bench = None
    sessions.begin()
    assert ended.is_set()
    assert heard == ["early"]
