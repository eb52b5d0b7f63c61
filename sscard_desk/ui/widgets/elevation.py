"""What floats (toast, menu, list, dialog): 0 8 24 shadow in light, lighter surface and line in dark, white line."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from sscard_desk.ui.theme import Mode, mode, tokens
from sscard_desk.ui.widgets.paint import box

SHADOW: Final = 24  # px around the floating box that its shadow needs
_FALL: Final = 8
_STEPS: Final = 12


def paint_elevated(painter: QPainter, rect: QRectF, radius: float, fill: str = "", edge: str = "") -> None:
    """Draw a floating box into a rectangle that is `SHADOW` larger on each side."""
    table = tokens()
    inner = rect.adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
    if mode() is Mode.LIGHT:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shade = QColor(table.shadow)
        for step in range(_STEPS, 0, -1):
            spread = (SHADOW - _FALL) * step / _STEPS
            shade.setAlphaF(0.18 / _STEPS * (1 - step / (_STEPS + 1)))
            painter.setBrush(shade)
            around = inner.adjusted(-spread, _FALL - spread, spread, _FALL + spread)
            painter.drawRoundedRect(around, radius + spread, radius + spread)
    ground = fill or (table.sunken if mode() is Mode.DARK else table.surface)
    box(painter, inner, fill=ground, border=edge or table.line2, radius=radius)
