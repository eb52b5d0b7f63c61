from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from sscard_desk.ui.app.idle import IdleWatch
from tests.ui.letting_work import let_work


def shown_editor(app: QApplication) -> QLineEdit:
    editor = QLineEdit()
    editor.show()
    editor.activateWindow()
    let_work()
    return editor


def test_nobody_at_the_window_locks_it(app: QApplication) -> None:
    said: list[str] = []
    shown_editor(app)
    watch = IdleWatch(app, 0, lambda: said.append("locked"))
    QTest.qWait(20)
    watch.stop()
    assert said == ["locked"]


def test_a_key_at_the_window_starts_the_time_anew(app: QApplication) -> None:
    said: list[str] = []
    editor = shown_editor(app)
    watch = IdleWatch(app, 0, lambda: said.append("locked"))
    QTest.qWait(20)
    QTest.keyClick(editor.windowHandle(), Qt.Key.Key_A)  # as from the keyboard: to the window, which passes it on
    QTest.qWait(20)
    watch.stop()
    assert editor.text() == "a"
    assert said == ["locked", "locked"]


def test_a_click_in_the_window_starts_the_time_anew(app: QApplication) -> None:
    said: list[str] = []
    editor = shown_editor(app)
    watch = IdleWatch(app, 0, lambda: said.append("locked"))
    QTest.qWait(20)
    QTest.mouseClick(editor.windowHandle(), Qt.MouseButton.LeftButton)
    QTest.qWait(20)
    watch.stop()
    assert said == ["locked", "locked"]


def test_after_the_end_nothing_is_locked(app: QApplication) -> None:
    said: list[str] = []
    editor = shown_editor(app)
    IdleWatch(app, 0, lambda: said.append("locked")).stop()
    QTest.keyClick(editor.windowHandle(), Qt.Key.Key_A)
    QTest.qWait(20)
    assert said == []


def test_the_end_may_come_twice(app: QApplication) -> None:
    """The session ends and the window closes: the second end finds nothing to let go, and does not warn."""
    said: list[str] = []
    editor = shown_editor(app)
    watch = IdleWatch(app, 0, lambda: said.append("locked"))
    watch.stop()
    watch.stop()  # a warning is an error here
    QTest.keyClick(editor.windowHandle(), Qt.Key.Key_A)
    QTest.qWait(20)
    assert said == []
