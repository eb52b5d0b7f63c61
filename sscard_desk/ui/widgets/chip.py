"""A pill with a mark and a word."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sscard_desk.ui.fonts import MEDIUM, Role, font, text_width
from sscard_desk.ui.language import text
from sscard_desk.ui.states import ChipState, Mark
from sscard_desk.ui.theme import tokens
from sscard_desk.ui.widgets.paint import box, words
from sscard_desk.ui.widgets.state_mark import INKS, TINTS, paint_mark
from sscard_desk.ui.words import Words

_HEIGHT, _PADDING, _MARK = 24, 8.0, 14.0


class Chip(QWidget):
    """One short fact; height 24, half of it as radius."""

    def __init__(self, state: ChipState) -> None:
        super().__init__()
        self._state = state
        self.setObjectName(state.name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._say()

    def show_state(self, state: ChipState) -> None:
        """Show another fact; the same one costs nothing."""
        if state != self._state:
            self._state = state
            self._say()

    def sizeHint(self) -> QSize:
        inner = text_width(text(self._state.words), Role.LABEL, MEDIUM)
        return QSize(round(inner + 2 * _PADDING + (_MARK + 6 if self._shown_mark() else 0) + 0.5), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, mark = QPainter(self), tokens(), self._state.mark
        ink, tint = (table.accent, table.accent_tint) if self._state.accent else (table.ink2, table.bg)
        if mark is not None:
            ink = str(getattr(table, INKS[mark]))
            tint = str(getattr(table, TINTS.get(mark, "bg")))
        rect = QRectF(self.rect())
        box(painter, rect, fill=tint, border=ink if table.outlined else "", radius=_HEIGHT / 2)
        left = _PADDING
        if mark is not None and self._shown_mark():
            paint_mark(painter, QRectF(left, (_HEIGHT - _MARK) / 2, _MARK, _MARK), mark, inner=tint)
            left += _MARK + 6
        words(painter, rect.adjusted(left, 0, 0, 0), text(self._state.words), self._font(), ink)

    def _shown_mark(self) -> bool:
        return self._state.mark is not None and not self._state.accent

    def _say(self) -> None:
        self.setAccessibleName(text(self._state.words))
        self.updateGeometry()
        self.update()

    @staticmethod
    def _font() -> QFont:
        return font(Role.LABEL, MEDIUM)


def changed_chip(words_of_change: Words) -> Chip:
    """Return the chip that stands in a changed field: the colour of "look here", without a mark."""
    return Chip(ChipState(words_of_change, Mark.WARN, accent=True, name="changed"))
