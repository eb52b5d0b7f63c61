from datetime import UTC, date, datetime

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from sscard_desk.domain.errors.operator import NumberLengthWrong
from sscard_desk.texts import ENGLISH, SIMPLIFIED_CHINESE
from sscard_desk.ui.language import day, speak, text
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import message_of, say


def test_a_date_is_said_with_its_weekday() -> None:
    assert day(date(2026, 11, 23)) == "11月23日 周一"
    speak(ENGLISH)
    assert day(date(2026, 11, 23)) == "Mon 23 Nov"


def test_values_follow_the_language() -> None:
    words = say("shell.next", step=say("steps.bank"))
    assert text(words) == "下一步：银行"
    speak(ENGLISH)
    assert text(words) == "Next: Bank"
    assert text(say("shell.kept", time=datetime(2026, 11, 23, 10, 51, tzinfo=UTC))) == "Kept at 10:51"


def test_an_error_is_said_with_its_fields() -> None:
    assert text(message_of(NumberLengthWrong(17, 18))).startswith("现在 17 位")


def test_plain_words_stay_as_they_are() -> None:
    assert text("李四 {x}") == "李四 {x}"


def test_an_unknown_text_is_a_defect() -> None:
    with pytest.raises(KeyError):
        text(say("shell.nowhere"))


def test_everything_on_screen_says_itself_again(app: QApplication) -> None:
    window = QWidget()
    label, button = Label(say("shell.missing")), Button(say("shell.back"), name="back")
    column = QVBoxLayout(window)
    column.addWidget(label)
    column.addWidget(button)
    window.show()
    speak(ENGLISH)
    assert label.text() == "What is missing"
    assert button.accessibleName() == "Back"
    speak(SIMPLIFIED_CHINESE)
    assert (label.text(), button.accessibleName()) == ("还缺什么", "返回")
