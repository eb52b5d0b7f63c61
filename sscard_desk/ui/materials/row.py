"""One line of the checklist: what is to be brought, decided by 1, 2, 3 or 4."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.language import text
from sscard_desk.ui.materials.state import MaterialLine
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import tokens
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.line_edit import LineEdit
from sscard_desk.ui.widgets.paint import box, rule
from sscard_desk.ui.widgets.segments import Segments
from sscard_desk.ui.widgets.state_mark import StateMark
from sscard_desk.ui.words import say

_KEYS = ("original_seen", "copy_kept", "missing", "promised")
_MARKS = {"": Mark.TODO, "original_seen": Mark.OK, "copy_kept": Mark.OK, "missing": Mark.ERR, "promised": Mark.WARN}
_ROW = 68
_DAY = 120


class MaterialRow(QWidget):
    """One thing to bring. The row has the focus; 1, 2 and 3 answer, the segments are for the mouse.

    Signals:
        marked: name and state.
        reached: the focus came here.
        moved: up or down.
        promised: name and day, as typed.
    """

    marked = Signal(str, str)
    reached = Signal(str)
    moved = Signal(int)
    promised = Signal(str, str)

    def __init__(self, line: MaterialLine) -> None:
        super().__init__()
        self.name = line.name
        self._current = False
        self.setObjectName(f"material_{line.name}")
        self.setAccessibleName(text(line.words))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "inside")
        self.setMinimumHeight(_ROW)
        self._mark = StateMark(Mark.TODO, 20)
        self._words = Label(line.words, weight=MEDIUM)
        self._scanned = Label("", Role.LABEL, "accent", name=f"scanned_{line.name}")
        self._scanned.hide()
        self._segments = Segments(
            tuple((key, say(f"materials.state.{key}"), "") for key in _KEYS), name=f"state_{line.name}"
        )
        self._segments.chosen.connect(lambda key: self.marked.emit(self.name, key))
        self._day = LineEdit(name=f"promised_{line.name}", placeholder="2026-12-07")
        self._day.setAccessibleName(text(say("materials.promised_by")))
        self._day.setFixedWidth(_DAY)
        self._day.edited.connect(lambda day: self.promised.emit(self.name, day))
        self._day.hide()
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._words)
        head.addWidget(self._scanned)
        head.addStretch(1)
        lines.addLayout(head)
        lines.addWidget(Label(line.hint, Role.LABEL, "ink2", wrap=True))
        lines.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(12)
        row.addWidget(self._mark)
        row.addLayout(lines, 1)
        row.addWidget(self._day)
        row.addWidget(self._segments)

    def show_line(self, line: MaterialLine, *, current: bool, enabled: bool) -> None:
        """Show how it was shown."""
        self._current = current
        self._scanned.setVisible(line.scanned > 0)
        self._scanned.set_words(say("materials.scanned", pages=line.scanned))
        self._mark.set_mark(_MARKS.get(line.state, Mark.TODO))
        if line.state in _KEYS:
            self._segments.set_chosen(line.state)
        else:
            self._segments.clear_chosen()
        self._segments.setEnabled(enabled or line.later)
        for key in _KEYS:
            brought = enabled or key in {"original_seen", "copy_kept"}
            self._segments.set_available(key, available=key in line.states and brought)
        self._day.setVisible(line.state == "promised")
        self._day.set_value(line.promised)
        self._day.setEnabled(enabled)
        said = text(say(f"materials.state.{line.state}")) if line.state else ""
        self.setAccessibleName(f"{text(line.words)} {said}".strip())
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit(self.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_4:
            self.marked.emit(self.name, _KEYS[key - Qt.Key.Key_1])
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.moved.emit(1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table = QPainter(self), tokens()
        if self._current:
            edge = table.accent if table.outlined else ""
            box(painter, QRectF(self.rect()), fill=table.accent_tint, border=edge)
        rule(painter, 0, self.width(), self.height() - 1)
