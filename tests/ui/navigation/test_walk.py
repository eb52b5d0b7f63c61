"""One applicant from the id card to the hand-over, by keys alone, through the pages as a clerk uses them."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sscard_desk.domain.events import CardIntended, CardWritten
from sscard_desk.domain.portrait import Portrait
from sscard_desk.domain.steps import Step
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.keys import Act
from sscard_desk.ui.photo.state import Source
from sscard_desk.ui.sample_desk.desk import ASLEEP, PASSWORD, SampleDesk, full_answers
from sscard_desk.ui.sample_desk.people import LI_SI, LI_SI_CARD
from sscard_desk.ui.sample_desk.portraits import portrait_jpeg, verdicts
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.dialog import Dialog
from sscard_desk.usecases.recording import record
from tests.ui.letting_work import let_work


@pytest.fixture
def desk(app: QApplication) -> SampleDesk:
    made = SampleDesk()
    made.shell.resize(1366, 768)
    made.shell.show()
    made.shell.activateWindow()
    let_work()
    return made


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def key(which: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), which, modifier)
    let_work()


def press(desk: SampleDesk, act: Act) -> None:
    desk.shell.press(act)
    let_work()


def part(desk: SampleDesk, name: str) -> QWidget:
    found = desk.shell.findChild(QWidget, name)
    assert found is not None, name
    return found


def test_a_typed_number_opens_the_person(desk: SampleDesk) -> None:
    assert focus().objectName() == "who"
    QTest.keyClicks(focus(), LI_SI.id_number)
    key(Qt.Key.Key_Return)
    assert desk.serving.here is Station.IDENTITY
    assert desk.serving.identity is not None
    assert desk.serving.identity.evidence == "typed"


def test_a_wrong_check_digit_is_said_at_the_last_key(desk: SampleDesk) -> None:
    QTest.keyClicks(focus(), LI_SI.id_number[:17])
    assert not part(desk, "who_error").isVisible()
    QTest.keyClicks(focus(), "1")
    assert part(desk, "who_error").isVisible()
    key(Qt.Key.Key_Return)
    assert desk.serving.here is None


def test_a_card_on_the_reader_opens_the_check_and_goes_nowhere_before_all_is_decided(desk: SampleDesk) -> None:
    desk.id_reader.card = LI_SI_CARD
    desk.runner.asleep = ASLEEP - {"id_reader"}
    press(desk, Act.AGAIN)
    assert desk.serving.here is Station.IDENTITY
    assert focus().objectName() == "difference_address"
    press(desk, Act.NEXT)
    assert desk.store.recent() == []
    press(desk, Act.TAKE)
    assert focus().objectName() == "difference_valid"
    press(desk, Act.KEEP)
    press(desk, Act.NEXT)
    application = desk.serving.application
    assert desk.serving.here is Station.BANK
    assert application.answers["address"] == LI_SI_CARD.address
    assert application.answers["valid_to"] == "2024-05-12"
    assert {(each.field, each.taken) for each in application.differences} == {
        ("address", True), ("valid_from", False), ("valid_to", False),
    }  # fmt: skip


def test_undo_opens_a_decided_row_again(desk: SampleDesk) -> None:
    desk.identify()
    let_work()
    press(desk, Act.TAKE)
    press(desk, Act.UNDO)
    let_work()
    assert focus().objectName() == "difference_address"


def test_the_bank_is_chosen_by_a_digit_and_printed(desk: SampleDesk) -> None:
    desk.until(Station.BANK)
    let_work()
    QTest.keyClick(focus(), Qt.Key.Key_2)
    press(desk, Act.NEXT)
    assert desk.serving.application.bank == "B02"
    assert desk.printer.printed == ["4201-03-26-00123-2-C1"]
    assert desk.serving.here is Station.PHOTO


def test_a_shot_is_chosen_by_its_number_and_adopted(desk: SampleDesk) -> None:
    desk.until(Station.PHOTO)
    let_work()
    for roll in (4.2, 0.5, 0.4):
        desk.pages.photo.made(Portrait(portrait_jpeg(), {}, verdicts(roll)), Source.CAMERA, None)
    QTest.keyClick(focus(), Qt.Key.Key_3)
    assert part(desk, "shot_3").isChecked()  # type: ignore[attr-defined] # it has one
    press(desk, Act.NEXT)
    assert desk.serving.application.photo_source == "camera"
    assert desk.serving.here is Station.FORM


def test_the_form_is_filled_printed_and_taken_back_by_keys(desk: SampleDesk) -> None:
    application = desk.until(Station.FORM)
    let_work()
    assert focus().objectName() == "postcode"  # the first field that is open; the register knew the mobile number
    QTest.keyClicks(focus(), "10001")
    assert desk.store.draft(application.id).values["postcode"] == "10001"  # type: ignore[union-attr] # it is there
    key(Qt.Key.Key_Return)
    assert part(desk, "postcode_error").isVisible()
    press(desk, Act.NEXT_MISSING)
    part(desk, "postcode").setFocus()
    QTest.keyClicks(focus(), "0")
    assert not part(desk, "postcode_error").isVisible()
    for name, code in full_answers().items():
        if name in {"household_kind", "person_status"}:
            part(desk, name).setFocus()
            QTest.keyClicks(focus(), code)
            key(Qt.Key.Key_Return)
    press(desk, Act.NEXT)
    assert desk.serving.application.step is Step.FORM_ISSUED
    assert desk.store.draft(application.id) is None
    press(desk, Act.NEXT)
    assert desk.serving.application.step is Step.FORM_RETURNED
    assert desk.serving.here is Station.MATERIALS


def test_what_was_typed_is_there_again_with_its_field_after_a_restart(desk: SampleDesk) -> None:
    application = desk.record_until(Station.FORM)
    desk.store.keep_draft(application.id, {"email": "li@example"}, "email")
    desk.pages.serve.opened()
    let_work()
    press(desk, Act.NEXT)
    let_work()
    assert desk.serving.here is Station.FORM
    assert focus().objectName() == "email"
    assert part(desk, "email").text() == "li@example"  # type: ignore[attr-defined] # it has one


def test_materials_are_answered_by_digits(desk: SampleDesk) -> None:
    desk.until(Station.MATERIALS)
    let_work()
    QTest.keyClick(focus(), Qt.Key.Key_1)
    QTest.keyClick(focus(), Qt.Key.Key_3)
    QTest.keyClick(focus(), Qt.Key.Key_2)
    press(desk, Act.NEXT)
    assert desk.serving.here is Station.MATERIALS  # one is missing
    part(desk, "material_household_register").setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_1)
    press(desk, Act.NEXT)
    assert desk.serving.here is Station.MATERIALS  # a copy of the form is no answer: nobody looked at it yet
    part(desk, "material_registration_form").setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_1)
    press(desk, Act.NEXT)
    assert [each.state for each in desk.serving.application.materials] == [
        "original_seen",
        "original_seen",
        "original_seen",
    ]
    assert desk.serving.here is Station.SIGN


def draw(pad: QWidget) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    for step in range(12):
        QTest.mouseMove(pad, QPoint(20 + step * 8, 20 + step * 3))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(120, 60))
    let_work()


def test_both_sign_with_strokes_and_enter(desk: SampleDesk) -> None:
    desk.until(Station.SIGN)
    let_work()
    for party in ("applicant", "clerk"):
        pad = part(desk, f"pad_{party}")
        assert pad.hasFocus()
        draw(pad)
        key(Qt.Key.Key_Return)
    application = desk.serving.application
    assert application.step is Step.SIGNED
    assert {each.kind_of_signature for each in application.valid_signatures()} == {"strokes"}
    assert desk.serving.here is Station.APPROVE


def test_del_clears_a_signature_before_it_counts(desk: SampleDesk) -> None:
    desk.until(Station.SIGN)
    let_work()
    draw(part(desk, "pad_applicant"))
    key(Qt.Key.Key_Delete)
    key(Qt.Key.Key_Return)
    assert desk.serving.application.signatures == ()


def test_a_supervisor_signs_off_with_the_own_password(desk: SampleDesk) -> None:
    desk.until(Station.APPROVE)
    let_work()
    QTest.keyClicks(focus(), "chenjing")
    key(Qt.Key.Key_Return)
    QTest.keyClicks(focus(), "wrong")
    key(Qt.Key.Key_Return)
    assert part(desk, "approve_error").isVisible()
    assert part(desk, "supervisor_password").text() == ""  # type: ignore[attr-defined] # it has one
    part(desk, "supervisor_password").setFocus()
    QTest.keyClicks(focus(), PASSWORD)
    key(Qt.Key.Key_Return)
    assert desk.serving.application.step is Step.APPROVED
    assert desk.serving.here is Station.CARD


def test_changing_signed_content_asks_first_and_voids_visibly(desk: SampleDesk) -> None:
    desk.until(Station.APPROVE)
    let_work()
    desk.serving.go(Station.FORM)
    let_work()
    change = desk.shell.findChild(Button, "locked_bar_action")
    bars = [each for each in desk.shell.findChildren(Button, "locked_bar_action") if each.isVisible()]
    assert change is not None
    bars[0].click()
    dialog = desk.shell.findChild(Dialog)
    assert isinstance(dialog, Dialog)
    assert dialog.safe.hasFocus()
    dialog.act.click()
    application = desk.serving.application
    assert application.step is Step.FORM_RETURNED
    assert application.signatures == ()
    assert application.void_reason == "form"


def test_the_card_is_handed_over_and_the_next_person_sees_nothing(desk: SampleDesk) -> None:
    application = desk.until(Station.CARD)
    let_work()
    day = desk.counter.today()
    intended = CardIntended("1" * 32, "K00081701", "training", "d" * 64, (), day, day)
    record(desk.store, desk.counter.session, intended, application.id)
    written = CardWritten("1" * 32, "d" * 64, 31, ())
    desk.pages.card.written(record(desk.store, desk.counter.session, written, application.id))
    press(desk, Act.NEXT)
    assert desk.serving.application.step is Step.HANDED_OVER
    press(desk, Act.NEXT)
    assert desk.serving.dossier is None
    assert part(desk, "person_name").text() == ""  # type: ignore[attr-defined] # it has one
    assert desk.pages.applicant.findChild(QWidget, "applicant_name").text() == ""  # type: ignore[union-attr] # it is there


def test_the_old_address_comes_back_on_request(desk: SampleDesk) -> None:
    desk.until(Station.FORM)
    let_work()
    desk.pages.form.restore("mailing_address")
    assert part(desk, "mailing_address").text() == LI_SI.address  # type: ignore[attr-defined] # it has one
