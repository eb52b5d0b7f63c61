"""One shot: the portrait as it will be, its verdict and size, and whether it is the chosen one."""

from enum import Enum

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


class Room(Enum):
    """How high a card is, in px."""

    HIGH = 124
    LOW = 60  # six fit without scrolling
    TINY = 56  # picture, number and mark


class ShotCard(QAbstractButton):
    """A button of the list of shots."""

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
        self.set_room(Room.HIGH)

    def set_room(self, room: Room) -> None:
        """Take as much room as there is for each."""
        self._room = room
        self.setFixedHeight(room.value)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(208, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect = QPainter(self), tokens(), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shot, chosen = self.shot, self.isChecked()
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
        if self._room is Room.TINY:
            left = picture.right() + 6
            words(painter, QRectF(left, 6, 20, 20), str(shot.number), font(Role.BODY, MEDIUM), table.ink)
            paint_mark(painter, QRectF(left, 30, 14, 14), shot.mark)
            return
        low = self._room is Room.LOW
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
