from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from sscard_desk.ui.grouping import mobile_grouped
from sscard_desk.ui.widgets.line_edit import LineEdit


def test_a_mobile_number_stands_in_groups_only_while_nobody_types_in_it(app: QApplication) -> None:
    window, edit, other = QWidget(), LineEdit(name="mobile"), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(other)
    column.addWidget(edit)
    edit.show_grouped(mobile_grouped)
    window.show()
    window.activateWindow()
    other.setFocus()
    edit.set_value("13800138000")
    assert (edit.text(), edit.value()) == ("138 0013 8000", "13800138000")
    heard: list[str] = []
    edit.left.connect(heard.append)
    edit.setFocus()
    app.processEvents()
    assert edit.text() == "13800138000"
    edit.setText("")
    QTest.keyClicks(edit, "13900139000")
    other.setFocus()
    app.processEvents()
    assert heard == ["13900139000"]
    assert (edit.text(), edit.value()) == ("139 0013 9000", "13900139000")


def test_a_number_that_is_not_whole_stands_as_it_was_typed(app: QApplication) -> None:
    edit = LineEdit(name="mobile")
    edit.show_grouped(mobile_grouped)
    edit.set_value("1380013800")
    assert (edit.text(), edit.value()) == ("1380013800", "1380013800")
