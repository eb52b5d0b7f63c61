"""A choice of few, side by side: language, light or dark, where a photo comes from. Left and right move."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from sscard_desk.ui import icons
from sscard_desk.ui.fonts import MEDIUM, REGULAR, Role, font, text_width
from sscard_desk.ui.language import text
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.paint import box, words
from sscard_desk.ui.words import Words


class _Segment(QAbstractButton):
    def __init__(self, key: str, said: Words, icon: str) -> None:
        super().__init__()
        self.key, self._said, self._icon = key, said, icon
        self.setCheckable(True)
        self.setObjectName(f"segment_{key}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text(said))

    def sizeHint(self) -> QSize:
        inner = text_width(text(self._said), Role.BODY, MEDIUM)
        return QSize(round(inner + 24 + (26 if self._icon else 0)), 32)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(text(self._said))
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect = QPainter(self), tokens(), QRectF(self.rect())
        chosen = self.isChecked()
        ink = table.accent if chosen else table.ink2
        if not self.isEnabled():
            ink = table.disabled_ink
        if chosen:
            box(painter, rect, fill=table.surface, border=table.accent, width=1.5 if table.outlined else 1.0, radius=5)
        left = 11.0
        if self._icon:
            icons.paint(painter, QRectF(left, 7, 18, 18), self._icon, ink)
            left += 25
        words(painter, rect.adjusted(left, 0, 0, 0), text(self._said), self._weight(), ink)

    def _weight(self) -> QFont:
        return font(Role.BODY, MEDIUM if self.isChecked() else REGULAR)


class Segments(QWidget):
    """The row of segments; `chosen` tells the key of the new one when the user changes it."""

    chosen = Signal(str)

    def __init__(self, entries: tuple[tuple[str, Words, str], ...], *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(2)
        self._group = QButtonGroup(self)
        self._segments: dict[str, _Segment] = {}
        for key, said, icon in entries:
            segment = _Segment(key, said, icon)
            self._segments[key] = segment
            self._group.addButton(segment)
            row.addWidget(segment)
            segment.clicked.connect(lambda _=False, chosen=key: self.chosen.emit(chosen))

    def set_chosen(self, key: str) -> None:
        """Show which one holds, without telling anybody."""
        self._segments[key].setChecked(True)

    def clear_chosen(self) -> None:
        """Show that none holds, without telling anybody."""
        chosen = self._group.checkedButton()
        if chosen is not None:
            self._group.setExclusive(False)  # a group that is exclusive never lets the last one go
            chosen.setChecked(False)
            self._group.setExclusive(True)

    def set_available(self, key: str, *, available: bool) -> None:
        """Let a segment be chosen or not; the page says why not."""
        self._segments[key].setEnabled(available)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        keys = [key for key, segment in self._segments.items() if segment.isEnabled()]
        now = next((at for at, key in enumerate(keys) if self._segments[key].hasFocus()), 0)
        segment = self._segments[keys[(now + step) % len(keys)]]
        segment.setFocus(Qt.FocusReason.TabFocusReason)
        segment.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        box(painter, QRectF(self.rect()), fill=table.sunken, border=table.line, radius=measure.RADIUS)
