import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from sscard_desk.texts import ENGLISH
from sscard_desk.ui.language import language
from sscard_desk.ui.sign_in import samples
from sscard_desk.ui.sign_in.view import SignInPage
from sscard_desk.ui.theme import Mode


def opened(app: QApplication, state: str) -> tuple[QWidget, SignInPage]:
    window = samples.sample(state)
    window.show()
    window.activateWindow()
    app.processEvents()
    page = window.findChild(SignInPage)
    assert page is not None
    return window, page


def editor(window: QWidget, name: str) -> QLineEdit:
    found = window.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


@pytest.mark.parametrize("state", samples.STATES)
def test_the_first_empty_field_has_the_focus_in_every_state(app: QApplication, state: str) -> None:
    window, _ = opened(app, state)
    expected = "password" if samples.STATES[state].account else "account_name"
    if state != "busy":
        assert window.focusWidget() is editor(window, expected)


def test_enter_goes_from_account_to_password_and_then_tries(app: QApplication) -> None:
    window, page = opened(app, "training")
    tried: list[tuple[str, str]] = []
    page.tried.connect(lambda account, password: tried.append((account, password)))
    QTest.keyClicks(editor(window, "account_name"), "clerk")
    QTest.keyClick(editor(window, "account_name"), Qt.Key.Key_Return)
    assert editor(window, "password").hasFocus()
    QTest.keyClicks(editor(window, "password"), "training")
    QTest.keyClick(editor(window, "password"), Qt.Key.Key_Return)
    assert tried == [("clerk", "training")]


def test_the_password_is_hidden_until_the_eye_is_pressed(app: QApplication) -> None:
    window, _ = opened(app, "ready")
    assert editor(window, "password").echoMode() is QLineEdit.EchoMode.Password
    eye = window.findChild(QWidget, "show_password")
    assert eye is not None
    QTest.mouseClick(eye, Qt.MouseButton.LeftButton)
    assert editor(window, "password").echoMode() is QLineEdit.EchoMode.Normal


def test_language_and_look_can_be_chosen_before_anybody_signs_in(app: QApplication) -> None:
    window, page = opened(app, "ready")
    looks: list[Mode] = []
    page.look_chosen.connect(looks.append)
    for name in ("segment_en", "segment_dark"):
        segment = window.findChild(QWidget, name)
        assert segment is not None
        QTest.mouseClick(segment, Qt.MouseButton.LeftButton)
    assert language() == ENGLISH
    assert looks == [Mode.DARK]
    title = window.findChild(QLabel, "title")
    assert isinstance(title, QLabel)
    assert title.text() == "Sign in"
