"""A framed area on a page: surface or quiet ground, 1 px line, radius 8, no shadow."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.paint import box


class Card(QWidget):
    """Holds its content in `self.column`. `ground` and `edge` are names of tokens."""

    def __init__(self, *, ground: str = "surface", edge: str = "line", margin: int = 16, name: str = "card") -> None:
        super().__init__()
        self.setObjectName(name)
        self._ground, self._edge, self._edge_width = ground, edge, 1.0
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(margin, margin, margin, margin)
        self.column.setSpacing(measure.GRID)

    def set_look(self, ground: str, edge: str, edge_width: float = 1.0) -> None:
        """Change ground and edge, for example to show which card is chosen."""
        self._ground, self._edge, self._edge_width = ground, edge, edge_width
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        box(
            painter,
            QRectF(self.rect()),
            fill=str(getattr(table, self._ground)),
            border=str(getattr(table, self._edge)),
            width=self._edge_width,
            radius=measure.RADIUS_CARD,
        )
