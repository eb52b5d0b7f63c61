"""Where a signature is written with mouse or pen, and where a kept one is shown."""

from itertools import pairwise

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sscard_desk.ui.fonts import Role, font
from sscard_desk.ui.language import text
from sscard_desk.ui.sign.strokes import Point, Strokes
from sscard_desk.ui.theme import tokens
from sscard_desk.ui.widgets.paint import box, words
from sscard_desk.ui.words import Words

_PEN = 2.4


def paint_strokes(painter: QPainter, place: QRectF, strokes: Strokes, colour: str, pen: float = _PEN) -> None:
    """Draw a signature into a rectangle, keeping its proportions."""
    height = min(place.height(), place.width() / strokes.ratio)
    width = height * strokes.ratio
    left, top = place.center().x() - width / 2, place.center().y() - height / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(QColor(colour), pen, Qt.PenStyle.SolidLine, cap, join))
    for line in strokes.lines:
        points = [QPointF(left + x * width, top + y * height) for x, y, _ in line]
        if not points:
            continue
        path = QPainterPath(points[0])
        for before, after in pairwise(points):
            path.quadTo(before, (before + after) / 2)
        path.lineTo(points[-1])
        painter.drawPath(path)


class StrokePad(QWidget):
    """The place of one signature.

    Signals:
        drawn: the strokes so far, after each lift of the pen.
        confirmed: Enter.
        cleared: Del.
    """

    drawn = Signal(object)
    confirmed = Signal()
    cleared = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 72)
        self._strokes, self._place, self._writable = Strokes(), "", False
        self._now: list[Point] = []
        self._clock = QElapsedTimer()

    def show_state(self, strokes: Strokes, place: Words, *, writable: bool) -> None:
        """Show a signature, or who signs here; only a writable pad takes the pen and the focus."""
        self._strokes, self._place, self._writable = strokes, text(place), writable
        self._now = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if writable else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.CrossCursor if writable else Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(self._place)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(316, 84)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._writable and event.key() == Qt.Key.Key_Delete:
            self.cleared.emit()
        elif self._writable and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._lift()

    def tabletEvent(self, event: QTabletEvent) -> None:
        match event.type():
            case QTabletEvent.Type.TabletPress:
                self._begin(event.position())
            case QTabletEvent.Type.TabletMove:
                self._go_on(event.position())
            case _:
                self._lift()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect = QPainter(self), tokens(), QRectF(self.rect())
        edge = table.accent if self._writable else table.line2 if table.outlined else table.line
        box(painter, rect, fill=table.surface, border=edge, width=2 if self._writable else 1)
        pen = QPen(QColor(table.line2 if table.outlined else table.line), 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        base = rect.height() * 0.76
        painter.drawLine(QPointF(20, base), QPointF(rect.width() - 20, base))
        lines = (*self._strokes.lines, tuple(self._now)) if self._now else self._strokes.lines
        if lines:
            ratio = rect.width() / rect.height() if self._now or self._writable else self._strokes.ratio
            paint_strokes(painter, rect, Strokes(lines, ratio), table.ink)
        elif self._place:
            above = rect.adjusted(8, 0, -8, -rect.height() * 0.15)
            words(painter, above, self._place, font(Role.BODY), table.ink2, Qt.AlignmentFlag.AlignHCenter)

    def ring_rect(self) -> QRectF:
        """Return the part that the focus ring goes around."""
        return QRectF(self.rect())

    def _begin(self, at: QPointF) -> None:
        if self._writable:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            if not self._clock.isValid():
                self._clock.start()
            self._now = [self._point(at)]
            self.update()

    def _go_on(self, at: QPointF) -> None:
        if self._now:
            self._now.append(self._point(at))
            self.update()

    def _lift(self) -> None:
        if self._now:
            lines = (*self._strokes.lines, tuple(self._now))
            self._now = []
            self.drawn.emit(Strokes(lines, self.width() / self.height()))

    def _point(self, at: QPointF) -> Point:
        x = min(1.0, max(0.0, at.x() / self.width()))
        y = min(1.0, max(0.0, at.y() / self.height()))
        return (x, y, int(self._clock.elapsed()))
