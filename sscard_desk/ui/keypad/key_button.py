"""A key of the keypad, and the dots that say how many digits were typed."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from sscard_desk.ui import icons
from sscard_desk.ui.applicant.big_button import large
from sscard_desk.ui.language import text
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.paint import box
from sscard_desk.ui.words import Words

KEY = (104, 84)
_DOT, _APART = 18, 22


class KeyButton(QAbstractButton):
    """One key: a digit, or an icon."""

    def __init__(self, *, name: str, icon: str = "") -> None:
        super().__init__()
        self._said: Words = ""
        self._icon = icon
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ring_radius", measure.RADIUS_DIALOG)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_words(self, said: Words, spoken: Words = "") -> None:
        """Say what stands on the key, and how a screen reader names it."""
        self._said = said
        self.setAccessibleName(text(spoken or said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(*KEY)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect = QPainter(self), tokens(), QRectF(self.rect())
        fill = table.accent_tint if self.isDown() else table.surface
        box(painter, rect, fill=fill, border=table.line2, radius=measure.RADIUS_DIALOG)
        if self._icon:
            side = 32
            place = QRectF((rect.width() - side) / 2, (rect.height() - side) / 2, side, side)
            icons.paint(painter, place, self._icon, table.ink)
            return
        painter.setFont(large(32, medium=True))
        painter.setPen(QColor(table.ink))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text(self._said))


class Dots(QWidget):
    """As many circles as the PIN has digits; those that were typed are full."""

    def __init__(self) -> None:
        super().__init__()
        self._count, self._need = 0, 0
        self.setObjectName("dots")
        self.setFixedHeight(_DOT + 22)

    def show_count(self, count: int, need: int, spoken: Words) -> None:
        """Say how many were typed."""
        self._count, self._need = count, need
        self.setAccessibleName(text(spoken))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(table.ink), 2))
        for at in range(self._need):
            painter.setBrush(QColor(table.ink if at < self._count else table.surface))
            painter.drawEllipse(QRectF(2 + at * (_DOT + _APART), 10, _DOT, _DOT))
