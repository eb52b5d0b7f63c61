"""The page by keyboard: F7 on the start page, F7 scans, Enter confirms, arrows go back, Ctrl+Enter identifies."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import SampleDesk
from tests.ui.letting_work import let_work


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    QTest.keyClick(focus, key, modifier)
    let_work()


def test_a_card_is_scanned_and_confirmed_without_a_mouse(app: QApplication) -> None:
    desk = SampleDesk()
    desk.serving.wait()
    desk.shell.resize(1366, 768)
    desk.shell.show()
    desk.shell.activateWindow()
    let_work()
    press(Qt.Key.Key_F7)
    assert desk.shell.findChild(QWidget, "id_scan_page").isVisible()
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_Return)
    assert desk.pages.id_scan.current == "name"
    press(Qt.Key.Key_Up)
    assert desk.pages.id_scan.current == "id_number"
    for _ in range(10):
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.serving.here is Station.IDENTITY
    desk.shell.hide()
