"""The areas of the desk, at the left. Ctrl+PgUp and Ctrl+PgDn walk them."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from sscard_desk.ui import icons
from sscard_desk.ui.fonts import SEMIBOLD, Role, font
from sscard_desk.ui.language import text
from sscard_desk.ui.states import RailEntry
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.ending import end_widget
from sscard_desk.ui.widgets.paint import box, words

_CENTRE = Qt.AlignmentFlag.AlignHCenter


_HEIGHT: Final = 60
_ICON: Final = 24.0
_WORD: Final = 20.0
_BAR: Final = 36.0


def places(height: float) -> tuple[float, float]:
    """Return the upper edges of icon and word in an area of this height; a low window leaves less than `_HEIGHT`."""
    spare = max(0.0, min(height, _HEIGHT) - _ICON - _WORD)
    return spare * 3 / 8, spare * 3 / 8 + _ICON + spare / 4


class RailButton(QAbstractButton):
    """One area: icon, word, and how many things wait there."""

    def __init__(self, entry: RailEntry) -> None:
        super().__init__()
        self._entry = entry
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setObjectName(f"area_{entry.key}")
        self.setProperty("ring", "inside")
        self.setProperty("ring_radius", measure.RADIUS_CARD)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._say()

    @property
    def entry(self) -> RailEntry:
        """What is shown."""
        return self._entry

    def show_entry(self, entry: RailEntry) -> None:
        """Show another count."""
        self._entry = entry
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(72, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, int(_ICON + _WORD))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect = QPainter(self), tokens(), QRectF(self.rect())
        chosen, narrow = self.isChecked(), self.width() < 64
        if chosen:
            box(painter, rect, fill=table.accent_tint, radius=measure.RADIUS_CARD)
        elif self.underMouse():
            box(painter, rect, fill=table.surface, radius=measure.RADIUS_CARD)
        ink = table.accent if chosen else table.ink2
        icon, word = places(rect.height())
        icons.paint(painter, QRectF(rect.center().x() - _ICON / 2, icon, _ICON, _ICON), self._entry.icon, ink)
        face = font(Role.NOTE if narrow else Role.LABEL, SEMIBOLD if chosen else None)
        words(painter, QRectF(0, word, rect.width(), _WORD), text(self._entry.name), face, ink, _CENTRE)
        if self._entry.count:
            count = str(self._entry.count) if self._entry.count < 100 else "99+"
            width = 20.0 if len(count) == 1 else 12.0 + 8 * len(count)
            place = QRectF(min(rect.center().x() + 6, rect.width() - width), max(0.0, icon - 4), width, 18)
            box(painter, place, fill=table.accent, radius=9)
            words(painter, place, count, font(Role.NOTE, SEMIBOLD), table.on, _CENTRE)

    def _say(self) -> None:
        count = f" {self._entry.count}" if self._entry.count else ""
        self.setAccessibleName(text(self._entry.name) + count)
        self.update()


class Rail(QWidget):
    """All areas; `chosen` tells which one the user wants."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 10, 8, 8)
        self._column.setSpacing(4)
        self._column.addStretch(1)
        self._buttons: dict[str, RailButton] = {}
        self.set_narrow(narrow=False)

    def show_entries(self, entries: tuple[RailEntry, ...], current: str) -> None:
        """Show the areas that this account may enter, and where it is."""
        if tuple(self._buttons) != tuple(entry.key for entry in entries):
            self._build(entries)
        for entry in entries:
            self._buttons[entry.key].show_entry(entry)
            self._buttons[entry.key].setChecked(entry.key == current)
        self.update()

    def step(self, by: int) -> None:
        """Go to the next area up or down."""
        keys = list(self._buttons)
        now = next((at for at, key in enumerate(keys) if self._buttons[key].isChecked()), 0)
        if 0 <= now + by < len(keys):
            self.chosen.emit(keys[now + by])

    def set_narrow(self, *, narrow: bool) -> None:
        """Fold to 56 px with 12 px words, or unfold to 88."""
        self.setFixedWidth(measure.RAIL_NARROW if narrow else measure.RAIL)
        side = 2 if narrow else 8
        self._column.setContentsMargins(side, 10, side, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        painter.fillRect(self.rect(), QColor(table.bg))
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), QColor(table.line))
        for button in self._buttons.values():
            if button.isChecked():
                bar = QRectF(0, button.y() + (button.height() - _BAR) / 2, 4, _BAR)
                painter.fillRect(bar, QColor(table.accent))

    def _build(self, entries: tuple[RailEntry, ...]) -> None:
        for button in self._buttons.values():
            end_widget(button)
        self._buttons = {entry.key: RailButton(entry) for entry in entries}
        for at, (key, button) in enumerate(self._buttons.items()):
            self._column.insertWidget(at, button)
            button.clicked.connect(lambda _=False, chosen=key: self.chosen.emit(chosen))
