"""Buttons that are touched, not clicked: at least 104 high for a choice, 72 for the action."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from sscard_desk.ui import icons
from sscard_desk.ui.applicant.state import BankButton
from sscard_desk.ui.fonts import MEDIUM, Role, font
from sscard_desk.ui.language import text
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.paint import box, words
from sscard_desk.ui.widgets.state_mark import paint_mark
from sscard_desk.ui.words import Words

CHOICE, ACTION, QUIET = 104, 72, 48


def large(size: int, *, medium: bool = False, scale: float = 1.0) -> QFont:
    """Return the typeface in a size of the second window (18, 20, 24, 40)."""
    made = font(Role.BODY, MEDIUM if medium else None)
    made.setPixelSize(round(size * scale))
    return made


def fitted(face: QFont, said: str, width: float) -> QFont:
    """Return the typeface, smaller where the words would be cut."""
    wide = QFontMetricsF(face).horizontalAdvance(said)
    if wide > width > 0:
        face.setPixelSize(max(1, int(face.pixelSize() * width / wide)))
    return face


class ChoiceButton(QAbstractButton):
    """One bank."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code, self._bank, self._scale = code, BankButton(code, "", ""), 1.0
        self.setObjectName(f"choice_{code}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring_radius", measure.RADIUS_DIALOG)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(CHOICE)

    def show_bank(self, bank: BankButton, scale: float) -> None:
        """Show a bank."""
        self._bank, self._scale = bank, scale
        self.setChecked(bank.chosen)
        self.setAccessibleName(f"{bank.name} {bank.note}".strip())
        self.setFixedHeight(round(CHOICE * scale))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, round(CHOICE * self._scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect = QPainter(self), tokens(), QRectF(self.rect())
        chosen = self._bank.chosen
        fill, edge = (table.accent_tint, table.accent) if chosen else (table.surface, table.line2)
        box(painter, rect, fill=fill, border=edge, width=3 if chosen else 1, radius=measure.RADIUS_DIALOG)
        ink = table.accent if chosen else table.ink
        width = rect.width() - 24 - 64
        top = rect.height() / 2 - 34 * self._scale
        name = fitted(large(24, medium=True, scale=self._scale), text(self._bank.name), width)
        words(painter, QRectF(24, top, width, 36 * self._scale), self._bank.name, name, ink)
        note = fitted(large(18, scale=self._scale), text(self._bank.note), width)
        words(painter, QRectF(24, top + 38 * self._scale, width, 28 * self._scale), self._bank.note, note, table.ink2)
        place = QRectF(rect.right() - 56, (rect.height() - 32) / 2, 32, 32)
        paint_mark(painter, place, Mark.OK if chosen else Mark.TODO, ink=table.accent if chosen else "")


class ActionButton(QAbstractButton):
    """The one action, or a quiet button of the top bar."""

    def __init__(self, *, name: str, icon: str = "", quiet: bool = False) -> None:
        super().__init__()
        self._said: Words = ""
        self._icon, self._quiet = icon, quiet
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_words(self, said: Words) -> None:
        """Say what it does."""
        self._said = said
        self.setAccessibleName(text(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = large(18 if self._quiet else 24, medium=True)
        metrics = self.fontMetrics().__class__(width)
        inner = metrics.horizontalAdvance(text(self._said)) + (40 if self._icon else 0) + 48
        return QSize(inner if self._quiet else max(400, inner), QUIET if self._quiet else ACTION)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect = QPainter(self), tokens(), QRectF(self.rect())
        if self._quiet:
            box(painter, rect, fill=table.surface, border=table.line2)
            ink = table.ink
        elif self.isEnabled():
            box(painter, rect, fill=table.accent)
            ink = table.on
        else:
            box(painter, rect, fill=table.disabled, border=table.line2 if table.outlined else "", dashed=table.outlined)
            ink = table.disabled_ink
        face = large(18 if self._quiet else 24, medium=True)
        painter.setFont(face)
        width = painter.fontMetrics().horizontalAdvance(text(self._said))
        size = 20 if self._quiet else 24
        left = (rect.width() - width - (size + 12 if self._icon else 0)) / 2
        if self._icon:
            icons.paint(painter, QRectF(left, (rect.height() - size) / 2, size, size), self._icon, ink)
            left += size + 12
        words(painter, QRectF(left, 0, width + 2, rect.height()), text(self._said), face, ink)
