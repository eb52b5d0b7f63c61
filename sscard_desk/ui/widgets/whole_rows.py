"""A scrolling area that never ends in half a row: what would be cut in two is left for the next turn of the wheel."""

from typing import Final

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.section import Section

_ROW: Final = 112  # px; what is higher is no row: a picture or a card may be cut


class _Blank(QWidget):
    """Paper over the row that is not whole; the wheel goes through it to the area."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRectF(self.rect()), tokens().surface)


class WholeRows(QScrollArea):
    """Scrolls down a page, widget resizable, without a frame."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._blanks = (_Blank(self), _Blank(self))
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._settle)
        for blank in self._blanks:
            blank.hide()
        self.verticalScrollBar().valueChanged.connect(self._cover)
        self.verticalScrollBar().rangeChanged.connect(self._soon)

    def show_row(self, widget: QWidget) -> None:
        """Scroll so far that the row of a widget is seen, with what is said below it."""
        row, inner = widget, self.widget()
        while (above := row.parentWidget()) is not None and above is not inner and above.height() <= _ROW:
            row = above
        self.ensureWidgetVisible(row, 0, measure.MARGIN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon()

    def _soon(self) -> None:
        """With the next turn of the event loop: the rows have their places then."""
        self._clock.start(0)

    def _settle(self) -> None:
        """Rows came, went or grew: the one with the focus stays whole (an error may stand below it by now)."""
        inner, view, focus = self.widget(), self.viewport(), QApplication.focusWidget()
        if inner is None or focus is None or not inner.isAncestorOf(focus):
            self._cover()
            return
        for row in _cut(inner, inner, view.height() - inner.y()):
            if row.isAncestorOf(focus):
                self.ensureWidgetVisible(row, 0, measure.GRID)
        self._cover()

    def _cover(self) -> None:
        inner, view = self.widget(), self.viewport()
        if inner is None:
            return
        top, bottom = -inner.y(), -inner.y() + view.height()
        end = max((_top(inner, row) + row.height() for row in _cut(inner, inner, top)), default=top)
        begin = min((_top(inner, row) for row in _cut(inner, inner, bottom)), default=bottom)
        for title in inner.findChildren(Section):  # a title with nothing below it says nothing
            if title.isVisible() and 0 <= begin - _top(inner, title) - title.height() <= measure.GRID:
                begin = _top(inner, title)
        if begin <= end or self._holds_focus(begin, bottom) or self._holds_focus(top, end):
            end, begin = top, bottom  # a window this low shows what it can
        for blank, at, height in zip(self._blanks, (0, begin - top), (end - top, bottom - begin), strict=True):
            blank.setGeometry(view.x(), view.y() + at, view.width(), height)
            blank.setVisible(height > 0)
            blank.raise_()

    def _holds_focus(self, begin: int, end: int) -> bool:
        inner, focus = self.widget(), QApplication.focusWidget()
        if inner is None or focus is None or not inner.isAncestorOf(focus):
            return False
        at = _top(inner, focus)
        return at < end and at + focus.height() > begin


def _top(inner: QWidget, row: QWidget) -> int:
    return row.mapTo(inner, QPoint(0, 0)).y()


def _cut(inner: QWidget, parent: QWidget, edge: int) -> list[QWidget]:
    """Return the rows that a line through the contents cuts in two; a plain widget only holds rows together."""
    cut: list[QWidget] = []
    for child in parent.children():
        if not isinstance(child, QWidget) or child.isHidden() or child.isWindow():
            continue
        at = _top(inner, child)
        if not at < edge < at + child.height():
            continue
        if child.height() <= _ROW and type(child) is not QWidget:
            cut.append(child)
        else:
            cut.extend(_cut(inner, child, edge))
    return cut
