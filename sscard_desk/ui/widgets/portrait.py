"""The applicant's picture in a frame."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from sscard_desk.ui.theme import tokens
from sscard_desk.ui.widgets.paint import box

_WIDTH, _HEIGHT = 80, 98


def decoded(picture: bytes) -> QPixmap:
    """Return a JPEG or PNG as a picture; an empty one for bytes that are neither."""
    made = QPixmap()
    if picture:
        made.loadFromData(picture)
    return made


class Portrait(QWidget):
    """The applicant's picture in a frame, 80 x 98; an empty frame where there is none yet."""

    def __init__(self, width: int = _WIDTH, height: int = _HEIGHT) -> None:
        super().__init__()
        self._picture, self._fitted = QPixmap(), QPixmap()
        self.setObjectName("portrait")
        self.setFixedSize(width, height)

    def show_picture(self, picture: bytes) -> None:
        """Show a JPEG or PNG; bytes that are neither leave the frame empty."""
        self.show_pixmap(decoded(picture))

    def show_pixmap(self, picture: QPixmap) -> None:
        """Show a picture that is decoded already."""
        self._picture, self._fitted = picture, QPixmap()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect = QPainter(self), tokens(), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box(painter, rect, fill=table.surface, border=table.line2 if table.outlined else table.line, radius=4)
        if not self._picture.isNull():
            inner = rect.adjusted(1, 1, -1, -1).toRect()
            ratio = self.devicePixelRatioF()
            wanted = inner.size() * ratio
            fitted = self._fitted
            if fitted.width() != wanted.width() and fitted.height() != wanted.height():
                fitted = self._fitted = self._picture.scaled(
                    wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
                )
            left = (fitted.width() - inner.width() * ratio) / 2
            source = QRectF(left, 0, inner.width() * ratio, inner.height() * ratio)
            painter.drawPixmap(QRectF(inner), fitted, source)
