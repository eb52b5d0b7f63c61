"""Rounded boxes and text, as every own widget draws them."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from sscard_desk.ui.theme import measure, tokens


def box(
    painter: QPainter,
    rect: QRectF,
    *,
    fill: str = "",
    border: str = "",
    width: float = 1.0,
    radius: float = 6.0,
    dashed: bool = False,
) -> None:
    """Draw a rounded box whose border lies wholly inside the rectangle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    if not border:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
        return
    pen = QPen(QColor(border), width)
    if dashed:
        pen.setDashPattern([4, 3])
    painter.setPen(pen)
    inset = width / 2
    painter.drawRoundedRect(
        rect.adjusted(inset, inset, -inset, -inset), max(0.0, radius - inset), max(0.0, radius - inset)
    )


def words(  # noqa: PLR0917 - a drawing call, in the order of Qt's own
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    colour: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Draw one line of text, centred in height."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), text)


def left_half(painter: QPainter, rect: QRectF) -> None:
    """Draw the sunken left half of a card that has two: round on its outer side, with a line towards the other."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path, radius = QPainterPath(), measure.RADIUS_DIALOG
    path.addRoundedRect(rect.adjusted(0, 0, radius, 0), radius, radius)
    painter.setClipRect(rect)
    painter.fillPath(path, QColor(tokens().sunken))
    painter.fillRect(QRectF(rect.right() - 1, 0, 1, rect.height()), QColor(tokens().line))


def rule(painter: QPainter, left: float, right: float, y: float, *, strong: bool = False) -> None:
    """Draw a horizontal separator of 1 px whose upper edge is `y`."""
    colour = tokens().line2 if strong else tokens().line
    painter.fillRect(QRectF(QPointF(left, y), QPointF(right, y + 1)), QColor(colour))
