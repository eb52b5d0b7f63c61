"""The rows of the side panel. They are made once and say something else when the state changes: making is slow."""

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import MEDIUM, SEMIBOLD, Role
from sscard_desk.ui.language import text
from sscard_desk.ui.states import HistoryLine, Mark, PanelLine
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.paint import rule
from sscard_desk.ui.widgets.state_mark import StateMark
from sscard_desk.ui.words import Words

Line = TypeVar("Line", PanelLine, HistoryLine)
_LOUD = frozenset({Mark.WARN, Mark.ERR, Mark.UNKNOWN})


class Rule(QWidget):
    """A separator between two parts."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(17)

    def paintEvent(self, event: QPaintEvent) -> None:
        rule(QPainter(self), 0, self.width(), 8)


class Row(QWidget, Generic[Line]):
    """A row that can show one line after another."""

    def show_line(self, line: Line) -> None:
        """Show another line."""
        raise NotImplementedError


class PanelRow(Row[PanelLine]):
    """A line with its state; one with a target can be pressed."""

    pressed = Signal(str)

    def __init__(self, line: PanelLine) -> None:
        super().__init__()
        self._line: PanelLine | None = None
        self._mark, self._title = StateMark(line.mark, 16), Label("", Role.LABEL, wrap=True)
        self._note = Label("", Role.LABEL, "ink2", wrap=True)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self._title)
        lines.addWidget(self._note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 1)
        row.setSpacing(8)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 4, 0, 0)
        beside.addWidget(self._mark)
        beside.addStretch(1)
        row.addLayout(beside)
        row.addLayout(lines, 1)
        self.setProperty("ring", "around")
        self.show_line(line)

    @property
    def can_be_pressed(self) -> bool:
        """Whether the line leads somewhere."""
        return self._line is not None and bool(self._line.target)

    def show_line(self, line: PanelLine) -> None:
        """Show another line."""
        if line == self._line:
            return
        self._line = line
        self._mark.set_mark(line.mark)
        self._title.set_type(Role.BODY, MEDIUM if line.mark in _LOUD and not line.quiet else None)
        self._title.set_ink("ink2" if line.quiet else "ink")
        self._title.set_words(line.words)
        self._note.set_words(line.note)
        self._note.setVisible(bool(line.note))
        self.setAccessibleName(self._title.text())
        self.setObjectName(f"missing_{line.target}" if line.target else "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if line.target else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if line.target else Qt.CursorShape.ArrowCursor)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._line is not None:
            self.setAccessibleName(text(self._line.words))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._line is not None and self._line.target:
            self.pressed.emit(self._line.target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        if enter and self._line is not None and self._line.target:
            self.pressed.emit(self._line.target)
            return
        super().keyPressEvent(event)


class HistoryRow(Row[HistoryLine]):
    """One thing that happened, with its time of day."""

    def __init__(self, line: HistoryLine) -> None:
        super().__init__()
        self._line: HistoryLine | None = None
        self._when, self._words = Label("", Role.LABEL, "ink2"), Label("", Role.LABEL, "ink2", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._when, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.show_line(line)

    def show_line(self, line: HistoryLine) -> None:
        """Show another line."""
        if line != self._line:
            self._line = line
            self._when.set_words(f"{line.when:%H:%M}")
            self._words.set_words(line.words)


class PartTitle(QHBoxLayout):
    """The small heading of a part, and what stands behind it."""

    def __init__(self, words: Words, behind: QWidget | None = None) -> None:
        super().__init__()
        self.setSpacing(8)
        self.addWidget(Label(words, Role.LABEL, "ink2", weight=SEMIBOLD))
        if behind is not None:
            self.addWidget(behind)
        self.addStretch(1)
