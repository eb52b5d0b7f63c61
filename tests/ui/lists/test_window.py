"""The lists of a period through the window: read, looked at, printed with a record of their own."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from sscard_desk.domain.errors.device import PrinterMissing, ScannerMissing
from sscard_desk.domain.form_scan import FormPage
from sscard_desk.domain.prints import PrintRecord, PrintState, is_list
from sscard_desk.ports.form_reader import ScanReading
from sscard_desk.ui.keys import Act
from sscard_desk.ui.language import text
from sscard_desk.ui.lists.samples import happened
from sscard_desk.ui.lists.state import HANDOVER
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.portraits import portrait_jpeg
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
    return [each for each in desk.store._prints.values() if is_list(each.application)]  # type: ignore[attr-defined] # it has one


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
    assert [each.form for each in lists_of(desk)] == [HANDOVER]


def choose_reason(desk: SampleDesk, code: str) -> None:
    desk.pages.lists.reprint.choose(code)
    press(desk, Act.NEXT)


def test_the_same_list_again_is_its_next_copy_with_a_reason_and_other_content_is_another_list(desk: SampleDesk) -> None:
    page = desk.pages.lists
    press(desk, Act.NEXT)
    press(desk, Act.NEXT)
    assert len(lists_of(desk)) == 1  # nobody said why
    press(desk, Act.NEXT)
    assert page.reprint.ask is not None
    assert page.reprint.ask.error
    choose_reason(desk, "2")
    first, second = lists_of(desk)
    assert (first.copy, second.copy, second.reason) == (1, 2, "2")
    assert first.application == second.application
    assert second.serial == first.serial[:-1] + "2"
    page.choose(HANDOVER)
    page.contents_typed("表格")
    press(desk, Act.NEXT)
    page.contents_typed("表格和复印件")
    press(desk, Act.NEXT)
    *_, one, other = lists_of(desk)
    assert (one.copy, other.copy) == (1, 1)
    assert one.digest != other.digest


def test_a_question_about_a_second_copy_is_left_with_esc_and_prints_nothing(desk: SampleDesk) -> None:
    press(desk, Act.NEXT)
    press(desk, Act.NEXT)
    assert desk.pages.lists.reprint.ask is not None
    press(desk, Act.BACK)
    assert desk.pages.lists.reprint.ask is None
    assert len(lists_of(desk)) == 1


def test_printed_lists_are_seen_again_byte_for_byte_and_marked_as_spoiled(desk: SampleDesk) -> None:
    page = desk.pages.lists
    press(desk, Act.NEXT)
    page.choose("printed")
    let_work()
    (line,) = page._state.printed
    (record,) = lists_of(desk)
    assert line.serial == record.serial
    press(desk, Act.PREVIEW)
    assert page._state.pages
    assert page.printed.sheet is not None
    assert record.paper is not None
    assert page.printed.sheet.pdf == desk.store.blob(record.paper)
    press(desk, Act.BACK)
    assert page._state.pages == ()
    table = desk.shell.findChild(QTableView, "printed_lists")
    assert table is not None
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Delete)
    let_work()
    assert page._state.spoiling is not None
    page.printed.spoiling.choose("3")
    press(desk, Act.NEXT)
    (record,) = lists_of(desk)
    assert record.spoiled == "3"
    assert not page._state.can_spoil


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


def signed_page(record: PrintRecord, page: int, pages: int) -> FormPage:
    """A page of a list, as the scanner's reader gives it."""
    return FormPage(
        sheet=page, serial=record.serial, form=record.form, edition=record.edition, digest=record.digest[:16].upper(),
        page=page, pages=pages, read_by="qr", rotation=0, skew=0.4, dpi=300.0,
        pose=((11.8, 0.0, 0.0), (0.0, 11.8, 0.0)), residual=0.02, ticks=(), cut_outs=(), straight=portrait_jpeg(),
    )  # fmt: skip


def test_a_list_that_comes_back_signed_is_scanned_kept_and_seen_with_its_print(
    desk: SampleDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desk.pages.lists
    press(desk, Act.NEXT)
    (record,) = lists_of(desk)
    page.choose("printed")
    let_work()
    desk.scanner.sides = 1
    read = ScanReading((signed_page(record, 1, 2),))
    monkeypatch.setattr(desk.form_reader, "read", lambda *_args, **_more: read)
    press(desk, Act.SHOOT)
    assert lists_of(desk)[0].returned is None  # the second page is missing
    read = ScanReading((signed_page(record, 1, 2), signed_page(record, 2, 2)))
    press(desk, Act.SHOOT)
    (record,) = lists_of(desk)
    assert record.returned is not None
    (line,) = page._state.printed
    assert "签收" in text(line.note)
    assert not page._state.scanning
    press(desk, Act.PREVIEW)
    assert len(page._state.pages) == 2  # the signed one before the printed one; the sample's documents have a page each


def test_a_scanner_that_is_not_there_is_told_and_keeps_nothing(desk: SampleDesk) -> None:
    page = desk.pages.lists
    press(desk, Act.NEXT)
    page.choose("printed")
    let_work()
    desk.scanner.trouble = ScannerMissing()
    press(desk, Act.SHOOT)
    assert page._state.trouble
    assert not page._state.scanning
    assert lists_of(desk)[0].returned is None
