"""The panel at the right: portrait, what is missing (first = what blocks), due dates, history."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sscard_desk.ui.states import ChipState, Mark, PanelLine, PanelState
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.chip import Chip
from sscard_desk.ui.widgets.panel_parts import HeadPart, RowsPart
from sscard_desk.ui.widgets.panel_rows import HistoryRow, PanelRow
from sscard_desk.ui.widgets.portrait import Portrait, decoded
from sscard_desk.ui.words import say

_NOTHING = ChipState("0", Mark.OK, accent=True, name="missing_count")


class SidePanel(QWidget):
    """272 wide; folded, a strip of portrait and count. `target_chosen` tells which missing line was pressed."""

    target_chosen = Signal(str)
    unfold_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._state, self._picture, self._folded = PanelState(), QPixmap(), False
        self._count, self._strip_count = Chip(_NOTHING), Chip(_NOTHING)
        self._strip_portrait = Portrait(40, 49)
        self._head = HeadPart()
        self._missing = RowsPart(say("shell.missing"), self._row, ruled=False, behind=self._count)
        self._due = RowsPart(say("shell.due"), self._row, ruled=True)
        self._history = RowsPart(say("shell.history"), HistoryRow, ruled=True)
        self._strip, self._full = self._make_strip(), self._make_full()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._strip)
        column.addWidget(self._full)
        self.set_folded(folded=False)
        self._show_strip()

    @property
    def folded(self) -> bool:
        """Whether only the strip is shown."""
        return self._folded

    def show_state(self, state: PanelState) -> None:
        """Show another state; what is the same costs nothing."""
        before, self._state = self._state, state
        if state == before:
            return
        if state.portrait != before.portrait:
            self._picture = decoded(state.portrait)
        self._head.show_head(state, self._picture)
        self._missing.show_lines(state.missing)
        self._due.show_lines(state.due)
        self._history.show_lines(state.history)
        self._show_strip()

    def set_folded(self, *, folded: bool, width: int = measure.PANEL) -> None:
        """Fold to the strip or unfold to a width."""
        self._folded = folded
        self.setFixedWidth(measure.PANEL_FOLDED if folded else width)
        self._strip.setVisible(folded)
        self._full.setVisible(not folded)

    def first(self) -> QWidget | None:
        """Return the first line that can be pressed, for F6."""
        rows = self.findChildren(PanelRow)
        return next((row for row in rows if row.can_be_pressed and row.isVisibleTo(self)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._folded:
            self.unfold_asked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        painter.fillRect(self.rect(), QColor(table.bg))
        painter.fillRect(QRectF(0, 0, 1, self.height()), QColor(table.line))

    def _row(self, line: PanelLine) -> PanelRow:
        row = PanelRow(line)
        row.pressed.connect(self.target_chosen)
        return row

    def _make_strip(self) -> QWidget:
        strip = QWidget()
        column = QVBoxLayout(strip)
        column.setContentsMargins(8, 12, 8, 12)
        column.addWidget(self._strip_portrait)
        column.addWidget(self._strip_count, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return strip

    def _make_full(self) -> QWidget:
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(4)
        for part in (self._head, self._missing, self._due, self._history):
            column.addWidget(part)
        column.addStretch(1)
        return full

    def _show_strip(self) -> None:
        open_ = sum(line.mark is not Mark.OK for line in self._state.missing)
        state = ChipState(str(open_), Mark.WARN if open_ else Mark.OK, accent=True, name="missing_count")
        for chip in (self._count, self._strip_count):
            chip.show_state(state)
        self._strip_count.setVisible(bool(self._state.missing))
        self._strip_portrait.show_pixmap(self._picture)
        self._strip_portrait.setVisible(not self._picture.isNull())
