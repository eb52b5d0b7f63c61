"""An icon by itself."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from sscard_desk.ui import icons
from sscard_desk.ui.theme import tokens


class Picture(QWidget):
    """An icon by itself, for headings of empty pages."""

    def __init__(self, icon: str, size: int = 40, ink: str = "ink3") -> None:
        super().__init__()
        self._icon, self._ink = icon, ink
        self.setFixedSize(size, size)

    def show_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.paint(QPainter(self), QRectF(self.rect()), self._icon, str(getattr(tokens(), self._ink)))
