"""The papers of a case through the window: by keys, over the real operations, with a printer that says how it goes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sscard_desk.domain.errors.device import PrinterMissing
from sscard_desk.domain.prints import PrintRecord, PrintState
from sscard_desk.domain.steps import Step
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.keys import Act
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.serving.side_panel import CLOSING
from sscard_desk.ui.widgets.label import Label
from tests.ui.letting_work import let_work


@pytest.fixture
def desk(app: QApplication) -> SampleDesk:
    made = SampleDesk()
    made.shell.resize(1366, 768)
    made.shell.show()
    made.shell.activateWindow()
    let_work()
    return made


def press(desk: SampleDesk, act: Act) -> None:
    desk.shell.press(act)
    let_work()


def key(which: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), which)
    let_work()


def here() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""


def go_to(desk: SampleDesk, name: str) -> None:
    widget = desk.shell.findChild(QWidget, name)
    assert widget is not None
    widget.setFocus()
    let_work()


def said(desk: SampleDesk) -> str:
    return " ".join(label.text() for label in desk.shell.findChildren(Label) if label.isVisible())


def of(desk: SampleDesk, form: str) -> list[PrintRecord]:
    return [each for each in desk.store.prints(desk.serving.application.id) if each.form == form]


def at_papers(desk: SampleDesk, station: Station = Station.SIGN, promised: tuple[str, ...] = ()) -> None:
    desk.until(station, promised=promised)
    let_work()
    press(desk, Act.PAPERS)
    assert here() == "paper_offers"


def test_a_receipt_is_chosen_by_arrows_looked_at_and_printed_when_the_printer_says_so(desk: SampleDesk) -> None:
    at_papers(desk, promised=("household_register",))
    desk.printer.state = PrintState.PRINTING
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Down)
    assert desk.pages.papers._state.chosen == "materials_receipt"
    press(desk, Act.PREVIEW)
    assert here() == "document_pages"
    key(Qt.Key.Key_Escape)
    press(desk, Act.NEXT)
    (record,) = of(desk, "materials_receipt")
    assert record.serial.endswith("-M1")
    assert not record.state.ended
    assert "已打印" not in desk.pages.papers._state.offers[2].note.__repr__()
    desk.printer.state = PrintState.COMPLETED
    desk.serving.prints._following = False
    desk.serving.prints._follow()
    let_work()
    (record,) = of(desk, "materials_receipt")
    assert record.state is PrintState.COMPLETED
    assert desk.store.blob(record.paper) if record.paper else False


def test_what_the_step_does_not_have_says_why_and_prints_nothing(desk: SampleDesk) -> None:
    at_papers(desk)
    desk.pages.papers.choose("refusal_notice")
    let_work()
    press(desk, Act.NEXT)
    assert of(desk, "refusal_notice") == []
    assert "只在不予受理以后" in said(desk)


def test_the_same_paper_again_asks_for_its_reason(desk: SampleDesk) -> None:
    at_papers(desk)
    press(desk, Act.NEXT)
    press(desk, Act.NEXT)
    assert here() == "reprint_reason"
    assert len(of(desk, "privacy_consent")) == 1
    QTest.keyClicks(QApplication.focusWidget(), "3")
    key(Qt.Key.Key_Return)
    press(desk, Act.NEXT)
    assert [(each.copy, each.reason) for each in of(desk, "privacy_consent")] == [(1, ""), (2, "3")]


def test_a_sheet_alone_is_marked_as_spoiled_with_its_reason(desk: SampleDesk) -> None:
    at_papers(desk)
    go_to(desk, "printed_papers")
    key(Qt.Key.Key_Down)
    record = next(each for each in reversed(desk.store.prints(desk.serving.application.id)))
    desk.pages.papers.choose(record.id)
    let_work()
    key(Qt.Key.Key_Delete)
    assert here() == "spoil_reason"
    press(desk, Act.NEXT)
    assert not desk.store.prints(desk.serving.application.id)[-1].spoiled  # no reason yet
    QTest.keyClicks(QApplication.focusWidget(), "9")
    key(Qt.Key.Key_Return)
    press(desk, Act.NEXT)
    assert not desk.store.prints(desk.serving.application.id)[-1].spoiled  # "other" needs words
    go_to(desk, "spoil_words")
    QTest.keyClicks(QApplication.focusWidget(), "coffee")
    press(desk, Act.NEXT)
    after = next(each for each in desk.store.prints(desk.serving.application.id) if each.id == record.id)
    assert (after.spoiled, after.spoiled_words) == ("9", "coffee")
    assert here() == "printed_papers"
    key(Qt.Key.Key_Delete)  # once is enough
    assert desk.pages.papers.spoiling.ask is None


def test_esc_leaves_the_question_then_the_page(desk: SampleDesk) -> None:
    at_papers(desk)
    desk.pages.papers.choose(desk.store.prints(desk.serving.application.id)[0].id)
    desk.pages.papers.spoil()
    let_work()
    press(desk, Act.BACK)
    assert desk.pages.papers.spoiling.ask is None
    press(desk, Act.BACK)
    assert desk.serving.in_view(Station.SIGN.value)


def test_a_printer_that_is_off_is_said_on_the_page_and_nothing_counts_as_printed(desk: SampleDesk) -> None:
    at_papers(desk)
    desk.printer.trouble = PrinterMissing()
    press(desk, Act.NEXT)
    assert desk.pages.papers._state.trouble
    assert [each.state for each in of(desk, "privacy_consent")] == [PrintState.NOT_TAKEN]
    desk.printer.trouble = None
    press(desk, Act.NEXT)
    assert [each.copy for each in of(desk, "privacy_consent")] == [1, 1]


def test_the_notice_of_what_is_missing_is_printed_before_anything_is_recorded(desk: SampleDesk) -> None:
    desk.until(Station.MATERIALS)
    let_work()
    page = desk.pages.materials
    page.mark("missing", "household_register")
    assert not page._state.notice  # not everything was looked at: the notice names all at once
    page.mark_all()
    let_work()
    press(desk, Act.PREVIEW)
    assert here() == "document_pages"
    key(Qt.Key.Key_Escape)
    go_to(desk, "print_notice")
    key(Qt.Key.Key_Space)
    assert desk.serving.application.step is Step.FORM_RETURNED
    assert [each.state for each in of(desk, "missing_notice")] == [PrintState.COMPLETED]
    key(Qt.Key.Key_Space)
    assert here() == "reprint_reason"
    press(desk, Act.BACK)
    assert len(of(desk, "missing_notice")) == 1


def test_the_receipt_of_materials_is_printed_from_its_page(desk: SampleDesk) -> None:
    desk.until(Station.SIGN)
    desk.serving.go(Station.MATERIALS)
    let_work()
    go_to(desk, "print_receipt")
    key(Qt.Key.Key_Space)
    assert [each.serial[-2:] for each in of(desk, "materials_receipt")] == ["M1"]


def test_a_refusal_prints_its_notice_while_the_next_person_may_come(desk: SampleDesk) -> None:
    application = desk.form_out()
    desk.serving.open(application.id, Station.FORM)
    desk.shell.target_chosen.emit(CLOSING)
    let_work()
    page = desk.pages.closing
    page.choose("refused")
    page.choose_reason("not_eligible")
    page.text_typed("参保地在外省")
    let_work()
    press(desk, Act.PREVIEW)
    assert here() == "document_pages"
    press(desk, Act.NEXT)  # nothing ends while the notice is looked at
    assert desk.store.application(application.id).step is Step.FORM_ISSUED
    key(Qt.Key.Key_Escape)
    press(desk, Act.NEXT)
    assert desk.store.application(application.id).step is Step.REFUSED
    assert desk.serving.here is None
    (record,) = [each for each in desk.store.prints(application.id) if each.form == "refusal_notice"]
    assert (record.state, record.serial[-2:]) == (PrintState.COMPLETED, "F1")


def test_a_refusal_stands_although_its_notice_does_not_come_out_and_the_notice_comes_later(desk: SampleDesk) -> None:
    application = desk.form_out()
    desk.serving.open(application.id, Station.FORM)
    desk.shell.target_chosen.emit(CLOSING)
    desk.printer.trouble = PrinterMissing()
    page = desk.pages.closing
    page.choose("refused")
    page.choose_reason("has_card")
    desk.serving.go_on()
    let_work()
    assert desk.store.application(application.id).step is Step.REFUSED
    assert "E342" in said(desk) or "-F1" in said(desk)
    desk.printer.trouble = None
    desk.serving.open(application.id)
    let_work()
    press(desk, Act.PAPERS)
    desk.pages.papers.choose("refusal_notice")
    press(desk, Act.NEXT)
    states = [each.state for each in of(desk, "refusal_notice")]
    assert states == [PrintState.NOT_TAKEN, PrintState.COMPLETED]
