from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from sscard_desk.ui.states import Mark, ToastState
from sscard_desk.ui.widgets.dialog import Dialog
from sscard_desk.ui.widgets.placeholder import Loading
from sscard_desk.ui.widgets.toast import Toast, Toasts


def window(app: QApplication) -> tuple[QWidget, QLineEdit]:
    made, field = QWidget(), QLineEdit()
    made.resize(1000, 700)
    QVBoxLayout(made).addWidget(field)
    made.show()
    made.activateWindow()
    field.setFocus()
    app.processEvents()
    return made, field


def titles(toasts: Toasts) -> list[str]:
    return [str(one.state.title) for one in toasts.findChildren(Toast) if not one.isHidden()]


def test_at_most_two_notices_and_warnings_stay_longest(app: QApplication) -> None:
    made, field = window(app)
    toasts = Toasts(made)
    toasts.place(980, 600)
    toasts.tell(ToastState("缺纸", mark=Mark.WARN))
    toasts.tell(ToastState("已打印"))
    toasts.tell(ToastState("已存"))
    assert titles(toasts) == ["缺纸", "已存"]
    toasts.tell(ToastState("已存"))
    assert titles(toasts) == ["缺纸", "已存"]
    assert field.hasFocus()


def test_a_notice_goes_when_what_it_speaks_of_is_over_and_a_newer_one_takes_its_place(app: QApplication) -> None:
    made, _ = window(app)
    toasts = Toasts(made)
    toasts.place(980, 600)
    toasts.tell(ToastState("缺纸", mark=Mark.WARN, about="print 1"))
    toasts.tell(ToastState("别的", mark=Mark.WARN, about="print 2"))
    toasts.tell(ToastState("卡纸", mark=Mark.WARN, about="print 1"))
    assert titles(toasts) == ["别的", "卡纸"]
    toasts.take_away("print 1")
    toasts.take_away("")
    assert titles(toasts) == ["别的"]


def test_a_dialog_begins_on_the_safe_side_and_escape_is_the_safe_side(app: QApplication) -> None:
    made, field = window(app)
    dialog = Dialog(made, "作废 3 个签名？", "三方都要重签。", "作废并修改", "先留着")
    heard: list[bool] = []
    dialog.answered.connect(heard.append)
    assert dialog.safe.hasFocus()
    QTest.keyClick(dialog.safe, Qt.Key.Key_Escape)
    assert heard == [False]
    assert field.hasFocus()


def test_tab_walks_only_the_dialog_and_enter_acts_where_the_focus_is(app: QApplication) -> None:
    made, _ = window(app)
    dialog = Dialog(made, "作废？", "要重签。", "作废", "留着")
    heard: list[bool] = []
    dialog.answered.connect(heard.append)
    QTest.keyClick(dialog.safe, Qt.Key.Key_Tab)
    assert dialog.act.hasFocus()
    QTest.keyClick(dialog.act, Qt.Key.Key_Return)
    assert heard == [True]


def test_loading_shows_bars_after_200_ms_and_seconds_after_one_second(app: QApplication) -> None:
    loading = Loading("取参保登记")
    loading.show()
    stop = loading.findChild(QWidget, "loading_stop")
    assert stop is not None
    seen = []
    for tenths in (1, 2, 9, 10):
        loading.at(tenths)
        seen.append((loading._bars.isVisible(), stop.isVisible()))
    assert seen == [(False, False), (True, False), (True, False), (True, True)]
