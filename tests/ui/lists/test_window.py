"""The lists of a period through the window: read, looked at, printed with a record of their own."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sscard_desk.domain.errors.device import PrinterMissing
from sscard_desk.domain.prints import PrintRecord, PrintState, is_list
from sscard_desk.ui.keys import Act
from sscard_desk.ui.language import text
from sscard_desk.ui.lists.samples import happened
from sscard_desk.ui.lists.state import HANDOVER
from sscard_desk.ui.sample_desk.desk import SampleDesk
from tests.ui.letting_work import let_work


@pytest.fixture
def desk(app: QApplication) -> SampleDesk:
    made = SampleDesk()
    happened(made)
    made.shell.resize(1366, 768)
    made.shell.show()
    made.shell.activateWindow()
    made.pages.go_to_lists()
    let_work()
    return made


def press(desk: SampleDesk, act: Act) -> None:
    desk.shell.press(act)
    let_work()


def lists_of(desk: SampleDesk) -> list[PrintRecord]:
    return [each for each in desk.store._prints.values() if is_list(each.application)]  # type: ignore[attr-defined]


def test_todays_spoiled_sheets_are_listed_looked_at_and_printed(desk: SampleDesk) -> None:
    state = desk.pages.lists._state
    assert [text(row.second) for row in state.rows] == ["卡纸或撕坏", "打印时停电"]
    press(desk, Act.PREVIEW)
    widget = QApplication.focusWidget()
    assert widget is not None
    assert widget.objectName() == "document_pages"
    QTest.keyClick(widget, Qt.Key.Key_Escape)
    let_work()
    press(desk, Act.NEXT)
    (record,) = lists_of(desk)
    assert (record.form, record.state) == ("spoiled_register", PrintState.COMPLETED)


def test_days_are_typed_and_a_day_that_is_none_prints_nothing(desk: SampleDesk) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    assert widget.objectName() == "first_day"
    yesterday = desk.counter.today() - timedelta(days=1)
    desk.pages.lists.first_typed(yesterday.isoformat())
    assert len(desk.pages.lists._state.rows) == 2
    desk.pages.lists.first_typed("2026-11-31")
    assert desk.pages.lists._state.first.error
    press(desk, Act.NEXT)
    desk.pages.lists.first_typed("2026-12-24")  # after the last day
    press(desk, Act.NEXT)
    assert lists_of(desk) == []
    assert desk.pages.lists._state.rows == ()


def test_a_bank_gets_its_own_cards_and_no_other(desk: SampleDesk) -> None:
    page = desk.pages.lists
    page.choose(HANDOVER)
    (row,) = page._state.rows
    assert "********" in str(row.second)  # whole on paper, masked on the screen
    page.choose_bank("B03")
    assert page._state.rows == ()
    press(desk, Act.NEXT)
    assert lists_of(desk) == []
    page.choose_bank("B01")
    press(desk, Act.NEXT)
    press(desk, Act.NEXT)
    assert [each.form for each in lists_of(desk)] == [HANDOVER] * 2  # a second list, not a second copy
    assert all(each.copy == 1 for each in lists_of(desk))


def test_a_printer_that_is_off_is_said_and_the_list_does_not_count_as_printed(desk: SampleDesk) -> None:
    desk.printer.trouble = PrinterMissing()
    press(desk, Act.NEXT)
    assert desk.pages.lists._state.trouble
    assert [each.state for each in lists_of(desk)] == [PrintState.NOT_TAKEN]


def test_no_list_of_persons_stays_behind_when_the_area_is_left(desk: SampleDesk) -> None:
    page = desk.pages.lists
    page.choose(HANDOVER)
    page.look()
    page.closed()
    assert page._state.rows == ()
    assert page._state.pages == ()
