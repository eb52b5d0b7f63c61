from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sscard_desk.texts import ENGLISH, SIMPLIFIED_CHINESE
from sscard_desk.ui.keys import Act
from sscard_desk.ui.language import language
from sscard_desk.ui.page import Page
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.shell.samples import served, status, steps
from sscard_desk.ui.states import ActionState, Hit, Mark, ToastState
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.keys_overlay import KeysOverlay
from sscard_desk.ui.words import say
from tests.ui.letting_work import let_work

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class OneField(Page):
    def __init__(self) -> None:
        super().__init__("登记表", name="form")
        self.field = Field("邮政编码", name="postcode")
        self.body.addWidget(self.field)
        self.body.addStretch(1)
        self.foot.show_state(ActionState("打印登记表"))


def window(app: QApplication) -> tuple[Shell, OneField]:
    page = OneField()
    shell = served(page, 3)
    shell.show()
    shell.activateWindow()
    page.focus_first()
    let_work()
    return shell, page


def press(shell: Shell, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(shell, key, modifiers)


def test_the_page_begins_in_its_first_field_with_one_ring_and_one_filled_button(app: QApplication) -> None:
    shell, page = window(app)
    assert page.field.editor.hasFocus()
    assert shell.ring.isVisible()
    assert shell.ring.target is page.field.editor
    filled = [button for button in shell.findChildren(Button) if button.isVisible() and button.kind is Kind.PRIMARY]
    assert filled == [page.foot.primary]


def test_ctrl_enter_is_the_page_s_button_and_escape_goes_back(app: QApplication) -> None:
    shell, page = window(app)
    heard: list[str] = []
    page.foot.primary_pressed.connect(lambda: heard.append("primary"))
    page.back.connect(lambda: heard.append("back"))
    press(shell, Qt.Key.Key_Return, CTRL)
    press(shell, Qt.Key.Key_Escape)
    assert heard == ["primary", "back"]


def test_ctrl_enter_does_nothing_while_something_is_missing(app: QApplication) -> None:
    shell, page = window(app)
    heard: list[str] = []
    page.foot.primary_pressed.connect(lambda: heard.append("primary"))
    page.foot.show_state(ActionState("打印登记表", enabled=False, reason="还缺 1 项", reason_mark=Mark.WARN))
    press(shell, Qt.Key.Key_Return, CTRL)
    assert heard == []


def test_escape_undoes_the_field_before_it_goes_back(app: QApplication) -> None:
    _, page = window(app)
    heard: list[str] = []
    page.back.connect(lambda: heard.append("back"))
    QTest.keyClicks(page.field.editor, "1000")
    QTest.keyClick(page.field.editor, Qt.Key.Key_Escape)
    assert (page.field.value(), heard) == ("", [])
    QTest.keyClick(page.field.editor, Qt.Key.Key_Escape)
    assert heard == ["back"]


def test_no_key_is_taken_while_an_input_method_composes(app: QApplication) -> None:
    shell, page = window(app)
    heard: list[object] = []
    shell.asked.connect(heard.append)
    page.back.connect(lambda: heard.append("back"))
    editor = page.field.editor
    app.sendEvent(editor, QInputMethodEvent("ni hao", []))
    press(shell, Qt.Key.Key_F5)
    press(shell, Qt.Key.Key_Escape)
    assert heard == []
    app.sendEvent(editor, QInputMethodEvent("", []))
    press(shell, Qt.Key.Key_F5)
    assert heard == [Act.AGAIN]


def test_alt_number_opens_steps_that_can_be_looked_at(app: QApplication) -> None:
    shell, _ = window(app)
    heard: list[int] = []
    shell.step_chosen.connect(heard.append)
    press(shell, Qt.Key.Key_2, ALT)
    press(shell, Qt.Key.Key_7, ALT)
    assert heard == [2]


def test_f2_comes_to_the_search_from_anywhere_and_enter_opens_a_result(app: QApplication) -> None:
    shell, _ = window(app)
    search = shell.desk.top.search
    typed: list[str] = []
    opened: list[str] = []
    shell.searched.connect(typed.append)
    shell.hit_chosen.connect(opened.append)
    press(shell, Qt.Key.Key_F2)
    assert search.hasFocus()
    QTest.keyClicks(search, "11010119")
    assert search.text() == "110101 19"
    assert typed[-1] == "11010119"
    shell.show_hits((Hit("a", "李四"), Hit("b", "李四四")))
    QTest.keyClick(search, Qt.Key.Key_Down)
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert opened == ["b"]
    assert search.text() == ""


def test_ctrl_l_says_everything_in_the_other_language_and_loses_nothing(app: QApplication) -> None:
    shell, page = window(app)
    QTest.keyClicks(page.field.editor, "1000")
    press(shell, Qt.Key.Key_L, CTRL)
    assert language() == ENGLISH
    assert shell.desk.steps.parts[1].accessibleName() == "2 Bank"
    assert page.foot.back_button.accessibleName() == "Back"
    assert (page.field.value(), page.field.editor.hasFocus()) == ("1000", True)
    press(shell, Qt.Key.Key_L, CTRL)
    assert language() == SIMPLIFIED_CHINESE


def test_f6_walks_all_regions_and_comes_back(app: QApplication) -> None:
    shell, page = window(app)
    seen = []
    for _ in range(5):
        press(shell, Qt.Key.Key_F6)
        focus = app.focusWidget()
        regions = (shell.desk.top, shell.desk.rail, page, shell.desk.panel, shell.status)
        seen.append(next(region.objectName() for region in regions if region.isAncestorOf(focus)))
    assert seen == ["side_panel", "status_line", "top_bar", "rail", "form"]
    press(shell, Qt.Key.Key_F6, SHIFT)
    assert shell.desk.rail.isAncestorOf(app.focusWidget())


def test_f1_shows_the_keys_and_any_key_closes_them(app: QApplication) -> None:
    shell, page = window(app)
    press(shell, Qt.Key.Key_F1)
    overlay = shell.findChild(KeysOverlay)
    assert overlay is not None
    press_on: list[object] = []
    shell.asked.connect(press_on.append)
    QTest.keyClick(overlay, Qt.Key.Key_F5)
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert press_on == []
    assert shell.findChild(KeysOverlay) is None
    assert page.field.editor.hasFocus()


def test_a_narrow_window_folds_rail_and_panel_and_drops_the_keycaps(app: QApplication) -> None:
    shell, page = window(app)
    wide = page.foot.primary.sizeHint().width()
    shell.resize(960, 540)
    let_work()
    assert (shell.desk.rail.width(), shell.desk.panel.width(), shell.desk.panel.folded) == (56, 56, True)
    assert page.foot.primary.sizeHint().width() < wide
    press(shell, Qt.Key.Key_F6)
    assert (shell.desk.panel.folded, shell.desk.panel.width()) == (False, 272)
    press(shell, Qt.Key.Key_F6)
    assert shell.desk.panel.folded


def test_a_wide_window_gives_the_panel_more_and_the_content_at_most_1200(app: QApplication) -> None:
    shell, page = window(app)
    shell.resize(1920, 1080)
    let_work()
    assert shell.desk.panel.width() == 336
    assert page.field.width() <= 1200


def test_notices_stand_over_the_foot_of_the_panel_and_take_no_focus(app: QApplication) -> None:
    shell, page = window(app)
    shell.notify(ToastState("已打印登记表 2 页"))
    let_work()
    assert page.field.editor.hasFocus()
    assert shell.toasts.isVisible()
    assert shell.toasts.geometry().left() + 24 >= shell.width() - 272


def test_without_a_panel_notices_stand_above_the_action_bar(app: QApplication) -> None:
    shell, page = window(app)
    shell.notify(ToastState("已打印登记表 2 页"))
    shell.set_page(page, serving=False)
    let_work()
    assert shell.toasts.geometry().bottom() - 24 <= shell.height() - 40 - 56


def test_device_words_that_differ_are_said_and_lead_to_the_doctor(app: QApplication) -> None:
    shell, _ = window(app)
    shell.show_status(status(card_reader=(Mark.ERR, say("shell.health.silent"))))
    let_work()
    button = shell.status.device("card_reader")
    assert button.accessibleName() == "社保卡读写器 没有响应"
    heard: list[str] = []
    shell.device_chosen.connect(heard.append)
    button.click()
    assert heard == ["card_reader"]


def test_only_steps_that_are_done_or_current_take_the_focus(app: QApplication) -> None:
    shell, _ = window(app)
    shell.show_steps(steps(4))
    assert [part.isEnabled() for part in shell.desk.steps.parts] == [True] * 4 + [False] * 4


def test_everything_that_takes_the_focus_has_a_name_and_says_what_it_is(app: QApplication) -> None:
    shell, _ = window(app)
    nameless = [
        widget
        for widget in shell.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.objectName() and widget.accessibleName())
    ]
    assert nameless == []


def test_a_scanner_s_burst_is_told_and_leaves_the_field_as_it_was(app: QApplication) -> None:
    shell, page = window(app)
    editor = page.field.editor
    QTest.keyClicks(editor, "1000")
    heard: list[str] = []
    shell.scanned.connect(heard.append)
    shell._scanner._burst.forget()
    for at, letter in enumerate("4201032600"):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_0, Qt.KeyboardModifier.NoModifier, letter)
        event.setTimestamp(10_000 + at)
        app.sendEvent(editor, event)
    closing = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "")
    closing.setTimestamp(10_012)
    app.sendEvent(editor, closing)
    assert heard == ["4201032600"]
    assert page.field.value() == "1000"
    assert editor.hasFocus()
