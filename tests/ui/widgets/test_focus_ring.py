from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from sscard_desk.ui import theme
from sscard_desk.ui.widgets.focus_ring import FocusRing


def window_with(app: QApplication, *widgets: QWidget) -> tuple[QWidget, FocusRing]:
    window = QWidget()
    window.resize(400, 300)
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    ring = FocusRing(window)
    window.show()
    window.activateWindow()
    app.processEvents()
    return window, ring


def test_the_ring_stands_two_pixels_away_and_follows(app: QApplication) -> None:
    one, two = QLineEdit(), QLineEdit()
    window, ring = window_with(app, one, two)
    one.setFocus()
    assert ring.isVisible()
    assert ring.geometry() == one.geometry().adjusted(-5, -5, 5, 5)
    two.setFocus()
    assert ring.geometry() == two.geometry().adjusted(-5, -5, 5, 5)
    window.resize(500, 300)
    app.processEvents()
    assert ring.geometry() == two.geometry().adjusted(-5, -5, 5, 5)


def test_the_ring_is_wider_in_high_contrast(app: QApplication) -> None:
    theme.apply(app, theme.Mode.HIGH_CONTRAST)
    one, other = QLineEdit(), QLineEdit()
    _, ring = window_with(app, one, other)
    other.setFocus()
    one.setFocus()
    assert ring.geometry() == one.geometry().adjusted(-6, -6, 6, 6)


def test_rows_of_lists_have_it_inside_and_none_where_it_is_not_wanted(app: QApplication) -> None:
    row, quiet = QLineEdit(), QLineEdit()
    row.setProperty("ring", "inside")
    quiet.setProperty("ring", "none")
    _, ring = window_with(app, row, quiet)
    row.setFocus()
    assert ring.geometry() == row.geometry()
    quiet.setFocus()
    assert not ring.isVisible()


def test_the_ring_goes_with_its_widget(app: QApplication) -> None:
    one, two = QLineEdit(), QLineEdit()
    _, ring = window_with(app, one, two)
    two.setFocus()
    two.hide()
    assert not ring.isVisible() or ring.target is not two


def test_the_ring_never_leaves_a_scrolled_area(app: QApplication) -> None:
    inner = QWidget()
    column = QVBoxLayout(inner)
    fields = [QLineEdit() for _ in range(20)]
    for field in fields:
        field.setFixedHeight(40)
        column.addWidget(field)
    area = QScrollArea()
    area.setWidget(inner)
    _, ring = window_with(app, area)
    fields[0].setFocus()
    area.verticalScrollBar().setValue(30)
    app.processEvents()
    assert not ring.mask().isEmpty()
    assert ring.mask().boundingRect().height() < ring.height()
