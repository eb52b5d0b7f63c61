"""The button: primary (one on a page), secondary, quiet, danger; its key stands in it as a cap."""

from enum import Enum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from sscard_desk.ui import icons
from sscard_desk.ui.fonts import MEDIUM, Role, font, text_width
from sscard_desk.ui.language import text
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.keycap import HEIGHT, cap_width, paint_keycap
from sscard_desk.ui.widgets.paint import box, words
from sscard_desk.ui.widgets.state_mark import paint_mark
from sscard_desk.ui.words import Words

_PADDING, _GAP, _ICON = 12.0, 10.0, 20.0


class Kind(Enum):
    """What a button is for; there is one primary on a page."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"  # text only
    LINK = "link"  # quiet in the accent
    DANGER = "danger"  # outlined, never filled


class Button(QAbstractButton):
    """A verb and a thing, with its key. `name` is the objectName."""

    def __init__(
        self,
        said: Words,
        kind: Kind = Kind.SECONDARY,
        *,
        name: str,
        key: str = "",
        icon: str = "",
        mark: Mark | None = None,
        height: int = measure.CONTROL,
        small: bool = False,
    ) -> None:
        super().__init__()
        self._said, self._kind, self._key, self._icon, self._mark = said, kind, key, icon, mark
        self._role = Role.LABEL if small else Role.BODY
        self._height = height
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._say()

    @property
    def kind(self) -> Kind:
        """What the button is for."""
        return self._kind

    def set_words(self, said: Words) -> None:
        """Say something else."""
        if said != self._said:
            self._said = said
            self._say()

    def set_kind(self, kind: Kind) -> None:
        """Fill or empty the button, as the page's path goes on."""
        if kind is not self._kind:
            self._kind = kind
            self.update()

    def set_key(self, key: str) -> None:
        """Show another key, or none."""
        if key != self._key:
            self._key = key
            self._say()

    def set_mark(self, mark: Mark | None) -> None:
        """Show a state in the icon's place."""
        if mark != self._mark:
            self._mark = mark
            self._say()

    def sizeHint(self) -> QSize:
        width = 2 * _PADDING + self._text_width()
        if self._icon or self._mark:
            width += _ICON + 8
        if self._cap():
            width += _GAP + cap_width(self._cap())
        return QSize(round(width + 0.5), self._height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        ink = self._paint_ground(painter, rect)
        cap = self._cap()
        content = self.sizeHint().width() - 2 * _PADDING
        left = rect.left() + max(_PADDING, (rect.width() - content) / 2)
        middle = rect.center().y()
        if self._mark:
            paint_mark(painter, QRectF(left + 1, middle - 8, 16, 16), self._mark)
            left += _ICON + 8
        elif self._icon:
            icons.paint(painter, QRectF(left, middle - _ICON / 2, _ICON, _ICON), self._icon, ink)
            left += _ICON + 8
        width = self._text_width()
        words(painter, QRectF(left, rect.top(), width + 1, rect.height()), text(self._said), self._font(), ink)
        if cap:
            place = QRectF(left + width + _GAP, middle - HEIGHT / 2, cap_width(cap), HEIGHT)
            loud = self._kind is Kind.PRIMARY or not self.isEnabled()
            paint_keycap(painter, place, cap, ink=ink if loud else "", border=ink if loud else "")

    def _paint_ground(self, painter: QPainter, rect: QRectF) -> str:
        table, hovered = tokens(), self.underMouse() or self.isDown()
        quiet = self._kind in {Kind.QUIET, Kind.LINK}
        if not self.isEnabled():
            if not quiet:
                edge = table.line2 if table.outlined else ""
                box(painter, rect, fill=table.disabled, border=edge, dashed=table.outlined)
            return table.disabled_ink
        if self._kind is Kind.PRIMARY:
            box(painter, rect, fill=table.accent_h if hovered else table.accent)
            return table.on
        if self._kind is Kind.DANGER:
            box(painter, rect, fill=table.err_t if hovered else table.surface, border=table.err)
            return table.err
        if quiet:
            if hovered:
                box(painter, rect, fill=table.accent_tint)
            return table.accent if self._kind is Kind.LINK else table.ink2
        box(painter, rect, fill=table.accent_tint if hovered else table.surface, border=table.line2)
        return table.ink

    def _say(self) -> None:
        said = text(self._said)
        self.setAccessibleName(said)
        self.setAccessibleDescription(self._key)
        self.updateGeometry()
        self.update()

    def _cap(self) -> str:
        return "" if self.window().width() < measure.COMPACT_BELOW else self._key

    def _font(self) -> QFont:
        return font(self._role, MEDIUM)

    def _text_width(self) -> float:
        return text_width(text(self._said), self._role, MEDIUM)
