"""The left half of the sign-in card: where this is, what the self-check found, what was left over."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.sign_in.state import SignInState
from sscard_desk.ui.states import DeviceWord, Mark
from sscard_desk.ui.widgets.emblem import Emblem
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.paint import left_half, rule
from sscard_desk.ui.widgets.picture import Picture
from sscard_desk.ui.widgets.state_mark import INKS, StateMark
from sscard_desk.ui.words import say

_ROW, _ROW_COMPACT = 32, 24


class SelfCheck(QWidget):
    """Shows everything that can be known before anybody signs in."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("self_check")
        self._counter, self._point = Label("", Role.AREA, name="counter"), Label("", ink="ink2", name="point")
        self._took = Label("", Role.LABEL, "ink2", name="check_seconds")
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(10)
        self._rows.setVerticalSpacing(0)
        self._rows.setColumnStretch(1, 1)
        self._lines: dict[str, tuple[StateMark, Label, Label]] = {}
        self._left_over, self._tray = Label("", Role.LABEL, "ink2", wrap=True), Picture("work", 16, "ink2")
        self._column = column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addLayout(_program())
        column.addSpacing(20)
        column.addWidget(self._counter)
        column.addWidget(self._point)
        column.addSpacing(17)
        self._rule = QWidget()
        self._rule.setFixedHeight(16)
        column.addWidget(self._rule)
        head = QHBoxLayout()
        head.addWidget(Label(say("sign_in.self_check"), Role.LABEL, "ink2", weight=MEDIUM))
        head.addStretch(1)
        head.addWidget(self._took)
        column.addLayout(head)
        column.addLayout(self._rows)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._tray)
        foot.addWidget(self._left_over, 1)
        column.addLayout(foot)
        self.set_compact(compact=False)

    def show_state(self, state: SignInState) -> None:
        """Show place and findings."""
        self._counter.set_words(state.counter)
        self._point.set_words(state.point)
        done = state.check_seconds is not None
        self._took.set_words(say("sign_in.took", n=f"{state.check_seconds:.1f}") if done else say("sign_in.checking"))
        for at, check in enumerate(state.checks):
            self._line(at, check.key)
            self._show_line(check)
        self._left_over.set_words(state.left_over)
        self._tray.setVisible(bool(state.left_over))

    def set_compact(self, *, compact: bool) -> None:
        """Draw the rows closer together where the window is low."""
        side = 24 if compact else 32
        self._column.setContentsMargins(side, 16 if compact else 32, side, 16 if compact else 24)
        self._row_height = _ROW_COMPACT if compact else _ROW
        for row in range(self._rows.rowCount()):
            self._rows.setRowMinimumHeight(row, self._row_height if row < len(self._lines) else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left_half(painter, QRectF(self.rect()))
        margins = self._column.contentsMargins()
        rule(painter, margins.left(), self.width() - margins.right(), self._rule.y())

    def _line(self, at: int, key: str) -> None:
        if key in self._lines:
            return
        line = (StateMark(Mark.TODO, 16), Label(""), Label("", Role.BODY, "ink2", name=f"check_{key}"))
        line[2].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for column, widget in enumerate(line):
            self._rows.addWidget(widget, at, column)
        self._rows.setRowMinimumHeight(at, self._row_height)
        self._lines[key] = line

    def _show_line(self, check: DeviceWord) -> None:
        mark, name, word = self._lines[check.key]
        mark.set_mark(check.mark)
        name.set_words(check.name)
        word.set_words(check.word)
        usual = check.mark in {Mark.OK, Mark.OFF, Mark.TODO}
        word.set_ink("ink2" if usual else INKS[check.mark])
        word.set_type(Role.BODY, None if usual else MEDIUM)


def _program() -> QHBoxLayout:
    names = QVBoxLayout()
    names.setSpacing(0)
    names.addWidget(Label(say("shell.program"), Role.TITLE))
    names.addWidget(Label(say("shell.program_en"), Role.LABEL, "ink2"))
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(Emblem(40))
    row.addLayout(names, 1)
    return row
