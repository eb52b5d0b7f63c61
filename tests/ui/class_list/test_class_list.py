"""The page for class lists in the window, over the real encrypted store, real spreadsheets and the real paper."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sscard_desk.domain.prints import PrintState
from sscard_desk.spreadsheets import SpreadsheetTables
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.training.point import training_point
from sscard_desk.ui.class_list.state import ClassListState, Phase
from sscard_desk.ui.class_list.view import ClassListView
from sscard_desk.ui.keys import Act
from sscard_desk.ui.language import text
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.school import HEAD, class_rows
from sscard_desk.ui.states import Mark
from sscard_desk.ui.widgets.dialog import Dialog
from sscard_desk.usecases.counter import Counter
from tests.ui.letting_work import let_work

KEY = bytes(range(32))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    point = training_point()
    folder = tmp_path / "desk"
    create_folder(
        folder, desk_id=point.desk, service_point=point.code, desk_no=point.desk_no, training=True, database_key=KEY
    )
    desk = open_desk(folder, KEY)
    yield desk
    desk.close()


class Page:
    """The window with the page, worked as a clerk works it."""

    def __init__(self, store: DeskStore) -> None:
        self.desk = SampleDesk(store=store, tables=SpreadsheetTables())
        self.desk.shell.resize(1366, 768)
        self.desk.shell.show()
        self.desk.shell.activateWindow()
        let_work()
        self.desk.pages.go_to_class_list()
        let_work()
        view = self.desk.shell.findChild(ClassListView)
        assert view is not None
        self.view = view

    @property
    def counter(self) -> Counter:
        return self.desk.counter

    @property
    def state(self) -> ClassListState:
        return self.desk.pages.class_list._state

    def choose(self, path: Path) -> None:
        self.view.file_chosen.emit(str(path))
        let_work()

    def press(self, act: Act) -> None:
        self.desk.shell.press(act)
        let_work()

    def answer(self, *, act: bool) -> None:
        dialog = self.desk.shell.findChild(Dialog)
        assert isinstance(dialog, Dialog)
        (dialog.act if act else dialog.safe).click()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # no event loop runs here to do it
        let_work()

    def focus(self) -> str:
        widget = self.desk.shell.focusWidget()
        return widget.objectName() if widget is not None else ""

    def chips(self) -> list[str]:
        return [text(chip.words) for chip in self.state.chips]


def book(path: Path, count: int) -> Path:
    made = openpyxl.Workbook()
    for row in (HEAD, *class_rows(count)):
        made.active.append(list(row))
    made.save(path)
    return path


def test_a_list_is_checked_imported_after_one_question_and_printed_by_keys_alone(
    app: QApplication, tmp_path: Path, store: DeskStore
) -> None:
    page = Page(store)
    page.choose(book(tmp_path / "class.xlsx", 30))
    assert page.chips() == ["30 行", "27 可导入", "3 有错"]
    assert [line.number for line in page.state.lines] == [5, 11, 19]  # what is wrong is listed first
    assert page.focus() == "class_rows"
    assert text(page.state.detail[0]).startswith("B 列“身份证号”：")
    page.press(Act.NEXT_MISSING)
    assert (page.state.lines[page.state.chosen].number, page.view.table.currentIndex().row()) == (11, 1)
    page.view.rejected.emit(str(tmp_path / "back.xlsx"))
    back = openpyxl.load_workbook(tmp_path / "back.xlsx").active
    assert [row[0].value for row in back.iter_rows(min_row=2)] == ["5", "11", "19"]
    page.press(Act.NEXT)
    page.answer(act=False)
    assert len(store.recent()) == 0  # nobody is opened without the answer
    page.press(Act.NEXT)
    page.answer(act=True)
    assert (len(store.recent()), page.chips()) == (27, ["30 行", "27 已开", "3 有错"])
    assert {each.origin for each in store.recent()} == {"class"}
    page.press(Act.NEXT)
    assert page.state.said is not None
    assert page.state.said.mark is Mark.OK
    records = [store.prints(each.id)[0] for each in store.recent()]
    assert {record.state for record in records} == {PrintState.COMPLETED}
    assert len(page.desk.printer.printed) == 1  # one job
    page.press(Act.NEXT)
    assert page.state.again is not None  # the same forms again need a reason
    assert page.focus() == "class_reason"
    page.view.reason_chosen.emit(page.state.again.options[0].code)
    page.press(Act.NEXT)
    assert len(page.desk.printer.printed) == 2
    assert {len(store.prints(each.id)) for each in store.recent()} == {2}


def test_a_list_that_comes_again_opens_nobody_twice_and_can_still_be_printed(
    app: QApplication, tmp_path: Path, store: DeskStore
) -> None:
    file = book(tmp_path / "class.xlsx", 8)
    first = Page(store)
    first.choose(file)
    first.press(Act.NEXT)
    first.answer(act=True)
    first.desk.shell.hide()
    second = Page(store)  # as after the program was cut off
    second.choose(file)
    assert second.chips() == ["8 行", "8 已在办"]
    assert text(second.state.action.primary) == "打印花名册和登记表"
    second.press(Act.NEXT)
    assert len(second.desk.printer.printed) == 1
    assert len(store.recent()) == 8


def test_stopping_an_import_keeps_what_was_opened_and_going_on_opens_the_rest(
    app: QApplication, tmp_path: Path, store: DeskStore
) -> None:
    page = Page(store)
    page.choose(book(tmp_path / "class.xlsx", 12))
    ticks: list[float] = []
    tell = page.desk.pages.class_list._progress

    def stop_midway(share: float) -> None:
        tell(share)
        if page.state.phase is not Phase.IMPORTING:
            return
        ticks.append(share)
        if share >= 0.5:
            page.view.stopped.emit()

    page.desk.pages.class_list._progress = stop_midway  # type: ignore[method-assign] # stands in for it
    page.press(Act.NEXT)
    page.answer(act=True)
    opened = len(store.recent())
    assert 0 < opened < 12
    assert ticks == sorted(ticks)
    assert page.chips() == ["12 行", f"{12 - opened} 可导入", f"{opened} 已在办"]
    page.desk.pages.class_list._progress = tell  # type: ignore[method-assign] # stands in for it
    page.press(Act.NEXT)
    page.answer(act=True)
    assert len(store.recent()) == 12


def test_a_file_that_is_no_list_says_why_and_the_one_before_is_gone_from_the_page(
    app: QApplication, tmp_path: Path, store: DeskStore
) -> None:
    page = Page(store)
    page.choose(book(tmp_path / "class.xlsx", 3))
    (tmp_path / "letter.xlsx").write_bytes(b"\xd0\xcf\x11\xe0 an old file")
    page.choose(tmp_path / "letter.xlsx")
    assert (page.state.phase, page.state.lines, page.chips()) == (Phase.EMPTY, (), [])
    assert page.state.said is not None
    assert "E195" in text(page.state.said.note)
    assert text(page.state.said.title) == "这个文件不是能读的花名册：是旧式 .xls 文件，或加了密码。"
    assert page.focus() == "class_empty_action"
    page.choose(tmp_path / "nowhere.xlsx")
    assert "E195" in text(page.state.said.note)


def test_a_second_list_in_the_file_is_said_until_another_file_is_chosen(
    app: QApplication, tmp_path: Path, store: DeskStore
) -> None:
    page = Page(store)
    two = openpyxl.load_workbook(book(tmp_path / "class.xlsx", 3))
    two.copy_worksheet(two.active).title = "二班"
    two.save(tmp_path / "two.xlsx")
    page.choose(tmp_path / "two.xlsx")
    assert page.state.said is not None
    assert page.state.said.mark is Mark.WARN
    assert "二班" in text(page.state.said.note)
    assert len(page.state.lines) == 3
    page.choose(tmp_path / "class.xlsx")
    assert page.state.said is None


def test_rows_are_filtered_by_one_key_and_walked_by_arrows(app: QApplication, tmp_path: Path, store: DeskStore) -> None:
    page = Page(store)
    page.choose(book(tmp_path / "class.xlsx", 24))
    page.press(Act.FILTER)  # wrong -> in work: nobody
    none = page.view.findChild(QWidget, "class_none")
    assert len(page.state.lines) == 0
    assert none is not None
    assert none.isVisible()
    page.press(Act.FILTER)
    assert len(page.state.lines) == 24
    QTest.keyClick(page.view.table, Qt.Key.Key_Down)
    assert page.state.chosen == 1
    assert page.state.detail == ()


def test_a_place_where_nothing_can_be_written_is_told(app: QApplication, tmp_path: Path, store: DeskStore) -> None:
    page = Page(store)
    page.choose(book(tmp_path / "class.xlsx", 24))
    page.view.rejected.emit(str(tmp_path / "no such folder" / "back.xlsx"))
    assert page.state.said is not None
    assert "E177" in text(page.state.said.note)
