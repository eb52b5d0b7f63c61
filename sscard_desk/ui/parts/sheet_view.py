"""A page of paper on the screen, with the pixels of the document that is printed."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sscard_desk.domain.portrait import Preview
from sscard_desk.ui.theme import tokens
from sscard_desk.ui.widgets.paint import box

A4_RATIO = 210 / 297


def image_of(preview: Preview) -> QImage:
    """Return a preview as an image with bytes of its own."""
    row = preview.width * 3
    return QImage(preview.rgb, preview.width, preview.height, row, QImage.Format.Format_RGB888).copy()


class SheetView(QWidget):
    """Fits one page into its place, sharp at every scale; without a page it shows an empty sheet."""

    def __init__(self, *, name: str, width: int = 0) -> None:
        super().__init__()
        self.setObjectName(name)
        self._preview: Preview | None = None
        self._image = QImage()
        self._fitted = QImage()
        if width:
            self.setFixedWidth(width)
            self.setFixedHeight(round(width / A4_RATIO))
        else:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            self.setMinimumHeight(180)

    def show_page(self, preview: Preview | None) -> None:
        """Show a page, or the empty sheet."""
        if preview is not self._preview:
            self._preview = preview
            self._image = image_of(preview) if preview is not None else QImage()
            self._fitted = QImage()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(140, round(140 / A4_RATIO))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        ratio = A4_RATIO if self._image.isNull() else self._image.width() / self._image.height()
        height = min(float(self.height()), self.width() / ratio)
        place = QRectF((self.width() - height * ratio) / 2, 0, height * ratio, height)
        if self._image.isNull():
            box(painter, place, fill=table.surface, border=table.line, radius=2)
            return
        painter.fillRect(place, QColor("#FFFFFF"))  # paper is white in every mode: it looks as it will be printed
        wanted = (place.size() * self.devicePixelRatioF()).toSize()
        if self._fitted.size() != wanted:
            self._fitted = self._image.scaled(
                wanted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        painter.drawImage(place, self._fitted)
        box(painter, place, border=table.line2, radius=1)
