"""What floats (toast, menu, list, dialog): 0 8 24 shadow in light, lighter surface and line in dark, white line."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

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
        _paint_shadow(painter, inner, radius)
    ground = fill or (table.sunken if mode() is Mode.DARK else table.surface)
    box(painter, inner, fill=ground, border=edge or table.line2, radius=radius)


def _paint_shadow(painter: QPainter, inner: QRectF, radius: float) -> None:
    """Lay the shadow from a small picture of it: corners as they are, edges and middle stretched."""
    wide, high = _corner(radius)
    around = inner.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW)
    if around.width() < 2 * wide or around.height() < 2 * high:
        _draw_shadow(painter, inner, radius)
        return
    ratio = painter.device().devicePixelRatioF()
    picture = _shadow(radius, ratio, tokens().shadow)
    across = ((0.0, wide), (wide, 1.0), (wide + 1, wide))
    down = ((0.0, high), (high, 1.0), (high + 1, high))
    left = (around.left(), around.left() + wide, around.right() - wide, around.right())
    top = (around.top(), around.top() + high, around.bottom() - high, around.bottom())
    for column, (x, width) in enumerate(across):
        for row, (y, height) in enumerate(down):
            target = QRectF(left[column], top[row], left[column + 1] - left[column], top[row + 1] - top[row])
            painter.drawPixmap(target, picture, QRectF(x * ratio, y * ratio, width * ratio, height * ratio))


def _corner(radius: float) -> tuple[float, float]:
    """Return how far a corner of the shadow reaches into its rectangle, px."""
    return SHADOW + radius, SHADOW + _FALL + radius


@lru_cache(maxsize=8)
def _shadow(radius: float, ratio: float, colour: str) -> QPixmap:
    """Return the shadow of the smallest box that has all of it: drawing it takes longer than a frame."""
    del colour  # it is the theme's; here so that another theme's shadow is another picture
    wide, high = _corner(radius)
    size = QSizeF(2 * wide + 1, 2 * high + 1)
    picture = QPixmap((size * ratio).toSize())
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _draw_shadow(painter, QRectF(SHADOW, SHADOW, size.width() - 2 * SHADOW, size.height() - 2 * SHADOW), radius)
    painter.end()
    return picture


def _draw_shadow(painter: QPainter, inner: QRectF, radius: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    shade = QColor(tokens().shadow)
    for step in range(_STEPS, 0, -1):
        spread = (SHADOW - _FALL) * step / _STEPS
        shade.setAlphaF(0.18 / _STEPS * (1 - step / (_STEPS + 1)))
        painter.setBrush(shade)
        around = inner.adjusted(-spread, _FALL - spread, spread, _FALL + spread)
        painter.drawRoundedRect(around, radius + spread, radius + spread)
