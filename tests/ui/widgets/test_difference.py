from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from sscard_desk.ui.states import Decision, DifferenceState
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.difference import DifferenceHeader, DifferenceRow

OPEN = DifferenceState("address", "住址", "和平路18号", "建设街6号", same=False, new_note="新", old_note="旧")


KEPT: list[QWidget] = []  # windows that a test does not name stay until it is over


def button(row: DifferenceRow, name: str) -> Button:
    found = row.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def shown(app: QApplication, *widgets: QWidget) -> QWidget:
    window = QWidget()
    KEPT.append(window)
    window.resize(1000, 400)
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    window.show()
    app.processEvents()
    return window


def test_the_current_difference_has_the_one_filled_button(app: QApplication) -> None:
    first, second = DifferenceRow("address"), DifferenceRow("valid")
    first.show_state(OPEN, current=True)
    second.show_state(OPEN)
    window = shown(app, first, second)
    filled = [one for one in window.findChildren(Button) if one.kind is Kind.PRIMARY]
    assert filled == [button(first, "take_address")]


def test_both_buttons_tell_the_decision(app: QApplication) -> None:
    row = DifferenceRow("address")
    row.show_state(OPEN, current=True)
    shown(app, row)
    heard: list[tuple[str, str]] = []
    row.taken.connect(lambda field: heard.append(("taken", field)))
    row.kept.connect(lambda field: heard.append(("kept", field)))
    button(row, "take_address").click()
    button(row, "keep_address").click()
    assert heard == [("taken", "address"), ("kept", "address")]


def test_a_decided_row_shrinks_and_strikes_the_value_that_lost(app: QApplication) -> None:
    row = DifferenceRow("address")
    row.show_state(OPEN, current=True)
    shown(app, row)
    tall = row.height()
    row.show_state(DifferenceState("address", "住址", "和平路18号", "建设街6号", same=False, decision=Decision.TAKEN))
    app.processEvents()
    old = row.findChild(QLabel, "address_old")
    assert isinstance(old, QLabel)
    assert old.font().strikeOut()
    assert row.minimumHeight() < tall
    assert not button(row, "take_address").isVisible()


def test_header_and_rows_share_their_columns(app: QApplication) -> None:
    header, row = DifferenceHeader(("项目", "身份证", "参保登记", "核对结果")), DifferenceRow("address")
    row.show_state(OPEN, current=True)
    shown(app, header, row)
    titles = [label.x() for label in header.findChildren(QLabel)]
    new, old = (row.findChild(QLabel, name) for name in ("address_new", "address_old"))
    assert isinstance(new, QLabel)
    assert isinstance(old, QLabel)
    assert abs(new.x() - titles[1]) <= 3
    assert abs(old.x() - titles[2]) <= 6
