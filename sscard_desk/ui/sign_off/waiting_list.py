"""The list of what waits: two lines each, a box to mark it, and the one thing to know before opening it."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import SEMIBOLD, Role
from sscard_desk.ui.language import text
from sscard_desk.ui.sign_off.state import WaitingLine
from sscard_desk.ui.theme import tokens
from sscard_desk.ui.widgets.chip import Chip
from sscard_desk.ui.widgets.ending import end_widget
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.paint import box, rule

_ROW = 68


class _Box(QWidget):
    """The box of a line; grey where it cannot be marked."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(20, 20)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._marked, self._own = False, False

    def show_mark(self, *, marked: bool, own: bool) -> None:
        self._marked, self._own = marked, own
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        place = QRectF(1, 1, 18, 18)
        if self._own:
            box(painter, place, fill=table.disabled, border=table.line2, radius=4, dashed=table.outlined)
        elif self._marked:
            box(painter, place, fill=table.accent, radius=4)
            painter.setPen(QPen(QColor(table.on), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPolyline(QPolygonF([QPointF(5.5, 10.5), QPointF(8.8, 13.8), QPointF(14.5, 7)]))
        else:
            box(painter, place, fill=table.surface, border=table.line2, radius=4)


class WaitingRow(QWidget):
    """One application."""

    chosen = Signal(str)
    marked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.key = ""
        self._here = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "inside")
        self.setMinimumHeight(_ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._box = _Box()
        self._name, self._number = Label("", weight=SEMIBOLD), Label("", Role.LABEL, "ink2")
        self._waits, self._note = Label("", Role.LABEL, "ink2"), Label("", Role.LABEL, "ink2")
        self._chip: Chip | None = None
        first, self._second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(8)
        for widget in (self._name, self._number):
            first.addWidget(widget)
        first.addStretch(1)
        first.addWidget(self._waits)
        self._second.addWidget(self._note)
        self._second.addStretch(1)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addLayout(first)
        lines.addLayout(self._second)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self._box, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)

    def sizeHint(self) -> QSize:
        return QSize(400, _ROW)

    def show_line(self, line: WaitingLine, *, here: bool) -> None:
        """Show an application."""
        self.key, self._here = line.key, here
        self.setObjectName(f"waiting_{line.key}")
        self._box.show_mark(marked=line.marked, own=line.own)
        self._name.set_words(line.name)
        self._number.set_words(line.number)
        self._waits.set_words(line.waits)
        self._note.set_words(line.note)
        if self._chip is None:
            self._chip = Chip(line.chip)
            self._second.addWidget(self._chip)
        self._chip.show_state(line.chip)
        self.setAccessibleName(f"{line.name} {text(line.note)} {text(line.chip.words)}")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.marked.emit(self.key)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.chosen.emit(self.key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.position().x() < 44:
            self.marked.emit(self.key)
        else:
            self.chosen.emit(self.key)
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        if self._here:
            painter.fillRect(self.rect(), QColor(table.accent_tint))
        rule(painter, 0, self.width(), self.height() - 1)


class WaitingList(QScrollArea):
    """All rows; up and down choose."""

    chosen = Signal(str)
    marked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("waiting")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setObjectName("scrolled")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._rows: list[WaitingRow] = []
        self.setWidget(inner)

    def show_lines(self, lines: tuple[WaitingLine, ...], chosen: str) -> None:
        """Show what waits."""
        while len(self._rows) > len(lines):
            end_widget(self._rows.pop())
        while len(self._rows) < len(lines):
            row = WaitingRow()
            row.chosen.connect(self.chosen)
            row.marked.connect(self.marked)
            self._column.insertWidget(len(self._rows), row)
            self._rows.append(row)
        for row, line in zip(self._rows, lines, strict=True):
            row.show_line(line, here=line.key == chosen)

    def row(self, key: str) -> WaitingRow | None:
        """Return the row of an application."""
        return next((row for row in self._rows if row.key == key), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        at = next((at for at, row in enumerate(self._rows) if row.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        row = self._rows[(at + step) % len(self._rows)]
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(row)
        self.chosen.emit(row.key)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.viewport().update()
