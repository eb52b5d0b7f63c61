"""One shot: the portrait as it will be, its verdict and size, and whether it is the chosen one."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from sscard_desk.ui import icons
from sscard_desk.ui.fonts import MEDIUM, Role, font
from sscard_desk.ui.language import text
from sscard_desk.ui.photo.state import Shot
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.keycap import HEIGHT, cap_width, paint_keycap
from sscard_desk.ui.widgets.paint import box, words
from sscard_desk.ui.widgets.state_mark import colour, paint_mark
from sscard_desk.ui.words import say

_RATIO = 358 / 441
_HIGH, _LOW = 124, 60  # low: six fit without scrolling


class ShotCard(QAbstractButton):
    """A button of the list of shots; 124 high, or 66 where there are more than three."""

    def __init__(self, shot: Shot) -> None:
        super().__init__()
        self.shot = shot
        self._picture = QPixmap()
        self._picture.loadFromData(shot.portrait.jpeg)
        self.setObjectName(f"shot_{shot.number}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring_radius", measure.RADIUS_CARD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_low(low=False)

    def set_low(self, *, low: bool) -> None:
        """Make room for more shots, or not."""
        self.setFixedHeight(_LOW if low else _HIGH)

    def sizeHint(self) -> QSize:
        return QSize(208, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect = QPainter(self), tokens(), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shot, chosen, low = self.shot, self.isChecked(), self.height() < _HIGH
        self.setAccessibleName(f"{text(say('photo_page.shot', number=shot.number))} {text(shot.words)}")
        fill = table.accent_tint if chosen else table.surface
        edge = table.accent if chosen else table.line2 if table.outlined else table.line
        box(painter, rect, fill=fill, border=edge, width=2 if chosen else 1, radius=measure.RADIUS_CARD)
        high = rect.height() - 16
        picture = QRectF(8, 8, high * _RATIO, high)
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(
            picture,
            self._picture.scaled(
                (picture.size() * ratio).toSize(),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            ),
            QRectF(0, 0, picture.width() * ratio, picture.height() * ratio),
        )
        left, width = picture.right() + 10, rect.width() - picture.right() - 18
        top = 6 if low else 8
        number = text(say("photo_page.shot", number=shot.number))
        words(painter, QRectF(left, top, width, 22), number, font(Role.BODY, MEDIUM), table.ink)
        paint_mark(painter, QRectF(left, top + 27, 14, 14), shot.mark)
        verdict = QRectF(left + 20, top + 24, width - 20, 20)
        words(painter, verdict, text(shot.words), font(Role.LABEL, MEDIUM), colour(shot.mark))
        if low:
            return
        size = f"{len(shot.portrait.jpeg) / 1000:.0f} KB"
        words(painter, QRectF(left, top + 46, width, 18), size, font(Role.NOTE), table.ink2)
        foot = rect.bottom() - 8 - HEIGHT
        if chosen:
            icons.paint(painter, QRectF(left, foot + 2, 16, 16), "check_circle", table.accent)
            said = text(say("photo_page.chosen"))
            words(painter, QRectF(left + 20, foot, width, HEIGHT), said, font(Role.LABEL, MEDIUM), table.accent)
        else:
            cap = str(shot.number)
            paint_keycap(painter, QRectF(left, foot, cap_width(cap), HEIGHT), cap)
