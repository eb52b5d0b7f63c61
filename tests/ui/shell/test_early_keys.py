from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from sscard_desk.ui.keys import Act
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.shell.early_keys import EarlyKeys
from sscard_desk.ui.widgets.line_edit import LineEdit
from tests.ui.letting_work import let_work


def strike(window: QWidget, key: Qt.Key, text: str) -> None:
    """As from a keyboard: to the window, which gives it to whatever has the focus."""
    handle = window.windowHandle()
    assert handle is not None
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
    QCoreApplication.sendEvent(handle, event)


def test_what_is_typed_before_the_page_is_there_waits_for_it_in_order(app: QApplication) -> None:
    window = QWidget()
    first, second = LineEdit(name="first"), LineEdit(name="second")
    for editor in (first, second):
        editor.setParent(window)
    window.show()
    window.activateWindow()
    app.processEvents()
    acts: list[Act] = []
    keys = EarlyKeys(window, acts.append)
    first.setFocus()
    keys.hold()
    strike(window, Qt.Key.Key_A, "a")
    assert keys.keep(Act.NEXT)
    strike(window, Qt.Key.Key_B, "b")
    second.setFocus()
    keys.let_go()
    app.processEvents()
    assert (first.text(), second.text(), acts) == ("", "ab", [Act.NEXT])
    assert not keys.keep(Act.NEXT)
    strike(window, Qt.Key.Key_C, "c")
    assert second.text() == "abc"


def test_an_act_of_the_clerk_reaches_the_page_that_is_coming_never_the_one_that_goes(app: QApplication) -> None:
    desk = SampleDesk()
    desk.shell.show()
    desk.shell.activateWindow()
    let_work()
    desk.identify()
    assert desk.shell.page is not None
    before = desk.shell.page.objectName()
    heard: list[str] = []
    desk.shell.page.on_key = lambda act: heard.append(act.name) or True  # type: ignore[method-assign] # stands in for it
    desk.shell.press(Act.TAKE)
    assert (before, heard) == ("serve_page", [])
    let_work()
    assert heard == []
    differences = desk.serving.identity
    assert differences is not None
    assert desk.shell.page.objectName() == "identity_page"


def test_a_key_that_was_held_before_an_act_comes_before_it(app: QApplication) -> None:
    window = QWidget()
    editor = LineEdit(name="editor")
    editor.setParent(window)
    window.show()
    window.activateWindow()
    app.processEvents()
    order: list[str] = []
    keys = EarlyKeys(window, lambda act: order.append(f"{act.name} after {editor.text()}"))
    editor.setFocus()
    keys.hold()
    strike(window, Qt.Key.Key_2, "2")
    keys.keep(Act.NEXT)
    strike(window, Qt.Key.Key_3, "3")
    keys.let_go()
    assert (order, editor.text()) == (["NEXT after 2"], "23")


def test_what_follows_an_act_that_brings_another_page_waits_for_that_one(app: QApplication) -> None:
    window = QWidget()
    editor = LineEdit(name="editor")
    editor.setParent(window)
    window.show()
    window.activateWindow()
    app.processEvents()
    keys = EarlyKeys(window, lambda _act: keys.hold())
    editor.setFocus()
    keys.hold()
    keys.keep(Act.NEXT)
    strike(window, Qt.Key.Key_3, "3")
    keys.let_go()
    assert editor.text() == ""
    keys.let_go()
    assert editor.text() == "3"
