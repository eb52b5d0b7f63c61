"""The staff page by keyboard: arrows choose, Enter moves on, Ctrl+Enter gives."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from sscard_desk.ui.doctor.samples import AtOnce
from sscard_desk.ui.navigation.areas import join_staff
from sscard_desk.ui.shell.samples import framed
from sscard_desk.ui.staff.presenter import StaffPresenter
from sscard_desk.ui.staff.samples import SampleSession, SampleWays
from sscard_desk.ui.staff.view import StaffView
from tests.ui.letting_work import let_work


def test_the_own_password_is_changed_by_keys_alone(app: QApplication) -> None:
    shell, page, ways = framed(app, "setup"), StaffView(), SampleWays()
    presenter = StaffPresenter(SampleSession(), ways, AtOnce(), shell.notify)
    join_staff(page, presenter)
    shell.add_page("setup", page, serving=False)
    shell.show()
    shell.show_page("setup")
    presenter.opened()
    let_work()
    page.focus_first()
    for _ in range(2):
        QTest.keyClick(page.table, Qt.Key.Key_Down)
    page.fields["old"].editor.setFocus()
    for text in ("my own words", "my new words", "my new words"):
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit)
        assert editor.echoMode() is QLineEdit.EchoMode.Password
        QTest.keyClicks(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.foot.primary
    page.foot.primary.click()
    let_work()
    assert ways.changed == [("my own words", "my new words")]
    assert page.fields["old"].editor.text() == ""
    shell.close()


def test_a_password_is_given_by_keys_alone_and_is_never_shown(app: QApplication) -> None:
    shell, page, ways = framed(app, "setup"), StaffView(), SampleWays()
    presenter = StaffPresenter(SampleSession(), ways, AtOnce(), shell.notify)
    join_staff(page, presenter)
    shell.add_page("setup", page, serving=False)
    shell.show()
    shell.show_page("setup")
    presenter.opened()
    let_work()
    page.focus_first()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert presenter is not None
    login, password, again = (page.fields[name].editor for name in ("login", "password", "again"))
    assert isinstance(password, QLineEdit)
    assert password.echoMode() is QLineEdit.EchoMode.Password
    for editor, text in ((login, "chen"), (password, "my own words"), (again, "my own words")):
        editor.setFocus()
        QTest.keyClicks(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert page.foot.primary.isEnabled()
    page.foot.primary.click()
    let_work()
    assert ways.given == [("b" * 32, "chen", "my own words")]
    assert (password.text(), again.text()) == ("", "")
    shell.close()
