"""Somebody neither read nor in the register is typed from the document that was shown, and the application begins."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.identity.state import IdentityState
from sscard_desk.ui.keys import Act
from sscard_desk.ui.language import text
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.people import number
from sscard_desk.ui.widgets.button import Button
from sscard_desk.usecases.typed_person import TYPED_PERSON
from tests.ui.letting_work import let_work

CITIZEN = number("11010119950817004")
HMT = number("81000019900307002")
FOREIGN = "USA110085051236"


def typing(told: str) -> SampleDesk:
    desk = SampleDesk()
    desk.shell.resize(1366, 768)
    desk.shell.show()
    desk.shell.activateWindow()
    let_work()
    desk.pages.serve.typed(told)
    desk.pages.serve.entered()
    let_work()
    return desk


def state(desk: SampleDesk) -> IdentityState:
    return desk.pages.identity._state


def source(desk: SampleDesk, words: str) -> str:
    return next(option.code for option in state(desk).sources if text(option.label) == words)


def press(desk: SampleDesk, act: Act) -> None:
    desk.shell.press(act)
    let_work()


def focus(desk: SampleDesk) -> str:
    widget = desk.shell.focusWidget()
    return widget.objectName() if widget is not None else ""


def put(desk: SampleDesk, name: str, value: str) -> None:
    field = desk.shell.findChild(QWidget, f"typed_{name}")
    assert field is not None
    field.setFocus()
    if value.isascii():
        QTest.keyClicks(field, value)
    else:  # as an input method gives it
        composed = QInputMethodEvent()
        composed.setCommitString(value)
        QApplication.sendEvent(field, composed)
    let_work()


def test_a_temporary_id_card_is_typed_and_its_kind_of_evidence_stands_on_record(app: QApplication) -> None:
    desk = typing(CITIZEN)
    assert [each.id for each in state(desk).entry] == [
        "name", "ethnic", "address", "valid_from", "valid_to", "authority",
    ]  # fmt: skip
    assert focus(desk) == "typed_name"
    desk.pages.identity.choose_source(source(desk, "临时居民身份证"))
    press(desk, Act.NEXT)  # nobody is taken in without a name
    assert desk.serving.dossier is None
    assert state(desk).entry[0].state.error is not None
    put(desk, "name", "王小明")
    assert state(desk).entry[0].state.error is None
    put(desk, "valid_to", "20270230")
    press(desk, Act.NEXT)
    assert focus(desk) == "typed_valid_to"  # no such day
    desk.pages.identity.typed("valid_to", "20270228")
    press(desk, Act.NEXT)
    application = desk.serving.application
    assert (application.name, application.evidence, application.evidence_source) == (
        "王小明", "typed", "temporary_id_card",
    )  # fmt: skip
    assert application.answers["valid_to"] == "2027-02-28"
    assert (application.answers["sex"], application.answers["birth"]) == ("2", "1995-08-17")
    assert desk.serving.here is Station.BANK


@pytest.mark.parametrize(
    ("told", "shown", "kind"),
    [
        (HMT, "证件原件，芯片读不出", "hmt_resident"),
        (FOREIGN, "证件原件，手工录入", "foreign_2017"),
        (FOREIGN, "外国人永久居留证（旧版，无芯片）", "foreign_2004"),
    ],
)
def test_permits_are_begun_with_what_stands_on_them(app: QApplication, told: str, shown: str, kind: str) -> None:
    desk = typing(told)
    desk.pages.identity.choose_source(source(desk, shown))
    fields = [each.id for each in state(desk).entry]
    assert ("nationality" in fields) is kind.startswith("foreign")
    assert ("birth" in fields) is (told == FOREIGN)  # only this number does not tell it
    page = desk.pages.identity
    for name, value in (("name", "MARY SMITH"), ("sex", "2"), ("birth", "19850512"), ("nationality", "USA")):
        if name in fields:
            page.typed(name, value)
            page.left(name)
    page.go_on()
    application = desk.serving.application
    assert (application.document_kind, application.id_number, application.name) == (kind, told, "MARY SMITH")
    assert application.answers["birth"]


def test_a_name_that_no_card_can_hold_is_said_as_it_is_typed(app: QApplication) -> None:
    desk = typing(CITIZEN)
    desk.pages.identity.typed("name", "王\U00020164英")
    notice = state(desk).notice
    assert notice is not None
    assert "E1" in text(notice.note)
    desk.pages.identity.go_on()
    assert desk.serving.application.name == "王\U00020164英"


def test_nothing_typed_for_one_person_is_seen_with_the_next(app: QApplication) -> None:
    desk = typing(CITIZEN)
    put(desk, "name", "王小明")
    desk.serving.wait()
    desk.pages.serve.typed(HMT)
    desk.pages.serve.entered()
    let_work()
    assert all(not each.state.value for each in state(desk).entry)
    field = desk.shell.findChild(QLineEdit, "typed_name")
    assert field is not None
    assert field.text() == ""


def test_what_was_typed_before_the_application_began_is_there_again_and_ends_with_it(app: QApplication) -> None:
    desk = typing(CITIZEN)
    put(desk, "name", "示例甲")
    put(desk, "address", "示例市城关区和平路1号")
    let_work()
    store = desk.counter.store
    assert store.draft(TYPED_PERSON) is not None
    desk.serving.wait()
    let_work()
    start = desk.pages.serve._state
    assert "示例甲" in text(start.resume)
    assert CITIZEN not in text(start.resume)
    press(desk, Act.NEXT)
    fields = {field.id: field.state.value for field in state(desk).entry}
    assert (fields["name"], fields["address"]) == ("示例甲", "示例市城关区和平路1号")
    put(desk, "ethnic", "01")
    let_work()
    press(desk, Act.NEXT)
    assert desk.serving.dossier is not None
    assert desk.serving.dossier.application.name == "示例甲"
    assert store.draft(TYPED_PERSON) is None


def test_what_was_typed_of_one_person_never_stands_in_anothers_fields(app: QApplication) -> None:
    desk = typing(CITIZEN)
    put(desk, "name", "示例甲")
    let_work()
    desk.serving.wait()
    let_work()
    desk.pages.serve.typed(number("11010119880808004"))
    desk.pages.serve.entered()
    let_work()
    assert state(desk).entry
    assert all(field.state.value != "示例甲" for field in state(desk).entry)


def test_who_left_is_forgotten_with_a_button_and_with_the_day(app: QApplication) -> None:
    desk = typing(CITIZEN)
    store = desk.counter.store
    put(desk, "name", "示例甲")
    let_work()
    desk.serving.wait()
    let_work()
    button = desk.shell.findChild(Button, "forget_typed")
    assert button is not None
    assert button.isVisibleTo(desk.shell)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    let_work()
    assert store.draft(TYPED_PERSON) is None
    assert desk.pages.serve._state.resume == ""
    assert not button.isVisibleTo(desk.shell)

    store.keep_draft(TYPED_PERSON, {"id_number": CITIZEN, "name": "示例甲"}, "name")
    desk.clock.move(24 * 60)
    desk.pages.serve.opened()
    let_work()
    assert desk.pages.serve._state.resume == ""
    assert store.draft(TYPED_PERSON) is None
