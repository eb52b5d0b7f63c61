"""The list below a choice or the search box. It never takes the focus: the editor keeps it and sends the arrows."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from sscard_desk.ui.fonts import MEDIUM, Role, font
from sscard_desk.ui.language import text
from sscard_desk.ui.states import Option
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.elevation import SHADOW, paint_elevated
from sscard_desk.ui.widgets.paint import box, words

_ROW, _MOST, _PAD = 40, 8, 4


class OptionList(QWidget):
    """A child of the window, drawn above the page, with a shadow."""

    chosen = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("option_list")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self._options: tuple[Option, ...] = ()
        self._at, self._first = 0, 0
        self.hide()

    def offer(self, options: Sequence[Option], code: str = "") -> None:
        """Show these options, beginning at the one that holds."""
        self._options = tuple(options)
        self._at = next((at for at, one in enumerate(options) if one.code == code), 0)
        self._first = max(0, self._at - _MOST + 1)
        self.update()

    def place(self, below: QPoint, width: int, over: int) -> None:
        """Take the place below a point, or above the editor where the window ends (`over`: editor height + gap)."""
        height = max(1, min(_MOST, len(self._options))) * _ROW + 2 * _PAD
        top = below.y()
        if top + height > self.window().height() - 8:
            top = below.y() - over - height
        self.setGeometry(below.x() - SHADOW, top - SHADOW, width + 2 * SHADOW, height + 2 * SHADOW)

    def move_by(self, step: int) -> None:
        """Go up or down, round the ends."""
        if self._options:
            self._at = (self._at + step) % len(self._options)
            self._first = min(max(self._first, self._at - _MOST + 1), self._at)
            self.update()

    def current(self) -> Option | None:
        """Return the option that Enter takes."""
        return self._options[self._at] if self._options else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._row_at(event.position().y())
        if at is not None and at != self._at:
            self._at = at
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._row_at(event.position().y())
        if at is not None:
            self.chosen.emit(self._options[at].code)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        paint_elevated(painter, QRectF(self.rect()), measure.RADIUS_CARD)
        inner = QRectF(self.rect()).adjusted(SHADOW + _PAD, SHADOW + _PAD, -SHADOW - _PAD, -SHADOW - _PAD)
        for row, option in enumerate(self._options[self._first : self._first + _MOST]):
            place = QRectF(inner.left(), inner.top() + row * _ROW, inner.width(), _ROW)
            here = self._first + row == self._at
            if here:
                box(painter, place, fill=table.accent_tint, border=table.accent if table.outlined else "")
            ink = table.accent if here else table.ink
            words(painter, place.adjusted(12, 0, 0, 0), option.code, font(Role.LABEL), table.ink2)
            indent = 12 + max(40, 9 * len(option.code)) if option.code else 12
            words(
                painter,
                place.adjusted(indent, 0, 0, 0),
                text(option.label),
                font(Role.BODY, MEDIUM if here else None),
                ink,
            )
            right = Qt.AlignmentFlag.AlignRight
            words(painter, place.adjusted(0, 0, -12, 0), text(option.note), font(Role.LABEL), table.ink2, right)

    def _row_at(self, y: float) -> int | None:
        at = self._first + int((y - SHADOW - _PAD) // _ROW)
        return at if self._first <= at < min(len(self._options), self._first + _MOST) else None
