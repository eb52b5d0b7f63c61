from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from sscard_desk.ui.widgets.whole_rows import WholeRows

ROW, COUNT = 40, 12


def area(app: QApplication, height: int) -> tuple[WholeRows, list[QPushButton]]:
    made, inner = WholeRows(), QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    rows = [QPushButton(str(at)) for at in range(COUNT)]
    for row in rows:
        row.setFixedHeight(ROW)
        column.addWidget(row)
    made.setWidget(inner)
    made.resize(300, height)
    made.show()
    made.activateWindow()
    for _ in range(4):
        app.processEvents()
    return made, rows


def covered(made: WholeRows) -> list[QRect]:
    return [blank.geometry() for blank in made._blanks if blank.isVisible()]


def test_the_last_row_is_whole_or_not_there(app: QApplication) -> None:
    made, _ = area(app, 5 * ROW + 15)
    made.setFocus()
    made._cover()
    assert [(each.top(), each.height()) for each in covered(made)] == [(5 * ROW, 15)]


def test_after_scrolling_the_first_row_is_whole_too(app: QApplication) -> None:
    made, _ = area(app, 5 * ROW)
    made.verticalScrollBar().setValue(ROW + 10)
    assert [(each.top(), each.height()) for each in covered(made)] == [(0, ROW - 10), (5 * ROW - 10, 10)]


def test_rows_that_fit_are_not_covered(app: QApplication) -> None:
    made, _ = area(app, 5 * ROW)
    assert covered(made) == []


def test_the_row_with_the_focus_is_never_covered(app: QApplication) -> None:
    made, rows = area(app, 5 * ROW + 15)
    rows[5].setFocus()
    app.processEvents()
    made._cover()
    assert covered(made) == []
    made.show_row(rows[5])
    assert rows[5].mapTo(made.viewport(), QPoint(0, ROW)).y() <= made.viewport().height()
