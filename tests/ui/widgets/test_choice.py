from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from sscard_desk.ui.states import Option
from sscard_desk.ui.widgets.choice import ChoiceEdit, matching

OPTIONS = (Option("51", "本地居民", "bdjm"), Option("52", "外地居民", "wdjm"), Option("15", "集体户", "jth"))


def opened(app: QApplication) -> tuple[QWidget, ChoiceEdit]:
    window = QWidget()
    window.resize(400, 500)
    edit = ChoiceEdit(OPTIONS, name="household")
    QVBoxLayout(window).addWidget(edit)
    window.show()
    window.activateWindow()
    edit.setFocus()
    app.processEvents()
    return window, edit


def test_a_code_comes_before_initials_and_initials_before_the_label() -> None:
    assert [one.code for one in matching(OPTIONS, "5")] == ["51", "52"]
    assert next(one.code for one in matching(OPTIONS, "15")) == "15"
    assert [one.code for one in matching(OPTIONS, "wd")] == ["52"]
    assert [one.code for one in matching(OPTIONS, "居民")] == ["51", "52"]
    assert matching(OPTIONS, "zzz") == []
    assert len(matching(OPTIONS, " ")) == 3


def test_typed_initials_and_enter_choose(app: QApplication) -> None:
    window, edit = opened(app)
    heard: list[str] = []
    edit.chosen.connect(heard.append)
    QTest.keyClicks(edit, "jth")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert (edit.value(), edit.text(), heard) == ("15", "15  集体户", ["15"])
    window.hide()


def test_arrows_walk_the_list_and_escape_keeps_the_old_value(app: QApplication) -> None:
    window, edit = opened(app)
    edit.set_value("51")
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.value() == "51"
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.value() == "52"
    window.hide()


def test_an_unknown_text_leaves_the_value_as_it_was(app: QApplication) -> None:
    window, edit = opened(app)
    edit.set_value("51")
    edit.selectAll()
    QTest.keyClicks(edit, "zzz")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert (edit.value(), edit.text()) == ("51", "51  本地居民")
    window.hide()
