"""A card is not handed over while something promised is open, unless a supervisor allows it on the page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sscard_desk.domain.application import Application
from sscard_desk.domain.steps import Step
from sscard_desk.texts import ENGLISH
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.card.samples import sample
from sscard_desk.ui.keys import Act
from sscard_desk.ui.language import speak, text
from sscard_desk.ui.sample_desk.desk import PASSWORD, SampleDesk
from sscard_desk.ui.sample_desk.people import SUPERVISOR
from sscard_desk.ui.serving.dossier import read_dossier
from sscard_desk.ui.serving.exceptions import granted
from sscard_desk.ui.sign_off.detail import detail_of, read_folder
from sscard_desk.ui.widgets.label import Label
from sscard_desk.usecases.recording import Exemption
from tests.ui.letting_work import let_work


@pytest.fixture
def desk(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> SampleDesk:
    made: list[SampleDesk] = []

    class Kept(SampleDesk):
        def __init__(self) -> None:
            super().__init__()
            made.append(self)

    monkeypatch.setattr("sscard_desk.ui.card.samples.SampleDesk", Kept)
    window = sample("held")
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    let_work()
    return made[0]


def here() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""


def said(desk: SampleDesk) -> str:
    return " ".join(label.text() for label in desk.shell.findChildren(Label) if label.isVisible())


def now(desk: SampleDesk) -> Application:
    return desk.store.application(desk.serving.application.id)


def test_what_holds_the_card_back_is_named_in_words_and_nothing_is_handed_over(desk: SampleDesk) -> None:
    desk.shell.press(Act.NEXT)
    let_work()
    assert now(desk).step is Step.CARD_WRITTEN
    assert "户口簿" in said(desk)
    assert "household_register" not in said(desk)
    speak(ENGLISH)
    let_work()
    assert "ousehold register" in said(desk)


def test_a_supervisor_allows_it_by_keys_with_reason_and_own_password(desk: SampleDesk) -> None:
    button = desk.shell.findChild(QWidget, "ask_hand_over")
    assert button is not None
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    let_work()
    assert here() == "hand_over_reason"
    desk.shell.press(Act.NEXT)
    assert now(desk).step is Step.CARD_WRITTEN  # no reason yet
    QTest.keyClicks(QApplication.focusWidget(), "in hospital")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "chenjing")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert here() == "hand_over_password"
    QTest.keyClicks(QApplication.focusWidget(), "other")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    let_work()
    assert now(desk).step is Step.CARD_WRITTEN
    assert here() == "hand_over_password"
    QTest.keyClicks(QApplication.focusWidget(), PASSWORD)
    desk.shell.press(Act.NEXT)
    let_work()
    after = now(desk)
    assert after.step is Step.HANDED_OVER
    assert (after.hand_over_exception, after.hand_over_exempted_by) == ("in hospital", SUPERVISOR.account)
    (line,) = granted(read_dossier(desk.store, after.id, desk.counter.today()))
    assert (line.what, line.who, line.at is not None) == ("hand_over", SUPERVISOR.display_name, True)
    desk.serving.go(Station.APPROVE)
    let_work()
    assert desk.shell.findChild(QWidget, "granted_hand_over").isVisible()  # type: ignore[union-attr] # it is there
    assert "in hospital" in said(desk)


def test_esc_leaves_the_question_and_keeps_no_password(desk: SampleDesk) -> None:
    page = desk.pages.card
    page.hand_over.leave.ask()
    page.hand_over.leave.reason_typed("x")
    page.hand_over.leave.password_typed(PASSWORD)
    desk.serving.back()
    assert desk.serving.here is Station.CARD
    assert not page.hand_over.leave.state.open
    page.hand_over.leave.ask()
    assert text(page.hand_over.leave.lacks)


def test_bringing_it_hands_the_card_over_without_anybodys_leave(desk: SampleDesk) -> None:
    desk.shell.target_chosen.emit(Station.MATERIALS.value)
    desk.pages.materials.mark("original_seen", "household_register")
    desk.serving.go(Station.CARD)
    desk.shell.press(Act.NEXT)
    let_work()
    assert now(desk).step is Step.HANDED_OVER
    assert now(desk).hand_over_exception == ""


def test_an_exception_is_named_to_who_signs_off(app: QApplication) -> None:
    desk = SampleDesk()
    leave = Exemption("burnt, police note seen", SUPERVISOR)
    desk.record_until(Station.APPROVE, promised=("household_register",), exemption=leave)
    (waiting,) = desk.store.waiting_for_approval()
    folder = read_folder(desk.store, waiting.id, desk.counter.today())
    (line,) = detail_of(folder, SUPERVISOR.account, SUPERVISOR.display_name).exceptions
    assert text(line.title) == "例外：材料没有齐"
    assert SUPERVISOR.display_name in text(line.words)
    assert "burnt, police note seen" in text(line.words)
