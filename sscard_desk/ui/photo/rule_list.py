"""The rules of the photo with value and verdict, one line each; as many as fit keep an equal height."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sscard_desk.ui.fonts import REGULAR, SEMIBOLD, Role, font
from sscard_desk.ui.language import text
from sscard_desk.ui.photo.state import RuleLine
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import tokens
from sscard_desk.ui.widgets.paint import box, words
from sscard_desk.ui.widgets.state_mark import INKS, TINTS, paint_mark

_MOST, _LEAST = 36.0, 24.0


class RuleList(QWidget):
    """Painted, because it changes with every frame of the camera."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rule_list")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._all: tuple[RuleLine, ...] = ()
        self._few = False

    @property
    def _lines(self) -> tuple[RuleLine, ...]:
        """The rules that are shown: all, or where there is little room those that are not met."""
        return tuple(line for line in self._all if line.mark is not Mark.OK) if self._few else self._all

    def show_lines(self, lines: tuple[RuleLine, ...]) -> None:
        """Show the rules."""
        if lines != self._all:
            self._all = lines
            self._say()
            self.updateGeometry()
            self.update()

    def set_few(self, *, few: bool) -> None:
        """Show only what is not met; how many are met stands in the heading."""
        if few is not self._few:
            self._few = few
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(248, round(_LEAST * (len(self._lines) if self._few else max(11, len(self._lines)))))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, round(_LEAST * len(self._lines)))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        if not self._lines:
            return
        row = min(_MOST, self.height() / len(self._lines))
        for at, line in enumerate(self._lines):
            place = QRectF(0, at * row, self.width(), row)
            if line.strong:
                ground = place.adjusted(0, 2, 0, -2)
                edge = str(getattr(table, INKS[line.mark])) if table.outlined else ""
                box(painter, ground, fill=str(getattr(table, TINTS[line.mark])), border=edge, radius=4)
            painter.save()
            paint_mark(painter, QRectF(8, place.center().y() - 8, 16, 16), line.mark)
            painter.restore()
            face = font(Role.BODY, SEMIBOLD if line.strong else REGULAR)
            words(painter, place.adjusted(32, 0, -80, 0), text(line.name), face, table.ink)
            ink = str(getattr(table, INKS[line.mark])) if line.strong else table.ink2
            words(painter, place.adjusted(32, 0, -8, 0), line.value, face, ink, Qt.AlignmentFlag.AlignRight)

    def _say(self) -> None:
        said = "; ".join(f"{text(line.name)} {line.value} {line.mark.value}" for line in self._all)
        self.setAccessibleName(said)
