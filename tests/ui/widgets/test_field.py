from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from sscard_desk.ui.states import FieldState, OldValue
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.words import say

KEPT: list[QWidget] = []  # windows that a test does not name stay until it is over


def shown(app: QApplication, *fields: Field) -> QWidget:
    window = QWidget()
    KEPT.append(window)
    column = QVBoxLayout(window)
    for field in fields:
        column.addWidget(field)
    window.show()
    window.activateWindow()
    app.processEvents()
    return window


def part(field: Field, name: str) -> QLabel:
    label = field.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label


def test_an_error_stands_below_and_is_read_with_the_field(app: QApplication) -> None:
    field = Field("手机号码", name="mobile", required=True)
    window = shown(app, field)
    field.show_state(FieldState("138 0013 800", error=say("errors.E101.message", have=10, need=11)))
    assert part(field, "mobile_error").isVisible()
    assert part(field, "mobile_error").text() == field.editor.accessibleDescription()
    assert field.editor.accessibleName() == "手机号码"
    field.show_state(FieldState("13800138000"))
    assert not part(field, "mobile_error").isVisible()
    assert field.editor.accessibleDescription() == ""
    window.hide()


def test_a_changed_field_says_what_stood_there_and_gives_it_back(app: QApplication) -> None:
    field = Field("通讯地址", name="address")
    shown(app, field)
    asked: list[bool] = []
    field.restore.connect(lambda: asked.append(True))
    field.show_state(FieldState("和平路18号", old=OldValue("建设街6号", "依据身份证")))
    assert part(field, "address_old").text() == "建设街6号"
    button = field.findChild(QWidget, "address_restore")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [True]


def test_a_locked_field_is_plain_text(app: QApplication) -> None:
    field = Field("证件号码", name="number")
    shown(app, field)
    field.show_state(FieldState("110101 19900307 002X", locked=True))
    assert not field.editor.isVisible()


def test_escape_takes_back_what_was_typed_since_the_focus_came(app: QApplication) -> None:
    field = Field("邮政编码", name="postcode")
    shown(app, field)
    field.show_state(FieldState("100010"))
    field.setFocus()
    heard: list[str] = []
    field.edited.connect(heard.append)
    QTest.keyClicks(field.editor, "99")
    QTest.keyClick(field.editor, Qt.Key.Key_Escape)
    assert field.value() == "100010"
    assert heard == ["1000109", "10001099", "100010"]


def test_enter_says_that_the_field_is_left_and_shift_enter_goes_back(app: QApplication) -> None:
    one, two = Field("一", name="one"), Field("二", name="two")
    shown(app, one, two)
    two.setFocus()
    left: list[str] = []
    two.left.connect(left.append)
    QTest.keyClicks(two.editor, "x")
    QTest.keyClick(two.editor, Qt.Key.Key_Return)
    assert left == ["x"]
    QTest.keyClick(two.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert one.editor.hasFocus()


def test_showing_the_same_value_leaves_the_cursor_where_it_is(app: QApplication) -> None:
    field = Field("邮政编码", name="postcode")
    shown(app, field)
    field.show_state(FieldState("100010"))
    field.editor.setCursorPosition(2)
    field.show_state(FieldState("100010"))
    assert field.editor.cursorPosition() == 2


def test_tab_passes_by_a_locked_field_and_one_that_is_switched_off(app: QApplication) -> None:
    fields = [Field("x", name=f"f{n}") for n in range(4)]
    window = shown(app, *fields)
    fields[1].show_state(FieldState("x", locked=True))
    fields[2].show_state(FieldState("x", enabled=False))
    fields[0].editor.setFocus()
    QTest.keyClick(fields[0].editor, Qt.Key.Key_Tab)
    assert window.focusWidget() is fields[3].editor
    fields[1].show_state(FieldState("x"))
    QTest.keyClick(fields[3].editor, Qt.Key.Key_Backtab)
    assert window.focusWidget() is fields[1].editor
