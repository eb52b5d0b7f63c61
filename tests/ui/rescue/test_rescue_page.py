"""Nobody can sign in any more: the page before the sign-in, over a real desk and a real centre, by keyboard alone."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sscard_desk.bootstrap.gate import FolderGate
from sscard_desk.bootstrap.rescue import FILE
from sscard_desk.central import rescue_key
from sscard_desk.central.imports import StaffMember, import_staff
from sscard_desk.central.rescues import answer
from sscard_desk.ui.app import window as window_module
from sscard_desk.ui.app.window import CounterWindow
from sscard_desk.ui.language import text
from sscard_desk.ui.rescue import view as view_module
from sscard_desk.ui.rescue.presenter import RescuePresenter
from sscard_desk.ui.rescue.state import Stage
from sscard_desk.ui.rescue.view import RescuePage
from sscard_desk.ui.words import say
from tests.bootstrap.test_key_slots import LI, POINT, WANG, Desk, desk
from tests.ui.letting_work import let_work

__all__ = ["desk"]
PASSPHRASE = b"kept by two people"
NEW = "what I choose now"
OTHER = "something else again"


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """A desk that the centre can help, and where nobody is signed in."""
    rescue_key.make(desk.centre.open, PASSPHRASE)
    import_staff(desk.centre.open, POINT, [StaffMember(LI, "李静", "administrator", login="li")])
    assert desk.sync().proved
    desk.open.store.close()
    return desk


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder, and the file in it, that the system's own windows answer with."""
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(view_module, "ask_folder", lambda _parent, _title: str(folder))
    monkeypatch.setattr(view_module, "ask_file", lambda _parent, _title, _kinds: str(folder / "answer.txt"))
    return folder


Opener = Callable[[Desk], "Driven"]


class Driven:
    """A window and the hands at its keyboard."""

    def __init__(self, home: Path) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.window = CounterWindow(app, FolderGate(home))
        self.window.shell.show()
        self.window.shell.activateWindow()
        let_work()

    @property
    def page(self) -> RescuePage:
        assert self.window._rescue_area is not None
        return self.window._rescue_area.page

    @property
    def presenter(self) -> RescuePresenter:
        assert self.window._rescue_area is not None
        return self.window._rescue_area.presenter

    def until(self, reached: Callable[[], bool]) -> None:
        for _ in range(3_000):
            if QApplication.activeWindow() is not self.window.shell:
                self.window.shell.activateWindow()  # a window of a test before may have gone only now
            if reached():
                let_work()
                return
            QApplication.processEvents()
            time.sleep(0.01)
        raise AssertionError(self.focus())

    def stands_at(self, name: str) -> None:
        """Wait until the focus is there."""
        self.until(lambda: self.focus() == name)

    def at(self, stage: Stage) -> None:
        self.until(lambda: self.presenter.state.stage is stage and not self.presenter.state.busy)

    def quiet(self) -> None:
        self.until(lambda: not self.presenter.state.busy)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = QApplication.focusWidget() or self.window.shell
        QTest.keyClick(target, key, held)
        let_work()

    def go_on(self) -> None:
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def type(self, words: str) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClicks(target, words)
        let_work()

    def focus(self) -> str:
        now = QApplication.focusWidget()
        return now.objectName() or type(now).__name__ if now is not None else ""

    def open(self) -> None:
        """From the sign-in page by Tab to the way out."""
        self.until(lambda: self.focus() in {"account_name", "password"})
        for _ in range(12):
            if self.focus() == "nobody":
                break
            self.press(Qt.Key.Key_Tab)
        assert self.focus() == "nobody"
        self.press(Qt.Key.Key_Space)

    def choose(self, password: str, again: str) -> None:
        self.stands_at("rescue_password")
        self.type(password)
        self.press(Qt.Key.Key_Return)
        self.stands_at("rescue_again")
        self.type(again)
        self.press(Qt.Key.Key_Return)

    def trouble(self) -> str:
        return text(self.presenter.state.trouble)


