"""Our own icons: one SVG each in `resources/icons`, 24 px box, stroke 1.5, coloured when they are drawn."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from sscard_desk.resources import resource


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))


def paint(painter: QPainter, rect: QRectF, name: str, colour: str) -> None:
    """Draw an icon into a rectangle.

    Raises:
        FileNotFoundError: there is no icon of this name.
    """
    _renderer(name, colour).render(painter, rect)


def icon(name: str, colour: str, size: int = 20) -> QIcon:
    """Return a Qt icon for widgets that want one (menus, trays), sharp at 100 % and 200 %."""
    made = QIcon()
    for ratio in (1, 2):
        picture = QPixmap(size * ratio, size * ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint(painter, QRectF(0, 0, size * ratio, size * ratio), name, colour)
        painter.end()
        picture.setDevicePixelRatio(ratio)
        made.addPixmap(picture)
    return made
