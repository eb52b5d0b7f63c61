"""The program's sign."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from sscard_desk.ui import icons
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.paint import box


class Emblem(QWidget):
    """The program's sign: a card on the accent."""

    def __init__(self, size: int = 32) -> None:
        super().__init__()
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect = QPainter(self), tokens(), QRectF(self.rect())
        box(painter, rect, fill=table.accent, radius=measure.RADIUS_CARD)
        inset = rect.width() / 6
        icons.paint(painter, rect.adjusted(inset, inset, -inset, -inset), "desk", table.on)
