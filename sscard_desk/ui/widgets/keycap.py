"""A key's name in a small cap: in buttons, beside links, in hints."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from sscard_desk.ui.fonts import Role, font, text_width
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.paint import box, words

HEIGHT = 20
_PADDING = 7.0


def cap_width(key: str) -> float:
    """Return the width of a key's cap in logical px."""
    return text_width(key, Role.NOTE) + 2 * _PADDING


def paint_keycap(painter: QPainter, rect: QRectF, key: str, *, ink: str = "", border: str = "", fill: str = "") -> None:
    """Draw a cap; without colours it is the quiet one for light ground."""
    table = tokens()
    quiet = not border
    box(
        painter,
        rect,
        fill=fill or (table.sunken if quiet else ""),
        border=border or (table.line2 if table.outlined else table.line),
        radius=measure.RADIUS_KEYCAP,
    )
    words(painter, rect, key, font(Role.NOTE), ink or table.ink2, Qt.AlignmentFlag.AlignHCenter)


class Keycap(QWidget):
    """A key by itself, beside a word."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(key)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(round(cap_width(self._key)), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_keycap(painter, QRectF(self.rect()), self._key)
