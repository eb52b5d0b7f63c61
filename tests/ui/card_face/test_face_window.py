"""The face of a written card in the window: seen, printed once with a record, a second time with a reason."""

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.domain.errors.device import PrinterMissing
from sscard_desk.domain.prints import PrintRecord, PrintState
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.card.samples import written_desk
from sscard_desk.ui.card_face.state import CARD_FACE
from sscard_desk.ui.keys import Act
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.states import Mark
from sscard_desk.ui.widgets.button import Button
from tests.ui.letting_work import let_work


@pytest.fixture
def desk(app: QApplication) -> SampleDesk:
    made = written_desk()
    made.shell.resize(1366, 768)
    made.shell.show()
    made.shell.activateWindow()
    let_work()
    button(made, "open_face").click()
    let_work()
    return made


def button(desk: SampleDesk, name: str) -> Button:
    found = desk.shell.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def press(desk: SampleDesk, act: Act) -> None:
    desk.shell.press(act)
    let_work()


def faces(desk: SampleDesk) -> list[PrintRecord]:
    return [one for one in desk.store.prints(desk.serving.application.id) if one.form == CARD_FACE]


def test_a_face_is_seen_and_printed_with_a_record(desk: SampleDesk) -> None:
    page = desk.pages.card_face
    assert page.state.page is not None
    assert page.state.page.width / page.state.page.height == pytest.approx(85.6 / 54, rel=0.01)
    press(desk, Act.NEXT)
    (record,) = faces(desk)
    assert (record.state, record.copy) == (PrintState.COMPLETED, 1)
    assert page.state.notice_mark is Mark.OK
    assert len(page.state.printed) == 1


def test_a_second_face_needs_a_reason_and_esc_leaves_the_question(desk: SampleDesk) -> None:
    page = desk.pages.card_face
    press(desk, Act.NEXT)
    press(desk, Act.NEXT)
    assert page.state.ask is not None
    press(desk, Act.NEXT)  # no reason yet
    assert page.state.ask is not None
    assert page.state.ask.error
    press(desk, Act.BACK)
    assert page.state.ask is None
    assert len(faces(desk)) == 1
    press(desk, Act.NEXT)
    assert page.state.ask is not None
    page.reprint.choose(page.state.ask.options[0].code)
    press(desk, Act.NEXT)
    assert [record.copy for record in faces(desk)] == [1, 2]


def test_a_face_that_no_printer_took_is_tried_again_without_a_reason(desk: SampleDesk) -> None:
    desk.printer.trouble = PrinterMissing()
    press(desk, Act.NEXT)
    assert [record.state for record in faces(desk)] == [PrintState.NOT_TAKEN]
    assert desk.pages.card_face.state.notice_mark is Mark.WARN
    desk.printer.trouble = None
    press(desk, Act.NEXT)
    assert faces(desk)[-1].state is PrintState.COMPLETED


def test_a_trial_card_leaves_no_record_and_marks_draw_the_face_anew(desk: SampleDesk) -> None:
    before = desk.pages.card_face.state.page
    button(desk, "face_trial").click()
    let_work()
    assert desk.printer.printed == ["card-trial"]
    assert faces(desk) == []
    desk.pages.card_face.set_marks(marks=True)
    assert desk.pages.card_face.state.marks
    assert desk.pages.card_face.state.page is not before


def test_a_face_at_the_printer_lets_the_clerk_go_on(desk: SampleDesk) -> None:
    desk.runner.asleep |= {"card_printer"}
    press(desk, Act.NEXT)
    assert desk.pages.card_face.state.busy
    assert not desk.pages.card_face.state.action.enabled
    press(desk, Act.BACK)  # back at step 8; the printer goes on
    assert desk.serving.in_view(Station.CARD.value)


def test_before_the_card_is_proved_there_is_no_way_to_its_face(app: QApplication) -> None:
    desk = SampleDesk()
    desk.until(Station.CARD)
    desk.shell.show()
    let_work()
    assert not button(desk, "open_face").isVisible()
    desk.pages.card_face.show()
    let_work()
    assert desk.pages.card_face.state.page is None
    assert desk.pages.card_face.state.notice_mark is Mark.WARN
