"""A locked window stays locked: no key, no late answer and no notice shows anything before the password."""

from collections.abc import Callable, Iterator
from time import monotonic

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.domain.errors.operator import PasswordWrong
from sscard_desk.ports.erasures import ErasureBook
from sscard_desk.ports.session import Session
from sscard_desk.ports.ways_in import WaysIn
from sscard_desk.ui.app.bench import Bench
from sscard_desk.ui.app.gate import Facts, LineState
from sscard_desk.ui.app.health import Health
from sscard_desk.ui.app.views import Views
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.areas import SET_UP
from sscard_desk.ui.keeping.samples import SampleBook as SampleErasures
from sscard_desk.ui.keys import Act
from sscard_desk.ui.runner import Runner
from sscard_desk.ui.sample_desk.desk import PASSWORD, SampleDesk
from sscard_desk.ui.sample_desk.people import LI_SI_CARD
from sscard_desk.ui.serving.ports import Question
from sscard_desk.ui.serving.serving import SERVE
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.staff.samples import SampleWays
from sscard_desk.ui.states import ToastState
from sscard_desk.ui.stick.samples import SampleStick
from sscard_desk.ui.unsent.samples import SampleBook
from sscard_desk.ui.widgets.dialog import Dialog
from sscard_desk.usecases.counter import Counter
from sscard_desk.usecases.identify import identify_card
from tests.ui.letting_work import let_work


class Opened:
    """An open counter over the sample desk."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.stick = SampleStick()
        self.unsent = SampleBook(450, 12, {9: "already-open"})

    def lock(self) -> None:
        return

    def note(self, _act: str) -> None:
        return

    def unlock(self, password: str) -> None:
        if password != PASSWORD:
            raise PasswordWrong(tries_left=4)

    def change_over(self, _login: str, _password: str) -> "Opened":
        raise NotImplementedError

    def confirm(self, _login: str, _password: str) -> Session:
        return self.counter.session

    @property
    def ways_in(self) -> WaysIn:
        return SampleWays()

    @property
    def erasures(self) -> ErasureBook:
        return SampleErasures()

    def confirm_own(self, _password: str) -> Session:
        return self.counter.session

    def follow_line(self, _listener: Callable[[LineState], None]) -> None:
        return

    def wake_line(self) -> None:
        return

    def hold_lists(self, *, hold: bool) -> None:
        del hold

    def close(self) -> None:
        return


class Room:
    def __init__(self, app: QApplication) -> None:
        self._app = app
        desk = SampleDesk()
        self.counter = desk.counter
        self.shell, self.runner, views = Shell(app), Runner(), Views()
        health = Health(lambda: self.counter.devices, self.runner, lambda: None)
        for _ in views.build(self.shell):
            pass
        facts = Facts("D-0001", training=True, version="0")
        self.bench = Bench(app, self.shell, self.runner, health, views, Opened(self.counter), facts)
        self.lock_page = views.lock
        self.shell.show_front(self.lock_page)
        self.shell.show()
        self.shell.activateWindow()
        self.bench.begin()
        self.settle()

    def settle(self) -> None:
        """Let everything come that waits for a turn or for the database; the id reader waits for ever."""
        until, came = monotonic() + 20, list[None]()
        let_work()
        self.runner.submit("store", lambda: None, came.append, lambda _error: None)
        while not came:
            self._app.processEvents()
            assert monotonic() < until, "the store's lane gave no answer"
        let_work()

    @property
    def seen(self) -> str:
        """What covers the window."""
        return "lock" if self.lock_page.isVisible() else self.shell.page.objectName() if self.shell.page else ""


@pytest.fixture
def room(app: QApplication) -> Iterator[Room]:
    made = Room(app)
    yield made
    made.bench.leave()
    made.runner.close()
    made.runner.give_back_garbage()
    made.shell.close()


def test_the_first_page_of_whoever_signed_in_uncovers_the_desk(room: Room) -> None:
    assert room.seen == "serve_page"


def test_no_key_opens_anything_behind_the_lock(room: Room) -> None:
    room.bench.lock()
    for act in Act:
        if act not in {Act.SHOW_KEYS, Act.LANGUAGE}:
            room.shell.press(act)
            room.settle()
            assert room.seen == "lock", act
    room.bench.open_area(SET_UP)
    room.settle()
    assert room.seen == "lock"


def test_a_page_that_was_on_its_way_waits_behind_the_lock(room: Room) -> None:
    room.bench.serving.receive(identify_card(LI_SI_CARD, room.counter.persons, room.counter.store))
    room.bench.lock()
    room.settle()
    assert room.seen == "lock"


def test_an_answer_that_comes_late_waits_behind_the_lock(room: Room) -> None:
    room.bench.lock()
    room.bench.serving.receive(identify_card(LI_SI_CARD, room.counter.persons, room.counter.store))
    room.bench.serving.notify(ToastState("4201-03-26-00123-7"))
    room.settle()
    assert room.seen == "lock"
    assert not room.shell.toasts.isVisible()
    assert room.bench.serving.here is Station.IDENTITY


def test_the_password_brings_back_what_was_there(room: Room) -> None:
    room.bench.serving.receive(identify_card(LI_SI_CARD, room.counter.persons, room.counter.store))
    room.settle()
    room.bench.lock()
    room.lock_page.tried.emit("wrong")
    room.settle()
    assert room.seen == "lock"
    room.lock_page.tried.emit(PASSWORD)
    room.settle()
    assert room.seen == "identity_page"
    room.bench.open_area(SET_UP)
    room.settle()
    room.bench.open_area(SERVE)
    room.settle()
    assert room.seen == "identity_page"


def test_a_question_is_put_away_with_its_safe_answer_when_the_window_is_locked(room: Room) -> None:
    done: list[str] = []
    question = Question(title="void?", consequence="all", safe="no", act="yes")
    room.bench.serving.ask(question, lambda: done.append("void"))
    room.shell.press(Act.LOCK)
    room.settle()
    assert room.seen == "lock"
    assert not [dialog for dialog in room.shell.findChildren(Dialog) if dialog.isVisible()]
    assert done == []
