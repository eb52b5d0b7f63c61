"""A part of the scanned card, as large as its place allows, and sharp."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sscard_desk.ui.fonts import Role, font
from sscard_desk.ui.language import text
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.paint import box
from sscard_desk.ui.words import Words

MOST_ENLARGED = 4.0
"""More shows pixels, not characters."""


class CutOutView(QWidget):
    """Shows one picture whole; without one it says why."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 72)
        self._image = QImage()
        self._source: object = None
        self._fitted = QImage()
        self._words: Words = ""

    def show_jpeg(self, jpeg: bytes, instead: Words) -> None:
        """Show a JPEG; a few milliseconds for a part of a card."""
        if jpeg is not self._source:
            self._source = jpeg
            self._take(QImage.fromData(jpeg) if jpeg else QImage())
        self._say(instead)

    def show_image(self, image: QImage, source: object, instead: Words) -> None:
        """Show an image; the same source is not taken again."""
        if source is not self._source:
            self._source = source
            self._take(image)
        self._say(instead)

    def sizeHint(self) -> QSize:
        return QSize(320, 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect = QPainter(self), tokens(), QRectF(self.rect())
        box(painter, rect, fill=table.sunken, border=table.line, radius=measure.RADIUS_CARD)
        if self._image.isNull():
            inside = rect.adjusted(12, 8, -12, -8)
            painter.setFont(font(Role.LABEL))
            painter.setPen(QColor(table.ink2))
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text(self._words))
            return
        room = rect.adjusted(8, 8, -8, -8)
        factor = min(room.width() / self._image.width(), room.height() / self._image.height(), MOST_ENLARGED)
        width, height = self._image.width() * factor, self._image.height() * factor
        place = QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)
        wanted = (place.size() * self.devicePixelRatioF()).toSize()
        if self._fitted.size() != wanted:
            self._fitted = self._image.scaled(
                wanted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        painter.drawImage(place, self._fitted)

    def _take(self, image: QImage) -> None:
        self._image, self._fitted = image, QImage()
        self.update()

    def _say(self, instead: Words) -> None:
        self._words = instead
        self.setAccessibleName(text(instead))
        self.update()
