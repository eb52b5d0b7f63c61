from collections.abc import Sequence
from time import monotonic

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sscard_desk.ui.states import Mark
from sscard_desk.ui.widgets.table import Cell, Column, DataTable

COLUMNS = (Column("号码", width=80), Column("姓名", 2), Column("已等", right=True))


class Many(Sequence[Sequence[Cell]]):
    """100,000 rows that are made only when somebody looks at them."""

    def __init__(self) -> None:
        self.asked: set[int] = set()

    def __len__(self) -> int:
        return 100_000

    def __getitem__(self, at: int) -> Sequence[Cell]:  # type: ignore[override] # as it is called here
        self.asked.add(at)
        return Cell(f"W{at}"), Cell("王五", Mark.OK), Cell("16")


def test_of_very_many_rows_only_those_in_view_are_made(app: QApplication) -> None:
    rows, table = Many(), DataTable(COLUMNS, name="queue")
    table.resize(600, 400)
    table.show_rows(rows)
    table.show()
    begun = monotonic()
    while len(rows.asked) == 0 and monotonic() - begun < 5:
        app.processEvents()
    assert 0 < len(rows.asked) < 50


def test_enter_opens_the_row_that_the_arrows_reached(app: QApplication) -> None:
    table = DataTable(COLUMNS, name="queue")
    table.show_rows([(Cell(str(at)), Cell(), Cell()) for at in range(3)])
    table.show()
    table.choose(0)
    opened: list[int] = []
    table.opened.connect(opened.append)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [1]


def test_columns_share_what_fixed_ones_leave(app: QApplication) -> None:
    table = DataTable(COLUMNS, name="queue")
    table.resize(680, 400)
    table.show()
    app.processEvents()
    left = table.viewport().width() - 80
    assert [table.columnWidth(at) for at in range(3)] == [80, left * 2 // 3, left // 3]
