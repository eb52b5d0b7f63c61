"""The rules of the photo as lights: two columns that keep their places; in little room only what is not met."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sscard_desk.ui.fonts import REGULAR, SEMIBOLD, Role, font
from sscard_desk.ui.language import text
from sscard_desk.ui.photo.state import RuleLine
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import tokens
from sscard_desk.ui.widgets.paint import box, words
from sscard_desk.ui.widgets.state_mark import INKS, TINTS, paint_mark

_MOST, _LEAST = 28.0, 18.0
_FEW_MOST, _FEW_LEAST = 32.0, 23.0
_COLUMNS = 2
_WORST_FIRST = (Mark.ERR, Mark.WARN)


class RuleList(QWidget):
    """Painted, because it changes with every frame of the camera."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rule_list")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._all: tuple[RuleLine, ...] = ()
        self._few, self._most = False, 0

    @property
    def _lines(self) -> tuple[RuleLine, ...]:
        """The rules that are shown: all, or where there is little room those that are not met, the worst of them."""
        if not self._few:
            return self._all
        broken = [line for line in self._all if line.mark is not Mark.OK]
        if self._most and len(broken) > self._most:
            ranked = sorted(broken, key=lambda line: (line.mark not in _WORST_FIRST, line.mark is not Mark.ERR))
            kept = ranked[: self._most]
            broken = [line for line in broken if line in kept]
        return tuple(broken)

    def show_lines(self, lines: tuple[RuleLine, ...]) -> None:
        """Show the rules."""
        if lines != self._all:
            self._all = lines
            self._say()
            self.updateGeometry()
            self.update()

    def set_few(self, *, few: bool, most: int = 0) -> None:
        """Show only what is not met; how many are met stands in the heading.

        Args:
            few: whether there is little room.
            most: so many of them at most, the worst; 0 for all.
        """
        if (few, most) != (self._few, self._most):
            self._few, self._most = few, most
            self.updateGeometry()
            self.update()

    @property
    def _rows(self) -> int:
        return len(self._lines) if self._few else -(-len(self._lines) // _COLUMNS)

    def sizeHint(self) -> QSize:
        return QSize(300, round((_FEW_LEAST if self._few else _LEAST) * self._rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._lines:
            return
        columns = 1 if self._few else _COLUMNS
        row = min(_FEW_MOST if self._few else _MOST, self.height() / self._rows)
        width = self.width() / columns
        for at, line in enumerate(self._lines):
            column, down = divmod(at, self._rows)
            self._light(painter, QRectF(column * width, down * row, width, row), line)

    def _light(self, painter: QPainter, place: QRectF, line: RuleLine) -> None:
        """One rule: its mark and name, and its value where there is room; how it stands to its limit with few alone."""
        table = tokens()
        if line.strong:
            edge = str(getattr(table, INKS[line.mark])) if table.outlined else ""
            ground = place.adjusted(0, 1, -4, -1)
            box(painter, ground, fill=str(getattr(table, TINTS[line.mark])), border=edge, radius=4)
        painter.save()
        paint_mark(painter, QRectF(place.left() + 6, place.center().y() - 7, 14, 14), line.mark)
        painter.restore()
        face = font(Role.BODY if self._few else Role.LABEL, SEMIBOLD if line.strong else REGULAR)
        inner, name = place.adjusted(26, 0, -10, 0), text(line.name)
        value = line.value if self._few else line.value.partition(" < ")[0].partition(" > ")[0]
        metrics = QFontMetricsF(face)
        room = inner.width() - metrics.horizontalAdvance(value) - 8
        if metrics.horizontalAdvance(name) > room and not line.strong:
            value, room = "", inner.width()  # a rule that is met says its name; its value is read in the shot
        words(painter, inner, metrics.elidedText(name, Qt.TextElideMode.ElideRight, room), face, table.ink)
        ink = str(getattr(table, INKS[line.mark])) if line.strong else table.ink2
        words(painter, inner, value, face, ink, Qt.AlignmentFlag.AlignRight)

    def _say(self) -> None:
        said = "; ".join(f"{text(line.name)} {line.value} {line.mark.value}" for line in self._all)
        self.setAccessibleName(said)
        self.setToolTip(said.replace("; ", "\n"))
