"""The seven state shapes, drawn from own paths: they differ in grey too and stay sharp at every size."""

import math
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QPolygonF, QShowEvent
from PySide6.QtWidgets import QWidget

from sscard_desk.ui.motion import motion_wanted
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import tokens

INKS: Final = {
    Mark.OK: "ok", Mark.BUSY: "accent", Mark.WARN: "warn", Mark.ERR: "err",
    Mark.UNKNOWN: "warn", Mark.OFF: "ink2", Mark.TODO: "ink2",
}  # fmt: skip
TINTS: Final = {
    Mark.OK: "ok_t",
    Mark.BUSY: "accent_tint",
    Mark.WARN: "warn_t",
    Mark.ERR: "err_t",
    Mark.UNKNOWN: "warn_t",
}
_TURN_MS: Final = 80
_TURN_DEGREES: Final = 24


def colour(mark: Mark) -> str:
    """Return the colour of a state, for its shape and its word."""
    return str(getattr(tokens(), INKS[mark]))


def paint_mark(painter: QPainter, rect: QRectF, mark: Mark, *, ink: str = "", inner: str = "", turn: int = 90) -> None:
    """Draw a state's shape into a square.

    Args:
        painter: an open painter.
        rect: the square, any size.
        mark: the state.
        ink: another colour than the state's own, for marks on a filled ground.
        inner: the colour of the sign inside a filled shape; the page's surface unless told otherwise.
        turn: degrees where the open ring of "busy" begins.
    """
    ratio = painter.device().devicePixelRatio()
    drawn = _drawn(mark, rect.width(), ratio, ink or colour(mark), inner or tokens().surface, turn)
    painter.drawPixmap(rect.topLeft(), drawn)


@lru_cache(maxsize=512)
def _drawn(mark: Mark, side: float, ratio: float, ink: str, inner: str, turn: int) -> QPixmap:  # noqa: PLR0917 - a key
    """Return the shape as a picture: a page shows dozens of them, and few differ."""
    made = QPixmap(math.ceil(side * ratio), math.ceil(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side / 24, side / 24)
    if mark in {Mark.BUSY, Mark.OFF, Mark.TODO}:
        _ring(painter, mark, ink, turn)
    else:
        _filled(painter, mark, ink, inner)
    painter.end()
    return made


def _pen(colour_of_line: str, width: float) -> QPen:
    return QPen(
        QColor(colour_of_line), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    )


def _ring(painter: QPainter, mark: Mark, ink: str, turn: int) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    circle = QRectF(3, 3, 18, 18)
    if mark is Mark.BUSY:
        track = QColor(tokens().line)
        if tokens().outlined:
            track = QColor("#00000000")
        painter.setPen(QPen(track, 3.4))
        painter.drawEllipse(circle)
        painter.setPen(_pen(ink, 3.4))
        painter.drawArc(circle, turn * 16, -240 * 16)
        return
    painter.setPen(_pen(ink, 2.4))
    painter.drawEllipse(circle)
    if mark is Mark.OFF:
        painter.drawLine(QPointF(8, 12), QPointF(16, 12))


def _filled(painter: QPainter, mark: Mark, ink: str, inner: str) -> None:
    painter.setPen(_pen(ink, 2.0))
    painter.setBrush(QColor(ink))
    if mark is Mark.OK:
        painter.drawEllipse(QPointF(12, 12), 10, 10)
    else:
        painter.drawPolygon(_outline(mark))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(inner, 2.6))
    if mark is Mark.OK:
        painter.drawPolyline(QPolygonF([QPointF(7.4, 12.4), QPointF(10.6, 15.6), QPointF(16.6, 8.8)]))
    elif mark is Mark.ERR:
        painter.drawLine(QPointF(8.4, 8.4), QPointF(15.6, 15.6))
        painter.drawLine(QPointF(15.6, 8.4), QPointF(8.4, 15.6))
    elif mark is Mark.WARN:
        painter.drawLine(QPointF(12, 9.4), QPointF(12, 13.8))
        painter.drawPoint(QPointF(12, 17.8))
    else:
        hook = QPainterPath(QPointF(9.6, 9.4))
        hook.cubicTo(QPointF(9.8, 6.0), QPointF(14.8, 6.2), QPointF(14.5, 9.4))
        hook.cubicTo(QPointF(14.3, 11.2), QPointF(12, 11.2), QPointF(12, 13.4))
        painter.setPen(_pen(inner, 2.2))
        painter.drawPath(hook)
        painter.drawPoint(QPointF(12, 16.8))


def _outline(mark: Mark) -> QPolygonF:
    if mark is Mark.WARN:
        return QPolygonF([QPointF(12, 3), QPointF(22, 20.6), QPointF(2, 20.6)])
    if mark is Mark.UNKNOWN:
        return QPolygonF([QPointF(12, 1.8), QPointF(22.2, 12), QPointF(12, 22.2), QPointF(1.8, 12)])
    corners = [math.radians(22.5 + 45 * at) for at in range(8)]
    return QPolygonF([QPointF(12 + 10.4 * math.cos(at), 12 + 10.4 * math.sin(at)) for at in corners])


class StateMark(QWidget):
    """A state's shape; the open ring of "busy" turns unless the system asks for less motion."""

    def __init__(self, mark: Mark = Mark.TODO, size: int = 16) -> None:
        super().__init__()
        self._mark, self._turn = mark, 90
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._clock: QTimer | None = None

    @property
    def mark(self) -> Mark:
        """The state that is shown."""
        return self._mark

    def set_mark(self, mark: Mark) -> None:
        """Show another state."""
        if mark is not self._mark:
            self._mark = mark
            self._mind_clock()
            self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._mind_clock()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._mind_clock()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_mark(painter, QRectF(self.rect()), self._mark, turn=self._turn)

    def _mind_clock(self) -> None:
        turning = self._mark is Mark.BUSY and self.isVisible() and motion_wanted()
        if turning and self._clock is None:
            self._clock = QTimer(self)
            self._clock.timeout.connect(self._step)
            self._clock.start(_TURN_MS)
        elif not turning and self._clock is not None:
            self._clock.stop()
            self._clock.deleteLater()
            self._clock = None

    def _step(self) -> None:
        self._turn = (self._turn - _TURN_DEGREES) % 360
        self.update()