@pytest.fixture
def opener(monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    monkeypatch.setattr(window_module, "BEFORE_CHECK_MS", 10**8)  # no devices here
    windows: list[Driven] = []

    def made(desk: Desk) -> Driven:
        windows.append(Driven(desk.home))
        return windows[-1]

    yield made
    for each in windows:
        each.window.shell.close()
        each.window.close()


def answered(desk: Desk, request: str, account: str = LI) -> str:
    return answer(desk.centre.open, request, account, "赵", PASSPHRASE).text()


def shown(widget: QWidget, name: str) -> QWidget:
    found = widget.findChild(QWidget, name)
    assert isinstance(found, QWidget)
    return found


def test_an_administrator_comes_in_again_by_a_file_there_and_back(ready: Desk, stick: Path, opener: Opener) -> None:
    driven = opener(ready)
    driven.open()
    driven.at(Stage.CHOOSE)
    driven.choose(NEW, NEW)
    driven.at(Stage.SEND)
    driven.stands_at("rescue_save")
    driven.press(Qt.Key.Key_F7)
    driven.quiet()
    request = (stick / "rescue-request-D-0001.txt").read_text(encoding="ascii")
    assert request.strip() == driven.presenter.state.request
    assert NEW not in request
    (stick / "answer.txt").write_text(answered(ready, request) + "\n", encoding="ascii")
    driven.go_on()
    driven.at(Stage.ANSWER)
    driven.press(Qt.Key.Key_F7)
    driven.until(lambda: bool(driven.presenter.state.came_from))
    driven.stands_at("rescue_password_then")
    driven.type(NEW)
    driven.press(Qt.Key.Key_Return)
    driven.at(Stage.DONE)
    assert (driven.presenter.state.login, driven.presenter.state.name) == ("li", "李静")
    driven.press(Qt.Key.Key_Space)
    driven.until(driven.window.sign_in_page.isVisible)
    driven.stands_at("password")
    assert driven.window.sign_in.state.account == "li"
    li = ready.again("li", NEW)
    assert li.session.role.value == "administrator"
    assert ready.sync().set_aside == 0


def test_the_request_is_there_again_after_the_program_was_closed_and_the_answer_may_be_typed(
    ready: Desk, opener: Opener
) -> None:
    first = opener(ready)
    first.open()
    first.at(Stage.CHOOSE)
    first.choose(NEW, NEW)
    first.at(Stage.SEND)
    request = first.presenter.state.request
    first.window.shell.close()
    second = opener(ready)
    second.open()
    second.at(Stage.SEND)
    assert second.presenter.state.request == request
    words = answered(ready, request).lower().replace("-", " ")
    second.go_on()
    second.at(Stage.ANSWER)
    second.press(Qt.Key.Key_Tab)
    second.stands_at("rescue_answer")
    second.type(words[:40])
    second.press(Qt.Key.Key_Return)
    second.type(words[40:])
    second.press(Qt.Key.Key_Tab)
    second.stands_at("rescue_password_then")
    second.type(NEW)
    second.go_on()
    second.at(Stage.DONE)
    assert ready.again("li", NEW).session.account == LI


def test_what_is_wrong_is_said_where_it_is_and_nothing_is_lost_by_it(ready: Desk, stick: Path, opener: Opener) -> None:
    driven = opener(ready)
    driven.open()
    driven.at(Stage.CHOOSE)
    driven.choose(NEW, NEW[:-1])
    assert text(driven.presenter.state.again_error or "") == text(say("rescue.differ"))
    assert not (ready.home / FILE).exists()
    driven.press(Qt.Key.Key_E)
    driven.presenter.ask(NEW, NEW)
    driven.at(Stage.SEND)
    whole = answered(ready, driven.presenter.state.request)
    driven.go_on()
    driven.at(Stage.ANSWER)
    driven.go_on()
    assert text(driven.presenter.state.answer_error or "") == text(say("rescue.answer_missing"))
    (stick / "answer.txt").write_text("a shopping list", encoding="ascii")
    driven.press(Qt.Key.Key_F7)
    driven.until(lambda: driven.presenter.state.answer_error == say("rescue.file_is_no_answer"))
    driven.presenter.typed("answer", whole[:-3])
    driven.go_on()
    assert driven.presenter.state.answer_error == say("rescue.answer_not_whole")
    driven.presenter.typed("answer", whole)
    driven.presenter.finish(OTHER)
    driven.until(lambda: bool(driven.presenter.state.trouble))
    driven.stands_at("rescue_password_then")
    assert "E515" in str(driven.presenter.state.trouble)
    assert shown(driven.page, "rescue_trouble_answer").isVisible()
    driven.presenter.finish(NEW)
    driven.at(Stage.DONE)


def test_a_desk_that_was_never_prepared_says_whom_to_ask_and_lets_back(desk: Desk, opener: Opener) -> None:
    desk.open.store.close()
    driven = opener(desk)
    driven.open()
    driven.at(Stage.UNREADY)
    assert "救援" in driven.trouble()
    driven.stands_at("rescue_back_unready")
    driven.press(Qt.Key.Key_Escape)
    assert driven.window.sign_in_page.isVisible()


def test_a_name_that_the_centre_does_not_know_is_asked_for(desk: Desk, opener: Opener) -> None:
    rescue_key.make(desk.centre.open, PASSPHRASE)
    import_staff(desk.centre.open, POINT, [StaffMember(WANG, "王丽", "administrator")])
    assert desk.sync().proved
    desk.open.store.close()
    driven = opener(desk)
    driven.open()
    driven.at(Stage.CHOOSE)
    driven.choose(NEW, NEW)
    driven.at(Stage.SEND)
    driven.presenter.answer_came()
    driven.presenter.typed("answer", answered(desk, driven.presenter.state.request, WANG))
    driven.presenter.finish(NEW)
    driven.until(lambda: driven.presenter.state.needs_login)
    driven.page.answer.password.editor.setText(NEW)
    driven.page.focus_first()
    driven.stands_at("rescue_login")
    driven.type("wangli")
    driven.press(Qt.Key.Key_Return)
    driven.at(Stage.DONE)
    assert driven.presenter.state.login == "wangli"
    assert desk.again("wangli", NEW).session.account == WANG


def test_an_answer_for_somebody_who_is_no_administrator_here_asks_for_another(ready: Desk, opener: Opener) -> None:
    import_staff(ready.centre.open, POINT, [StaffMember(WANG, "王丽", "administrator", login="wang")])
    driven = opener(ready)  # which has not heard of that yet
    driven.open()
    driven.at(Stage.CHOOSE)
    driven.choose(NEW, NEW)
    driven.at(Stage.SEND)
    driven.presenter.answer_came()
    driven.presenter.typed("answer", answered(ready, driven.presenter.state.request, WANG))
    driven.presenter.finish(NEW)
    driven.until(lambda: bool(driven.presenter.state.trouble))
    assert driven.presenter.state.advice == say("rescue.other_account")
    driven.press(Qt.Key.Key_Escape)
    driven.at(Stage.SEND)
    driven.presenter.ask_again()
    driven.at(Stage.CHOOSE)
    driven.stands_at("rescue_password")


def test_the_window_goes_on_while_the_answer_is_looked_at_and_no_password_is_kept_in_a_state(
    ready: Desk, opener: Opener
) -> None:
    driven = opener(ready)
    driven.open()
    driven.at(Stage.CHOOSE)
    driven.choose(NEW, NEW)
    assert driven.presenter.state.busy  # still under way: the window's thread did not wait for it
    assert not shown(driven.page, "rescue_do_choose").isEnabled()
    assert driven.focus() == "rescue_page"  # and no key goes to what is around it
    driven.press(Qt.Key.Key_Escape)
    assert driven.page.isVisible()
    driven.at(Stage.SEND)
    assert NEW not in repr(driven.presenter.state)
    assert driven.page.choose.password.value() == ""


def test_nobody_is_offered_the_way_out_once_somebody_works_here(ready: Desk, opener: Opener) -> None:
    driven = opener(ready)
    assert shown(driven.window.sign_in_page, "nobody").isVisible()
    driven.window.sign_in.somebody_opened()
    assert not shown(driven.window.sign_in_page, "nobody").isVisible()
