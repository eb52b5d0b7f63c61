"""The live picture with oval, eye line and crop, as the camera sees the applicant."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sscard_desk.ui.fonts import MEDIUM, Role, font
from sscard_desk.ui.language import text
from sscard_desk.ui.parts.sheet_view import image_of
from sscard_desk.ui.photo.state import Live
from sscard_desk.ui.theme import DARK, LIGHT, measure, tokens
from sscard_desk.ui.widgets.paint import box, words
from sscard_desk.ui.words import Words, say

_CORNER = 18.0
_VEIL = 0.42


class LivePicture(QWidget):
    """Fills its place with the middle of the picture, a low place with all of it; what is drawn over it is white."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("live_picture")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_low(low=False)
        self._live: Live | None = None
        self._image = QImage()
        self._words: Words = ""
        self._camera = ""

    def set_low(self, *, low: bool) -> None:
        """Leave room for what stands below it in a small window."""
        self._low = low
        self.setMinimumSize(*((160, 88) if low else (240, 180)))

    def show_live(self, live: Live | None, waiting: Words, camera: str = "") -> None:
        """Show the newest picture of a camera, or what is waited for."""
        self._words, self._camera = waiting, camera
        if live is not self._live:
            self._live = live
            self._image = image_of(live.preview) if live is not None else QImage()
        self.setAccessibleName(text(waiting))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, self.minimumHeight())  # it takes what the others leave

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect = QPainter(self), tokens(), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        outline = QPainterPath()
        outline.addRoundedRect(rect, measure.RADIUS_CARD, measure.RADIUS_CARD)
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(rect, QColor(table.sunken))
        if self._live is not None and not self._image.isNull():
            self._picture(painter, rect, self._live)
        painter.restore()
        if table.outlined or self._image.isNull():
            box(painter, rect, border=table.line2 if table.outlined else table.line, radius=measure.RADIUS_CARD)
        if self._image.isNull():
            centre = Qt.AlignmentFlag.AlignHCenter
            words(painter, rect, text(self._words), font(Role.LABEL), table.ink2, centre)

    def _picture(self, painter: QPainter, rect: QRectF, live: Live) -> None:
        both = (rect.width() / self._image.width(), rect.height() / self._image.height())
        factor = min(both) if self._low else max(both)  # a low place would cut the head off
        width, height = self._image.width() * factor, self._image.height() * factor
        left, top = (rect.width() - width) / 2, (rect.height() - height) / 2
        painter.drawImage(QRectF(left, top, width, height), self._image)
        overlay = live.overlay
        if overlay is None:
            self._name(painter)
            return
        scale = factor * self._image.width() / live.frame_width
        x, y, wide, high = (value * scale for value in overlay.crop)
        crop = QRectF(left + x, top + y, wide, high)
        self._veil(painter, rect, crop)
        fx, fy, fw, fh = (value * scale for value in overlay.face)
        self._oval(painter, QRectF(left + fx, top + fy, fw, fh))
        eyes = [QPointF(left + px * scale, top + py * scale) for px, py in (overlay.right_eye, overlay.left_eye)]
        self._eyes(painter, crop, eyes, live.roll)
        self._name(painter)
        self._tag(painter, QPointF(10, rect.height() - 34), text(say("photo_page.size")))

    @staticmethod
    def _veil(painter: QPainter, rect: QRectF, crop: QRectF) -> None:
        around, hole = QPainterPath(), QPainterPath()
        around.addRect(rect)
        hole.addRect(crop)
        veil = QColor(LIGHT.ink)
        veil.setAlphaF(_VEIL)
        painter.fillPath(around.subtracted(hole), veil)
        white = QColor(LIGHT.on)
        painter.setPen(QPen(white, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(crop)
        painter.setPen(QPen(white, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        for x, dx in ((crop.left(), _CORNER), (crop.right(), -_CORNER)):
            for y, dy in ((crop.top(), _CORNER), (crop.bottom(), -_CORNER)):
                painter.drawLine(QPointF(x, y), QPointF(x + dx, y))
                painter.drawLine(QPointF(x, y), QPointF(x, y + dy))

    @staticmethod
    def _oval(painter: QPainter, face: QRectF) -> None:
        pen = QPen(QColor(LIGHT.on), 1.5)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawEllipse(face)

    def _eyes(self, painter: QPainter, crop: QRectF, eyes: list[QPointF], roll: float | None) -> None:
        middle = (eyes[0].y() + eyes[1].y()) / 2
        pen = QPen(QColor(LIGHT.on), 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawLine(QPointF(crop.left(), middle), QPointF(crop.right(), middle))
        yellow = QColor(LIGHT.mark)
        way = eyes[1] - eyes[0]
        painter.setPen(QPen(yellow, 1.5))
        painter.drawLine(eyes[0] - way * 0.6, eyes[1] + way * 0.6)
        painter.setBrush(yellow)
        for eye in eyes:
            painter.drawEllipse(eye, 3, 3)
        if roll is not None:
            said = text(say("photo_page.tilt", degrees=f"{abs(roll):.1f}"))
            self._tag(painter, QPointF(crop.right() + 8, middle - 12), said, DARK.warn)

    def _name(self, painter: QPainter) -> None:
        said = " · ".join(part for part in (text(say("photo_page.live")), self._camera) if part)
        room = round(self.width() - 40)
        elided = QFontMetricsF(font(Role.LABEL, MEDIUM)).elidedText(said, Qt.TextElideMode.ElideRight, room)
        self._tag(painter, QPointF(10, 10), elided)

    def _tag(self, painter: QPainter, at: QPointF, said: str, ink: str = LIGHT.on) -> None:
        face = font(Role.LABEL, MEDIUM)
        painter.setFont(face)
        width = painter.fontMetrics().horizontalAdvance(said) + 16
        place = QRectF(min(at.x(), self.width() - width - 8), at.y(), width, 24)
        box(painter, place, fill=LIGHT.ink, radius=measure.RADIUS_KEYCAP)
        words(painter, place, said, face, ink, Qt.AlignmentFlag.AlignHCenter)
